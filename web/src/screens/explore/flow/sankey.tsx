// A flow as bands between columns of nodes.
import type { VNode } from 'preact';
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { family } from '../../../families.ts';
import { number, t, tn } from '../../../i18n.ts';
import { parted } from '../../../names.ts';
import { LABEL, widthOf, wrap } from '../../../widgets/measure.ts';
import { ACROSS, useWidth } from '../../../widgets/narrow.ts';
import { Unsorted } from '../../../widgets/unsorted.tsx';
import { around, type Graph, type Node } from './graph.ts';
import { nodeClass } from './hue.ts';
import { useNodes } from './keys.ts';
import { BAR, HEAD, layout, LEAD, type Layout, type Placed } from './layout.ts';
import { HEADS, named, namesWithin, nodeLang, nodeName, wholeName } from './words.ts';

interface Props {
  graph: Graph;
  label: string;
  onPress: (node: Node) => void;
  onBack: () => void;
  canPress: (node: Node) => boolean;
}

/** No name takes more lines. */
const LINES = 6;
/** Room for a row of the fullest column, and the least and most that a picture is high. */
const ROW = 44;
const LEAST = 420;
const MOST = 640;
/** Around the note below. */
const AIR = 32;

export function Sankey({ graph, label, onPress, onBack, canPress }: Props): VNode {
  const { box, width, isPaper } = useWidth();
  const [room, setRoom] = useState(Infinity);
  useLayoutEffect(() => setRoom(isPaper ? Infinity : roomOf(box.current)), [width, graph, isPaper]);
  const most = Math.max(1, ...graph.columns.map((column) => column.length));
  const usual = Math.min(MOST, Math.max(LEAST, most * ROW));
  const height = Math.max(graph.columns.length > 2 ? usual : Math.min(usual, room), most * 29);
  const placed = useMemo(() => (width > 0 ? placedOn(graph, width, height) : undefined), [graph, width, height]);
  const across = useMemo(() => (isPaper ? placedOn(graph, ACROSS.width, Math.min(usual, ACROSS.tall)) : undefined), [graph, isPaper]);
  return (
    <figure class="sankey">
      <div ref={box} class={across ? 'upright' : undefined}>{placed ? <Drawing {...{ graph, label, onPress, onBack, canPress, placed }} /> : null}</div>
      {across ? <div class="across"><Drawing {...{ graph, label, onPress, onBack, canPress, placed: across }} /></div> : null}
    </figure>
  );
}

function placedOn(graph: Graph, width: number, height: number): Layout {
  return layout(graph, width, height, graph.columns.map(needed), writing(graph));
}

/** What the stage has for the picture, so that the note below it is seen whole; boundless where there is no stage. */
function roomOf(box: Element | null): number {
  const stage = box?.closest('.app .flowbox');
  const note = box?.closest('figure')?.nextElementSibling;
  if (!box || !stage || !note) return Infinity;
  const above = box.getBoundingClientRect().top - stage.getBoundingClientRect().top + stage.scrollTop;
  return stage.clientHeight - above - HEAD - note.getBoundingClientRect().height - AIR;
}

function Drawing({ graph, label, onPress, onBack, canPress, placed }: Props & { placed: Layout }): VNode {
  const { focus, button } = useNodes(graph, { onPress, onBack, canPress });
  const near = focus === undefined ? undefined : around(graph, focus);
  return (
    <svg class={near ? 'flow dim' : 'flow'} width={placed.width} height={placed.height} viewBox={`0 0 ${placed.width} ${placed.height}`} role="group" aria-label={label} data-chart>
      <defs>
        <pattern id="guess" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="guess-line" width="1.5" height="5" /></pattern>
        <Unsorted />
      </defs>
      {graph.levels.map((level, column) => <text key={level} class="head" y={14} {...headAt(placed, column, graph.levels.length - 1)}>{t(graph.levels.length > 2 ? named(level, graph.columns[column]) : HEADS[level])}</text>)}
      {placed.bands.map(({ link, path }) => (
        <path key={link.key} d={path} class={`lk ${link.family === null ? 'plain' : family(link.family)}${link.to.special === 'inferred' ? ' guess' : ''}${near?.has(link.key) ? ' on' : ''}`}>
          <title>{tn('flow.band', link.value, { from: nodeName(link.from), to: nodeName(link.to) })}</title>
        </path>
      ))}
      {placed.nodes.map((one) => (
        <g key={one.node.key} class={nodeClass(one.node)} {...button(one.node)}>
          <title>{wholeName(one.node) ?? nodeName(one.node)}</title>
          <Mark of={one} layout={placed} last={graph.columns.length - 1} />
        </g>
      ))}
    </svg>
  );
}

