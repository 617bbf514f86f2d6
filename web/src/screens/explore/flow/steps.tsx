// The long flow as tables: each step from one level to the next, largest links first.
import type { VNode } from 'preact';
import { number, t } from '../../../i18n.ts';
import type { Graph, Link } from './graph.ts';
import { NAMES, nodeLang, nodeName } from './words.ts';

export function stepsOf(graph: Graph): { from: Graph['levels'][number]; to: Graph['levels'][number]; links: Link[] }[] {
  return graph.levels.slice(0, -1).flatMap((from, column) => {
    const to = graph.levels[column + 1];
    if (!to) return [];
    return [{ from, to, links: graph.links.filter((one) => one.from.column === column) }];
  });
}

export function Steps({ graph }: { graph: Graph }): VNode {
  return (
    <div class="steps">
      {stepsOf(graph).map(({ from, to, links }) => (
        <div key={from} class="scroll" tabIndex={0} role="region" aria-label={t('flow.step', { from: t(NAMES[from]), to: t(NAMES[to]) })}>
          <table class="tw">
            <caption>{t('flow.step', { from: t(NAMES[from]), to: t(NAMES[to]) })}</caption>
            <thead><tr><th scope="col">{t(NAMES[from])}</th><th scope="col">{t(NAMES[to])}</th><th scope="col" class="num">{t('list.count')}</th></tr></thead>
            <tbody>
              {links.map((link) => (
                <tr key={link.key}><th scope="row" lang={nodeLang(link.from)}>{nodeName(link.from)}</th><td class="tx" lang={nodeLang(link.to)}>{nodeName(link.to)}</td><td>{number(link.value)}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </div>
  );
}

export function stepRows(graph: Graph): (string | number)[][] {
  return [[t('flow.from'), t('flow.to'), t('list.count')], ...graph.links.map((link) => [nodeName(link.from), nodeName(link.to), link.value])];
}
