// Room for the name of the middle, which is read before any other: nodes that would stand under it give way.
import { apart } from '../map/rings.ts';
import type { Spot } from './net.ts';

export interface Clearing {
  width: number;
  tall: number;
  /** From the centre of the middle down to where its name begins. */
  from: number;
  /** How far nodes reach from their centres, for each pixel of their radius. */
  reach: number;
  /** What the middle keeps free around itself. */
  around: number;
}

/** Rounds of giving way: who has stepped aside may stand on another, and that one under the name. */
const ROUNDS = 24;
/** Between the name and what gave way to it. */
const AIR = 3;

/** The same nodes, none of them under the name below the middle, and the middle where it was. */
export function cleared(spots: Spot[], { width, tall, from, reach, around }: Clearing): Spot[] {
  const middle = spots.find((one) => one.node.depth === 0);
  if (!middle) return spots;
  let now = spots;
  for (let round = 0; round < ROUNDS; round += 1) {
    const aside = now.map((one) => (one.node.depth === 0 ? one : { ...one, ...outside(one, one.r * reach + AIR) }));
    if (aside.every((one, index) => one.x === now[index]?.x && one.y === now[index]?.y)) break;
    const shifts = apart(aside.map(({ node, x, y, r }) => ({ x, y, r: node.depth === 0 ? r + around : r })));
    const own = shifts[aside.findIndex((one) => one.node.depth === 0)] ?? { dx: 0, dy: 0 };
    now = aside.map((one, index) => ({ ...one, x: one.x + (shifts[index]?.dx ?? 0) - own.dx, y: one.y + (shifts[index]?.dy ?? 0) - own.dy }));
  }
  return now;

  /** The nearest place beside the name or below it: above stands the middle. */
  function outside({ x, y }: Spot, air: number): { x: number; y: number } {
    const { x: centre, y: top } = { x: middle?.x ?? 0, y: (middle?.y ?? 0) + from };
    const [left, right, low] = [centre - width / 2 - air, centre + width / 2 + air, top + tall + air];
    if (x <= left || x >= right || y <= top - air || y >= low) return { x, y };
    const least = Math.min(x - left, right - x, low - y);
    return least === low - y ? { x, y: low } : { x: least === x - left ? left : right, y };
  }
}