/** The outer columns are headed from the edges, the others from their bars. */
function headAt({ nodes, width }: Layout, column: number, last: number): { x: number; 'text-anchor': 'start' | 'end' } {
  if (column === last) return { x: width, 'text-anchor': 'end' };
  return { x: column === 0 ? 0 : (nodes.find((one) => one.node.column === column)?.x ?? 0), 'text-anchor': 'start' };
}

/** Numbers stand in a column of their own beside the outer bars, as wide as the longest. */
function numbers(nodes: Node[]): number {
  return 12 + Math.max(22, ...nodes.map((node) => widthOf(number(node.organisationCount), LABEL)));
}

/** What the names of a column take, with their numbers, the bar and the air between. */
function needed(nodes: Node[]): number {
  return Math.ceil(Math.max(0, ...nodes.map((node) => widthOf(nodeName(node), LABEL))) + numbers(nodes) + BAR + 18);
}

/** Names stand whole, on several lines where one is too little; beside them is the column of the numbers. */
function writing(graph: Graph): (node: Node, room: number) => string[] {
  const column = numbers(graph.columns.flat());
  const last = graph.columns.length - 1;
  const air = (node: Node): number => (node.column === 0 ? 14 : node.column === last ? 6 : 22);
  return (node, room) => wrap(nodeName(node), room - column - air(node), LINES);
}

function Mark({ of: { node, x, y, height, middle, lines }, layout: { width, left, nodes }, last }: { of: Placed; layout: Layout; last: number }): VNode {
  const value = number(node.organisationCount);
  const tall = Math.max(height, 22, lines.length * LEAD + 4);
  const top = Math.min(y, middle - tall / 2);
  const column = numbers(nodes.map((one) => one.node));
  const text = middle + 4.5;
  if (node.column === 0) {
    return (
      <>
        <rect class="hit" x={1} y={top} width={left + BAR - 1} height={tall} rx={3} />
        <rect class="n" x={x} y={y} width={BAR} height={height} />
        <Name of={node} lines={lines} x={x - 10 - column} y={text} anchor="end" />
        <text class="v" x={x - 10} y={text} text-anchor="end">{value}</text>
      </>
    );
  }
  if (node.column === last) {
    return (
      <>
        <rect class="hit" x={x} y={top} width={width - x - 1} height={tall} rx={3} />
        <rect class="n" x={x} y={y} width={BAR} height={height} />
        <text class="v" x={x + BAR + column - 4} y={text} text-anchor="end">{value}</text>
        <Name of={node} lines={lines} x={x + BAR + column + 4} y={text} />
      </>
    );
  }
  const next = nodes.find((one) => one.node.column === node.column + 1)?.x ?? width;
  const room = next - x - BAR - 12;
  return (
    <>
      <rect class="hit" x={x} y={top} width={room} height={tall} rx={3} />
      <rect class="n" x={x} y={y} width={BAR} height={height} />
      <text class="v over" x={x + BAR + column - 6} y={text} text-anchor="end">{value}</text>
      <Name of={node} lines={lines} x={x + BAR + column + 2} y={text} over />
    </>
  );
}

/** A name on its lines, about the height at which a single one would stand. */
function Name({ of, lines, x, y, anchor, over }: { of: Node; lines: string[]; x: number; y: number; anchor?: 'end'; over?: boolean }): VNode {
  const first = y - ((lines.length - 1) * LEAD) / 2;
  const names = namesWithin(of);
  return <text class={over ? 'over' : undefined} text-anchor={anchor} lang={nodeLang(of)}>{lines.map((line, at) => <tspan key={at} x={x} y={first + at * LEAD}>{parted(line, names).map((part) => (typeof part === 'string' ? part : <tspan lang={part.lang}>{part.name}</tspan>))}</tspan>)}</text>;
}
