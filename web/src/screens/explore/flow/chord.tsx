// The flow as a circle, for those who know the study's own: publishers and sectors around it, a band for
// each use. It says nothing that the bands or the table do not, so it comes when asked for.
import { chord, ribbon, type Chord } from 'd3-chord';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { family } from '../../../families.ts';
import { number, tn } from '../../../i18n.ts';
import { LABEL, widthOf, wrap } from '../../../widgets/measure.ts';
import { ACROSS, useWidth } from '../../../widgets/narrow.ts';
import { Unsorted } from '../../../widgets/unsorted.tsx';
import { matrixOf, type Graph, type Node, type Step } from './graph.ts';
import { hueOf } from './hue.ts';
import { useNodes } from './keys.ts';
import { LEAD } from './layout.ts';
import { spread } from './spread.ts';
import { nodeLang, nodeName, wholeName } from './words.ts';

/** Beside the circle there is so much for the leaders, and at least so much for the names. */
const GAP = 32;
const NAMES = 190;
const LARGEST = 300;
const THICK = 10;
/** A label of one line with air, and large enough to hit. */
const SLOT = 24;
const LINES = 6;

interface Arc {
  node: Node;
  from: number;
  to: number;
}

function circle(graph: Graph): { arcs: Arc[]; chords: { source: Node; target: Node; value: number; chord: Chord }[] } {
  const { rows, columns, cell } = matrixOf(graph);
  const nodes = [...rows, ...columns];
  const matrix = nodes.map((from, i) => nodes.map((to, j) => (i < rows.length && j >= rows.length ? cell(from, to) : i >= rows.length && j < rows.length ? cell(to, from) : 0)));
  const found = chord().padAngle(0.018)(matrix);
  const arcs = found.groups.flatMap((group) => {
    const node = nodes[group.index];
    return node ? [{ node, from: group.startAngle, to: group.endAngle }] : [];
  });
  const chords = found.flatMap((one) => {
    const [a, b] = [nodes[one.source.index], nodes[one.target.index]];
    if (!a || !b) return [];
    const [source, target] = a.column === 0 ? [a, b] : [b, a];
    return [{ source, target, value: one.source.value, chord: one }];
  });
  return { arcs, chords };
}

/** A label in the column on its side of the circle, and the leader to its arc. */
interface Label {
  lines: string[];
  side: 1 | -1;
  y: number;
  tall: number;
  leader: string;
}

/** Publishers have the right half of the circle and sectors the left one: each half has as many uses as the other. */
function labelled(arcs: Arc[], outer: number, room: number): { labels: Map<string, Label>; height: number } {
  const sides = ([1, -1] as const).map((side) => {
    const own = arcs.filter(({ node }) => (node.column === 0 ? 1 : -1) === side);
    // From the top: the left half of a circle is gone through upwards.
    if (side === -1) own.reverse();
    return own.map((one) => ({ one, side, angle: (one.from + one.to) / 2, lines: wrap(nodeName(one.node), room, LINES) }));
  });
  const tallOf = (lines: string[]): number => Math.max(SLOT, lines.length * LEAD + SLOT - LEAD);
  const height = Math.max(2 * outer + SLOT, ...sides.map((side) => side.reduce((sum, { lines }) => sum + tallOf(lines), 0)));
  const labels = new Map<string, Label>();
  for (const side of sides) {
    const middles = spread(side.map(({ angle, lines }) => ({ at: -Math.cos(angle) * (outer + GAP / 2), tall: tallOf(lines) })), -height / 2, height / 2);
    // Leaders bow outwards, so that none runs over the arcs of others.
    side.forEach(({ one, side: sign, angle, lines }, index) => {
      const y = middles[index] ?? 0;
      const at = (r: number): string => `${(Math.sin(angle) * r).toFixed(1)} ${(-Math.cos(angle) * r).toFixed(1)}`;
      labels.set(one.node.key, { lines, side: sign, y, tall: tallOf(lines), leader: `M${at(outer + 2)}L${at(outer + 9)}Q${sign * (outer + GAP - 10)} ${(-Math.cos(angle) * (outer + 9)).toFixed(1)} ${sign * (outer + GAP - 8)} ${y.toFixed(1)}H${sign * (outer + GAP - 3)}` });
    });
  }
  return { labels, height };
}

