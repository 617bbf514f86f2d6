// The network as SVG, at the size it is shown: on the page, and off stage for the file that is saved. The
// middle is marked and stands in the middle; names give way to nodes and to each other, and what must be named and has
// no room beside it has its name at the end of a line.
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Unsorted } from '../../../widgets/unsorted.tsx';
import { LEAD, leadFrom, placeLabels, type Label } from '../map/labels.ts';
import { shade, type Colour } from './look.ts';
import { linesOf, roomOf, widest } from './names.ts';
import type { Seen } from '../moving.ts';
import { DIAMOND, MARK, placed, type Net, type NetNode, type Size, type Spot } from './net.ts';

interface Props {
  net: Net;
  colour: Colour;
  size: Size;
  seen: Seen;
  focus?: string | undefined;
  label: string;
}

/** Names drawn at most; more would be a page of text. */
const NAMED = 48;
/** Half the side of a square with the area of a circle of radius 1. */
const SQUARE = Math.sqrt(Math.PI) / 2;

export function Drawing({ net, colour, size, seen, focus, label }: Props): VNode {
  // Moving the picture lays nothing out anew.
  const still = useMemo(() => placed(net, size, { scale: seen.scale, dx: 0, dy: 0 }, roomOf(net)), [net, size, seen.scale]);
  const spots = useMemo(() => still.map((one) => ({ ...one, x: one.x + seen.dx, y: one.y + seen.dy })), [still, seen.dx, seen.dy]);
  const names = useMemo(() => named(spots, size, focus), [spots, size, focus]);
  const byKey = new Map(spots.map((one) => [one.node.key, one]));
  const near = focus ? net.near.get(focus) : undefined;
  const off = (key: string): boolean => near !== undefined && key !== focus && !near.has(key);
  return (
    <svg class="netsvg" width={size.width} height={size.height} viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label} data-chart>
      <defs><Unsorted /></defs>
      {net.links.map(({ from, to, uses }) => {
        const [a, b] = [byKey.get(from.node.key), byKey.get(to.node.key)];
        if (!a || !b) return null;
        const on = focus === from.node.key || focus === to.node.key;
        return <line key={`${from.node.key} ${to.node.key}`} x1={a.x} y1={a.y} x2={b.x} y2={b.y} class={`wire${uses ? '' : ' own'}${near && !on ? ' off' : on ? ' on' : ''}`} />;
      })}
      {spots.map(({ node, x, y, r }) => (
        <g key={node.key} data-key={node.key} class={off(node.key) ? 'off' : undefined}>
          {node.depth === 0 ? <circle class="mark" cx={x} cy={y} r={r + MARK} /> : null}
          <Shape {...{ x, y, r }} kind={node.kind} shade={shade(node, colour)} label={node.label} />
        </g>
      ))}
      {spots.map(({ node, x, y, r }) => {
        const lead = names.get(node.key)?.lead;
        return lead ? <path key={node.key} class={`lead${off(node.key) ? ' off' : ''}`} d={leadFrom({ x, y, r: reachOf(node, r) }, lead)} /> : null;
      })}
      {spots.map(({ node, x, y }) => {
        const at = names.get(node.key);
        return at ? <text key={node.key} x={x + at.x} y={y + at.y} text-anchor={at.anchor} class={`${node.depth === 0 ? 'main' : ''}${off(node.key) ? ' off' : ''}`} lang={node.labelLang}>{linesOf(node).map((line, index) => <tspan key={index} x={x + at.x} dy={index === 0 ? 0 : LEAD}>{line}</tspan>)}</text> : null;
      })}
    </svg>
  );
}

interface ShapeProps {
  x: number;
  y: number;
  r: number;
  kind: NetNode['kind'];
  shade: string;
  label: string;
}

/** A node by what it is, so that kinds differ without their colours: a circle uses, a square is data, a diamond
 * publishes; all of one area where `r` is one. */
export function Shape({ x, y, r, kind, shade: of, label }: ShapeProps): VNode {
  const title = <title>{label}</title>;
  if (kind === 'DATASET') return <rect x={x - r * SQUARE} y={y - r * SQUARE} width={2 * r * SQUARE} height={2 * r * SQUARE} class={`spot ${of}`}>{title}</rect>;
  const half = r * DIAMOND;
  if (kind === 'PUBLISHER') return <path d={`M${x} ${y - half}L${x + half} ${y}L${x} ${y + half}L${x - half} ${y}Z`} class={`spot ${of}`}>{title}</path>;
  return <circle cx={x} cy={y} r={r} class={`spot ${of}`}>{title}</circle>;
}

/** How far a node reaches from its middle, with the air that a name keeps from it. */
function reachOf({ kind, depth }: NetNode, r: number): number {
  return (kind === 'ORGANISATION' ? r : r * DIAMOND) + (depth === 0 ? MARK : 0) + 1;
}

/** Whose names are drawn, and where: the middle and what is pointed at always, then the largest that have room. */
function named(spots: Spot[], size: Size, focus: string | undefined): Map<string, Label> {
  const rank = (spot: Spot): number => (spot.node.key === focus ? 2 : spot.node.depth === 0 ? 1 : 0);
  const order = [...spots].sort((a, b) => rank(b) - rank(a) || b.r - a.r || a.node.depth - b.node.depth);
  const discs = order.map(({ node, x, y, r }) => ({ x, y, r: reachOf(node, r) }));
  const texts = order.map(({ node }, index) => (index < NAMED ? linesOf(node).join('\n') : undefined));
  const labels = placeLabels(discs, texts, { frame: size, measure: (text) => widest(text.split('\n')), lines: (text) => text.split('\n').length, leads: true, always: order.filter((one) => rank(one) > 0).length });
  return new Map(order.flatMap((spot, index): [string, Label][] => {
    const label = labels[index];
    return label ? [[spot.node.key, label]] : [];
  }));
}
