// The flow as a circle, for those who know the study's own: publishers and sectors around it, a band for
// each use. It says nothing that the bands or the table do not, so it comes when asked for.
import { chord, ribbon, type Chord } from 'd3-chord';
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { family } from '../../../families.ts';
import { number, t, tn } from '../../../i18n.ts';
import { clip, SMALL, widthOf } from '../../../widgets/measure.ts';
import { useWidth } from '../../../widgets/narrow.ts';
import { matrixOf, type Graph, type Node } from './graph.ts';
import { nodeLang, nodeName, wholeName } from './words.ts';

/** Room around the circle for names. */
const MARGIN = 168;
const THICK = 10;

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

export default function ChordPicture({ graph, label, onPress }: { graph: Graph; label: string; onPress: (node: Node) => void }): VNode {
  const [box, width] = useWidth();
  const [focus, setFocus] = useState<string | undefined>(undefined);
  const { arcs, chords } = useMemo(() => circle(graph), [graph]);
  const size = Math.min(width, 900);
  const margin = Math.min(MARGIN, size * 0.24);
  const outer = Math.max(40, size / 2 - margin);
  const path = ribbon<Chord, Chord['source']>().radius(outer - THICK - 1);
  return (
    <figure class="chord" ref={box}>
      {width > 0 ? (
        <svg class={focus ? 'flow dim' : 'flow'} width={size} height={size} viewBox={`${-size / 2} ${-size / 2} ${size} ${size}`} role="group" aria-label={label} data-chart>
          {chords.map((one) => (
            <path key={`${one.source.key} ${one.target.key}`} d={path(one.chord) as unknown as string} class={`lk ${family(one.target.family)}${focus === one.source.key || focus === one.target.key ? ' on' : ''}`}>
              <title>{tn('flow.band', one.value, { from: nodeName(one.source), to: nodeName(one.target) })}</title>
            </path>
          ))}
          {arcs.map(({ node, from, to }) => {
            const middle = (from + to) / 2 - Math.PI / 2;
            const right = Math.cos(middle) >= 0;
            const x = Math.cos(middle) * (outer + 8);
            const y = Math.sin(middle) * (outer + 8);
            const turn = (middle * 180) / Math.PI + (right ? 0 : 180);
            return (
              <g
                key={node.key}
                class={node.column === 0 ? 'nd' : `nd ${family(node.family)}`}
                role="button"
                tabIndex={0}
                aria-label={t('flow.node', { name: nodeName(node), count: tn('list.organisations', node.organisationCount) })}
                onFocus={() => setFocus(node.key)}
                onBlur={() => setFocus(undefined)}
                onPointerEnter={() => setFocus(node.key)}
                onPointerLeave={() => setFocus(undefined)}
                onClick={() => onPress(node)}
                onKeyDown={(event: KeyboardEvent) => { if (event.key === 'Enter') onPress(node); }}
              >
                <title>{wholeName(node) ?? nodeName(node)}</title>
                <path class="n" d={arc(from, to, outer, outer - THICK)} />
                <text class="small" x={0} y={4} text-anchor={right ? 'start' : 'end'} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`} lang={nodeLang(node)}>{clip(nodeName(node), margin - 24 - widthOf(number(node.organisationCount), SMALL), SMALL)} <tspan class="v">{number(node.organisationCount)}</tspan></text>
              </g>
            );
          })}
        </svg>
      ) : null}
    </figure>
  );
}

function arc(from: number, to: number, outer: number, inner: number): string {
  const at = (angle: number, r: number): string => `${(Math.sin(angle) * r).toFixed(2)} ${(-Math.cos(angle) * r).toFixed(2)}`;
  const large = to - from > Math.PI ? 1 : 0;
  return `M${at(from, outer)}A${outer} ${outer} 0 ${large} 1 ${at(to, outer)}L${at(to, inner)}A${inner} ${inner} 0 ${large} 0 ${at(from, inner)}Z`;
}