/** Publishers stand to the right of sectors, and these from the foot to the top. */
const TURNED: Record<Step, Step> = { up: 'down', down: 'up', left: 'right', right: 'left' };
const step = (pointed: Step, from: Node): Step => (from.column === 0 && (pointed === 'up' || pointed === 'down') ? pointed : TURNED[pointed]);

interface Props {
  graph: Graph;
  label: string;
  onPress: (node: Node) => void;
  onBack: () => void;
}

export default function ChordPicture(props: Props): VNode {
  const { box, width, isPaper } = useWidth();
  return (
    <figure class="chord">
      <div ref={box} class={isPaper ? 'upright' : undefined}>{width > 0 ? <Circle {...props} width={width} largest={LARGEST} /> : null}</div>
      {isPaper ? <div class="across"><Circle {...props} width={ACROSS.width} largest={(ACROSS.tall - SLOT) / 2} /></div> : null}
    </figure>
  );
}

function Circle({ graph, label, onPress, onBack, width, largest }: Props & { width: number; largest: number }): VNode {
  const { focus, button } = useNodes(graph, { step, onPress, onBack });
  const { arcs, chords } = useMemo(() => circle(graph), [graph]);
  const numbers = 8 + Math.max(16, ...arcs.map(({ node }) => widthOf(number(node.organisationCount), LABEL)));
  const outer = Math.max(40, Math.min(largest, width / 2 - GAP - numbers - NAMES));
  const room = width / 2 - outer - GAP - numbers;
  const { labels, height } = useMemo(() => labelled(arcs, outer, room), [arcs, outer, room]);
  const path = ribbon<Chord, Chord['source']>().radius(outer - THICK - 1);
  return (
    <svg class={focus ? 'flow dim' : 'flow'} width={width} height={height} viewBox={`${-width / 2} ${-height / 2} ${width} ${height}`} role="group" aria-label={label} data-chart>
      <defs><Unsorted /></defs>
      {chords.map((one) => (
        <path key={`${one.source.key} ${one.target.key}`} d={path(one.chord) as unknown as string} class={`lk ${family(one.target.family)}${focus === one.source.key || focus === one.target.key ? ' on' : ''}`}>
          <title>{tn('flow.band', one.value, { from: nodeName(one.source), to: nodeName(one.target) })}</title>
        </path>
      ))}
      {arcs.map(({ node, from, to }) => {
        const own = labels.get(node.key);
        if (!own) return null;
        const start = own.side * (outer + GAP);
        return (
          <g key={node.key} class={node.column === 0 ? 'nd' : `nd ${hueOf(node)}`} {...button(node)}>
            <title>{wholeName(node) ?? nodeName(node)}</title>
            <rect class="hit" x={own.side === 1 ? start - 2 : start - numbers - room + 2} y={own.y - own.tall / 2 + 1} width={numbers + room} height={own.tall - 2} rx={3} />
            <path class="n" d={arc(from, to, outer, outer - THICK)} />
            <path class="leader" d={own.leader} />
            <text class="v" x={start + own.side * (numbers - 8)} y={own.y + 4.5} text-anchor={own.side === 1 ? 'end' : 'start'}>{number(node.organisationCount)}</text>
            <text text-anchor={own.side === 1 ? 'start' : 'end'} lang={nodeLang(node)}>{own.lines.map((line, at) => <tspan key={at} x={start + own.side * numbers} y={own.y + 4.5 + (at - (own.lines.length - 1) / 2) * LEAD}>{line}</tspan>)}</text>
          </g>
        );
      })}
    </svg>
  );
}

function arc(from: number, to: number, outer: number, inner: number): string {
  const at = (angle: number, r: number): string => `${(Math.sin(angle) * r).toFixed(2)} ${(-Math.cos(angle) * r).toFixed(2)}`;
  const large = to - from > Math.PI ? 1 : 0;
  return `M${at(from, outer)}A${outer} ${outer} 0 ${large} 1 ${at(to, outer)}L${at(to, inner)}A${inner} ${inner} 0 ${large} 0 ${at(from, inner)}Z`;
}
