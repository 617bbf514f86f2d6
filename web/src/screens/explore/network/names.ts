// The names of a network's nodes as they are written: on which lines, and what those take.
import { LABEL, SMALL, widthOf, wrap } from '../../../widgets/measure.ts';
import { LEAD } from '../map/labels.ts';
import { nodeName } from './look.ts';
import type { Net, NetNode } from './net.ts';

/** The longest line of a name, in pixels, and the most lines. */
const ROOM = 180;
/** What stands in the middle has least room around it. */
const ROOM_MIDDLE = 120;
const LINES = 4;

export function linesOf(node: NetNode): string[] {
  return wrap(nodeName(node), node.depth === 0 ? ROOM_MIDDLE : ROOM, LINES, SMALL);
}

/** What some lines of a name take. */
export const widest = (lines: string[]): number => Math.max(...lines.map((line) => widthOf(line, LABEL)));

/** What the name of the middle takes below it. */
export function roomOf(net: Net): { width: number; tall: number } | undefined {
  const middle = net.spots.find((one) => one.node.depth === 0);
  const lines = middle && linesOf(middle.node);
  return lines && { width: widest(lines), tall: lines.length * LEAD + 6 };
}
