// The matrix as a drawing, for the file that is saved; on the page it is a table.
import type { VNode } from 'preact';
import { number } from '../../../i18n.ts';
import { SMALL, widthOf } from '../../../widgets/measure.ts';
import { classOf } from '../../../widgets/outline.tsx';
import { Unsorted } from '../../../widgets/unsorted.tsx';
import { matrixOf, type Graph, type Node } from './graph.ts';
import { hueOf } from './hue.ts';
import { nodeName } from './words.ts';

const CELL = 34;
const ROW = 24;

export function HeatDrawing({ graph }: { graph: Graph }): VNode {
  const { rows, columns, cell } = matrixOf(graph);
  // A file is as wide as its names are long: nothing in it can be pointed at to be read whole.
  const longest = (nodes: Node[]): number => Math.ceil(Math.max(0, ...nodes.map((node) => widthOf(nodeName(node), SMALL))));
  const left = longest(rows) + 12;
  const head = longest(columns) + 20;
  const width = left + columns.length * CELL + 50;
  return (
    <svg class="heatsvg" viewBox={`0 0 ${width} ${head + rows.length * ROW}`}>
      <defs><Unsorted /></defs>
      {columns.map((column, index) => (
        <g key={column.key} class={hueOf(column)} transform={`translate(${left + index * CELL + CELL / 2} ${head - 12})`}>
          <text transform="rotate(-90)" y={5}>{nodeName(column)}</text>
          <rect class="hue" x={-10} y={6} width={20} height={4} />
        </g>
      ))}
      {rows.map((row, at) => (
        <g key={row.key} transform={`translate(0 ${head + at * ROW})`}>
          <text y={16}>{nodeName(row)}</text>
          {columns.map((column, index) => {
            const count = cell(row, column);
            return (
              <g key={column.key} class={`q${classOf(count)}`} transform={`translate(${left + index * CELL} 0)`}>
                <rect x={0.5} y={0.5} width={CELL - 1} height={ROW - 1} />
                <text x={CELL / 2} y={16} text-anchor="middle">{number(count)}</text>
              </g>
            );
          })}
          <text class="tot" x={width - 4} y={16} text-anchor="end">{number(row.organisationCount)}</text>
        </g>
      ))}
    </svg>
  );
}
