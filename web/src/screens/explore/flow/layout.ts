// Where the nodes and bands of a flow stand. d3-sankey works out values and columns; the heights are
// shared out here, because each node needs room for its label even where its band is a hair.
import { sankey, type SankeyLink, type SankeyNode } from 'd3-sankey';
import type { Graph, Link, Node } from './graph.ts';

export interface Placed {
  node: Node;
  x: number;
  y: number;
  height: number;
  /** The middle of its slot, where the label stands. */
  middle: number;
  /** Its name, on as many lines as it takes. */
  lines: string[];
}

export interface Band {
  link: Link;
  path: string;
}

export interface Layout {
  width: number;
  height: number;
  /** Left of this, and right of `width - right`, stand the labels of the outer columns. */
  left: number;
  right: number;
  nodes: Placed[];
  bands: Band[];
}

export const BAR = 10;
/** Above the bars stand the heads of the columns. */
export const HEAD = 26;
/** A label of 14 px with air, and large enough to hit. */
const SLOT = 24;
/** From one line of a label to the next. */
export const LEAD = 16;
const GAP = 3;
/** From this width on not all that is gained goes to the bands. */
const WIDE = 1000;

type D3Node = SankeyNode<{ node: Node }, { link: Link }>;
type D3Link = SankeyLink<{ node: Node }, { link: Link }>;

/** A name in lines, where so much is free beside its bar. */
export type Written = (node: Node, room: number) => string[];

/** `needed`: what the labels of each column would take on one line, in pixels. The picture grows where they take more lines than `least` has room for. */
export function layout(graph: Graph, width: number, least: number, needed: number[] = graph.columns.map(() => width), written: Written = (node) => [node.label]): Layout {
  const long = graph.columns.length > 2;
  // A wide picture has room for the long names of goals on one line, and so is less high.
  const spare = long ? Math.round(Math.max(0, width - WIDE) * 0.6) : 0;
  const right = Math.min(needed.at(-1) ?? width, (long ? 262 : 228) + spare, Math.round(width * 0.27) + spare);
  // Where the names of the last column are long, those of the first leave room to the ones between.
  const left = Math.min(needed[0] ?? width, long ? 180 - Math.max(0, right - spare - 200) / 2 : 206, Math.round(width * 0.22));
  const xs = acrossOf(needed, left, width - right);
  const lines = new Map(graph.columns.flat().map((node) => [node.key, written(node, roomOf(node.column, xs, left, right))]));
  const slots = new Map([...lines].map(([key, { length }]) => [key, Math.max(SLOT, length * LEAD + SLOT - LEAD)]));
  const height = Math.max(least, ...graph.columns.map((column) => column.reduce((sum, one) => sum + (slots.get(one.key) ?? SLOT) + GAP, 0)));
  const nodes = graph.columns.flat().map((node) => ({ node }));
  const links = graph.links.map((link) => ({ source: link.from.key, target: link.to.key, value: link.value, link }));
  const result = sankey<{ node: Node }, { link: Link; source: string; target: string; value: number }>()
    .nodeId((one) => one.node.key)
    .nodeAlign((one) => one.node.column)
    .nodeSort(null)
    .linkSort(null)
    .nodeWidth(BAR)
    .nodePadding(0)
    .iterations(0)
    .extent([[0, 0], [width, height]])({ nodes: nodes as never[], links: links as never[] });
  const all = result.nodes as unknown as D3Node[];
  const columns = graph.columns.map((_, column) => all.filter((one) => one.node.column === column));
  const per = scale(columns.map((column) => column.map((one) => ({ value: one.value ?? 0, slot: slots.get(one.node.key) ?? SLOT }))), height);
  const placed = new Map<string, Placed>();
  for (const column of columns) {
    for (const one of place(column, (node, value) => Math.max(slots.get(node.key) ?? SLOT, value * per), per, height, xs)) placed.set(one.node.key, { ...one, lines: lines.get(one.node.key) ?? [] });
  }
  return { width, height: height + HEAD, left, right, nodes: [...placed.values()], bands: bands(result.links as unknown as D3Link[], placed, per) };
}

