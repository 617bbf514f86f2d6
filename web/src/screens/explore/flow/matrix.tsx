// The flow as a table: publishers down, sectors across, the numbers of the picture in its order; shaded
// by count where the table is itself the picture.
import type { VNode } from 'preact';
import { number, t } from '../../../i18n.ts';
import type { Said } from '../../../names.ts';
import { Marked } from '../../../widgets/headline.tsx';
import { Scroll } from '../../../widgets/scroll.tsx';
import { classOf } from '../../../widgets/outline.tsx';
import { matrixOf, type Graph } from './graph.ts';
import { hueOf } from './hue.ts';
import { NodeName } from './name.tsx';
import { nodeLang, nodeName } from './words.ts';

export function Matrix({ graph, caption, names, heat }: { graph: Graph; caption: string; names: Said[]; heat?: boolean }): VNode {
  const { rows, columns, cell } = matrixOf(graph);
  return (
    <Scroll label={caption}>
      <table class={heat ? 'tw matrix heat' : 'tw matrix'}>
        <caption class="vh"><Marked text={caption} names={names} /></caption>
        <thead>
          <tr>
            <th scope="col">{t('flow.using')}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={`up ${hueOf(column)}`}><span lang={nodeLang(column)}>{nodeName(column)}</span><i aria-hidden="true" /></th>
            ))}
            <th scope="col" class="num">{t('flow.allSectors')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" lang={nodeLang(row)}><NodeName of={row} /></th>
              {columns.map((column) => {
                const count = cell(row, column);
                return <td key={column.key} class={heat ? `q${classOf(count)}` : count === 0 ? 'z' : undefined}>{number(count)}</td>;
              })}
              <td class="tot">{number(row.organisationCount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('flow.anyPublisher')}</th>
            {columns.map((column) => <td key={column.key} class="tot">{number(column.organisationCount)}</td>)}
            <td class="tot">{number(columns.reduce((sum, column) => sum + column.organisationCount, 0))}</td>
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

/** The same as rows of text, for a file. */
export function matrixRows(graph: Graph): (string | number)[][] {
  const { rows, columns, cell } = matrixOf(graph);
  return [[t('flow.using'), ...columns.map(nodeName), t('flow.allSectors')], ...rows.map((row) => [nodeName(row), ...columns.map((column) => cell(row, column)), row.organisationCount])];
}
