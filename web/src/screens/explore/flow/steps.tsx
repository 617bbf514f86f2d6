// The long flow as tables: each step from one level to the next, by what it starts from, largest links first, with a bar for each number:
// where there is no room for bands these are the picture.
import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { number, t, tn } from '../../../i18n.ts';
import { useNarrow } from '../../../widgets/narrow.ts';
import { Scroll } from '../../../widgets/scroll.tsx';
import type { Graph, Link, Node } from './graph.ts';
import { hueOf } from './hue.ts';
import { NodeName } from './name.tsx';
import { named, NAMES, nodeLang, rowName } from './words.ts';

/** Whether a link leads to what has no name of its own: the others of a level, or nothing known. Those come last. */
const isRest = ({ to }: Link): number => Number(to.special === 'other' || to.special === 'unclassified');

export function stepsOf(graph: Graph): { from: Graph['levels'][number]; to: Graph['levels'][number]; links: Link[] }[] {
  return graph.levels.slice(0, -1).flatMap((from, column) => {
    const to = graph.levels[column + 1];
    if (!to) return [];
    return [{ from, to, links: graph.links.filter((one) => one.from.column === column).toSorted((a, b) => a.from.row - b.from.row || isRest(a) - isRest(b) || b.value - a.value) }];
  });
}

/** On a phone a table is short until all of it is asked for. */
const FIRST = 12;

export function Steps({ graph }: { graph: Graph }): VNode {
  return <div class="steps">{stepsOf(graph).map((step) => <Step key={step.from} {...step} />)}</div>;
}

function Step({ from, to, links }: ReturnType<typeof stepsOf>[number]): VNode {
  const narrow = useNarrow('same');
  const [all, setAll] = useState(false);
  const body = useRef<HTMLTableSectionElement>(null);
  // The button goes: its reader goes on with what it brought.
  useLayoutEffect(() => {
    const first = all ? body.current?.rows[FIRST]?.cells[0] : undefined;
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }, [all]);
  // The others are there for paper.
  const shown = narrow && !all ? FIRST : links.length;
  const most = Math.max(1, ...links.map((one) => one.value));
  const heads = { from: t(NAMES[from]), to: t(named(to, links.map((one) => one.to))) };
  const title = t('flow.step', heads);
  return (
    <div>
      <Scroll label={title}>
        <table class="tw">
          <caption>{title}</caption>
          <thead><tr><th scope="col">{heads.from}</th><th scope="col">{heads.to}</th><th scope="col" class="num">{t('list.count')}</th></tr></thead>
          <tbody ref={body}>
            {links.map((link, index) => (
              <tr key={link.key} class={index < shown ? undefined : 'beyond'}><th scope="row" lang={nodeLang(link.from)}><NodeName of={link.from} name={rowName(link.from)} /><Own of={link.from} /></th><td class="tx" lang={nodeLang(link.to)}><NodeName of={link.to} name={rowName(link.to)} /><Own of={link.to} /></td><td class={hue(link)}>{number(link.value)}<span class="bar" aria-hidden="true"><i class={link.to.special === 'inferred' ? 'hatch' : 'fill'} style={{ width: `${(link.value / most) * 100}%` }} /></span></td></tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {shown < links.length ? <p class="small"><button type="button" class="link" onClick={() => setAll(true)}>{tn('rail.showAll', links.length)}</button></p> : null}
    </div>
  );
}

/** The number that stands beside its bar in the picture: a row counts only what one link has of it. */
function Own({ of }: { of: Node }): VNode {
  return <span class="own nb">{'\u00a0'}({number(of.organisationCount)})</span>;
}

/** The family of the sector at one of its ends; who declares no goal, or was asked for none, has no colour of a result. */
function hue({ from, to }: Link): string {
  if (to.level === 'SDG' && to.special === 'unclassified') return 'other';
  const sector = [from, to].find((one) => one.level === 'SECTOR');
  return sector ? hueOf(sector) : 'other';
}

export function stepRows(graph: Graph): (string | number)[][] {
  return [[t('flow.from'), t('flow.to'), t('list.count')], ...graph.links.map((link) => [rowName(link.from), rowName(link.to), link.value])];
}