/** Pixels per organisation: as many as let the fullest column fit. */
export function scale(columns: { value: number; slot: number }[][], height: number): number {
  const fits = (per: number): boolean => columns.every((column) => column.reduce((sum, { value, slot }) => sum + Math.max(slot, value * per), 0) + GAP * (column.length - 1) <= height);
  let low = 0;
  let high = height;
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** What a column has for its labels: up to the edge of the picture, or to the next bar. */
function roomOf(column: number, xs: number[], left: number, right: number): number {
  if (column === 0) return left;
  const [from, next] = [xs[column], xs[column + 1]];
  return from === undefined || next === undefined ? right - BAR : next - from - BAR;
}

/** Of the width, what the bands from the first column have to themselves: its labels stand on the other side. */
const FIRST = 0.11;
/** No label takes more, in pixels. */
const WIDEST = 280;

/** Where each column stands: those between the outer ones have room in proportion to what their labels take. */
export function acrossOf(needed: number[], from: number, to: number): number[] {
  const inner = needed.slice(1, -1).map((one) => Math.min(one, WIDEST));
  if (inner.length === 0) return [from, to];
  const whole = inner.reduce((sum, one) => sum + one, 0);
  let x = from + (to - from) * FIRST;
  const xs = [Math.round(x)];
  for (const one of inner) {
    x += ((to - from) * (1 - FIRST) * one) / whole;
    xs.push(Math.round(x));
  }
  return [from, ...xs];
}

function place(column: D3Node[], slotOf: (node: Node, value: number) => number, per: number, height: number, xs: number[]): Omit<Placed, 'lines'>[] {
  const slots = column.map((one) => slotOf(one.node, one.value ?? 0));
  const used = slots.reduce((sum, slot) => sum + slot, 0);
  const gap = column.length > 1 ? Math.min((height - used) / (column.length - 1), 40) : 0;
  let y = Math.max(0, (height - used - gap * (column.length - 1)) / 2);
  return column.map((one, index) => {
    const slot = slots[index] ?? SLOT;
    const tall = Math.max(1, (one.value ?? 0) * per);
    const placed = { node: one.node, x: xs[one.node.column] ?? 0, y: HEAD + y + (slot - tall) / 2, height: tall, middle: HEAD + y + slot / 2 };
    y += slot + gap;
    return placed;
  });
}

function bands(links: D3Link[], placed: Map<string, Placed>, per: number): Band[] {
  const out = new Map<string, number>();
  const into = new Map<string, number>();
  const take = (used: Map<string, number>, key: string, thick: number): number => {
    const at = used.get(key) ?? 0;
    used.set(key, at + thick);
    return at;
  };
  // Bands leave in the order of where they lead, and arrive in the order of where they come from: few cross.
  const spans = new Map<string, { from: number; to: number }>();
  const set = (order: D3Link[], side: 'from' | 'to'): void => {
    for (const { link } of order) {
      const span = spans.get(link.key) ?? { from: 0, to: 0 };
      span[side] = take(side === 'from' ? out : into, link[side].key, link.value * per);
      spans.set(link.key, span);
    }
  };
  set(links, 'from');
  set([...links].sort((a, b) => a.link.from.row - b.link.from.row || a.link.to.row - b.link.to.row), 'to');
  return links.flatMap(({ link }) => {
    const from = placed.get(link.from.key);
    const to = placed.get(link.to.key);
    const span = spans.get(link.key);
    if (!from || !to || !span) return [];
    return [{ link, path: ribbon(from.x + BAR, from.y + span.from, to.x, to.y + span.to, Math.max(0.75, link.value * per)) }];
  });
}

function ribbon(x0: number, y0: number, x1: number, y1: number, thick: number): string {
  const middle = (x0 + x1) / 2;
  const f = (value: number): string => value.toFixed(1);
  return `M${f(x0)} ${f(y0)}C${f(middle)} ${f(y0)} ${f(middle)} ${f(y1)} ${f(x1)} ${f(y1)}V${f(y1 + thick)}C${f(middle)} ${f(y1 + thick)} ${f(middle)} ${f(y0 + thick)} ${f(x0)} ${f(y0 + thick)}Z`;
}
