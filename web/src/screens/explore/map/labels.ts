// Where the names beside the circles go: the first side with room, largest circle first; where there
// is none, the name is left out rather than written over something.
import type { Disc } from './rings.ts';

/** Beside the circle, over or under its middle, or over or under it with one end at its far edge. */
export type Side = 'below' | 'right' | 'left' | 'above' | 'belowLeft' | 'aboveLeft' | 'belowRight' | 'aboveRight';

export interface Label {
  /** From the centre of the circle to the anchor of the text, of its first line. */
  x: number;
  y: number;
  anchor: 'middle' | 'start' | 'end';
  /** Where a line from the circle ends that leads to a name farther away. */
  lead?: { x: number; y: number };
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** An average letter of the map's type, in pixels. */
const LETTER = 6.6;
const HEIGHT = 16;
/** From one line of a name to the next. */
export const LEAD = 15;
const GAP = 4;
/** Between the ends of two names on one line, and between two lines: else they read as one name. */
const AIR = 8;
const LINE_AIR = 4;
const SIDES: Side[] = ['right', 'below', 'left', 'above', 'belowLeft', 'aboveLeft', 'belowRight', 'aboveRight'];

export interface Frame {
  width: number;
  height: number;
  still?: boolean;
}

export interface Rules {
  /** Names stay inside it; a still picture shows nothing of what lies wholly outside. */
  frame?: Frame | undefined;
  /** What lies over the picture, such as its controls: no name stands under it. */
  blocked?: Box[];
  /** How wide a name is, in pixels. */
  measure?: (text: string) => number;
  /** On how many lines it stands. */
  lines?: (text: string) => number;
  /** The first so many are named over circles too, where they cover least; never over another name. */
  always?: number;
  /** What must be named and has no room beside its circle stands farther away rather than over others, at the end of a line. */
  leads?: boolean;
}

/** One label or none for each disc, in the order given; `discs` are where they are drawn. */
export function placeLabels(discs: Disc[], names: (string | undefined)[], { frame, blocked = [], measure = (text) => text.length * LETTER, lines = () => 1, always = 0, leads = false }: Rules = {}): (Label | undefined)[] {
  const taken: Box[] = [...blocked];
  return discs.map((disc, index) => {
    const name = names[index];
    if (!name) return undefined;
    const size = { width: measure(name), tall: HEIGHT + (lines(name) - 1) * LEAD };
    for (const side of SIDES) {
      const box = boxAt(disc, side, size);
      const free = (!frame || inside(box, frame)) && !discs.some((other, at) => at !== index && covers(box, other)) && !taken.some((other) => overlaps(box, other));
      if (!free) continue;
      taken.push(withAir(box));
      return labelAt(disc, side, size);
    }
    if (index >= always) return undefined;
    const away = leads ? farther(disc, size, ([box, ...line]) => (!frame || within(box, frame)) && ![box, ...line].some((one) => discs.some((other, at) => (one === box || at !== index) && covers(one, other)) || taken.some((other) => overlaps(one, other)))) : undefined;
    if (away) {
      taken.push(withAir(away.box), ...away.line);
      return away.label;
    }
    // Over a circle it can be read, over another name neither can.
    const sides = SIDES.filter((side) => !taken.some((other) => overlaps(boxAt(disc, side, size), other)));
    const side = leastCovered(disc, size, discs, { sides, frame });
    if (!side) return undefined;
    taken.push(withAir(boxAt(disc, side, size)));
    return labelAt(disc, side, size);
  });
}

function withAir(box: Box): Box {
  return { left: box.left - AIR, right: box.right + AIR, top: box.top - LINE_AIR, bottom: box.bottom + LINE_AIR };
}

/** A line leads so far from the edge of a circle at most, in such steps and so many directions. */
const FAR = 120;
const STEP = 8;
const DIRECTIONS = 24;

/** A line as boxes no larger than a dot. */
function dots({ x, y, r }: Disc, angle: number, reach: number): Box[] {
  return Array.from({ length: Math.floor((reach - r) / 4) }, (_, index) => {
    const [at, over] = [x + Math.cos(angle) * (r + 4 * (index + 1)), y + Math.sin(angle) * (r + 4 * (index + 1))];
    return { left: at - 1, right: at + 1, top: over - 1, bottom: over + 1 };
  });
}

/** The nearest free place around a circle, for the name and for the line to it. */
function farther(disc: Disc, size: Size, isFree: (boxes: [Box, ...Box[]]) => boolean): { label: Label; box: Box; line: Box[] } | undefined {
  for (let reach = disc.r + STEP; reach <= disc.r + FAR; reach += STEP) {
    for (let turn = 0; turn < DIRECTIONS; turn += 1) {
      const angle = (turn / DIRECTIONS) * 2 * Math.PI;
      const [x, y] = [Math.cos(angle) * reach, Math.sin(angle) * reach];
      const isLeft = Math.cos(angle) < 0;
      const left = disc.x + x + (isLeft ? -GAP - size.width : GAP);
      const box = { left, right: left + size.width, top: disc.y + y - size.tall / 2, bottom: disc.y + y + size.tall / 2 };
      const line = dots(disc, angle, reach);
      if (isFree([box, ...line])) return { box, line, label: { x: x + (isLeft ? -GAP : GAP), y: y + GAP - (size.tall - HEIGHT) / 2, anchor: isLeft ? 'end' : 'start', lead: { x, y } } };
    }
  }
  return undefined;
}

/** The line that leads from the edge of a circle to where its name begins. */
export function leadFrom({ x, y, r }: Disc, to: { x: number; y: number }): string {
  const share = r / Math.hypot(to.x, to.y);
  return `M${(x + to.x * share).toFixed(1)} ${(y + to.y * share).toFixed(1)}L${(x + to.x).toFixed(1)} ${(y + to.y).toFixed(1)}`;
}

function leastCovered(disc: Disc, size: Size, discs: Disc[], { sides, frame }: { sides: Side[]; frame: Rules['frame'] }): Side | undefined {
  const cost = (side: Side): number => {
    const box = boxAt(disc, side, size);
    const covered = discs.filter((other) => covers(box, other)).reduce((sum, { r }) => sum + r * r, 0);
    return covered + (frame && !inside(box, frame) ? frame.width * frame.height : 0);
  };
  return sides.reduce<Side | undefined>((best, side) => (best === undefined || cost(side) < cost(best) ? side : best), undefined);
}

/** What a name takes. */
interface Size {
  width: number;
  tall: number;
}

function labelAt({ r }: Disc, side: Side, { tall }: Size): Label {
  const more = tall - HEIGHT;
  if (side === 'right') return { x: r + GAP, y: 4 - more / 2, anchor: 'start' };
  if (side === 'left') return { x: -r - GAP, y: 4 - more / 2, anchor: 'end' };
  const y = side.startsWith('below') ? r + HEIGHT - 2 : -r - GAP - 2 - more;
  if (side.endsWith('Left')) return { x: r, y, anchor: 'end' };
  if (side.endsWith('Right')) return { x: -r, y, anchor: 'start' };
  return { x: 0, y, anchor: 'middle' };
}

function boxAt({ x, y, r }: Disc, side: Side, { width, tall }: Size): Box {
  if (side === 'right' || side === 'left') {
    const left = side === 'right' ? x + r + GAP : x - r - GAP - width;
    return { left, right: left + width, top: y - tall / 2, bottom: y + tall / 2 };
  }
  const top = side.startsWith('below') ? y + r + 2 : y - r - GAP - tall;
  const left = side.endsWith('Left') ? x + r - width : side.endsWith('Right') ? x - r : x - width / 2;
  return { left, right: left + width, top, bottom: top + tall };
}

/** Off the edge of the map a name is cut; what lies wholly outside will be drawn anew when it comes in. */
function inside(box: Box, frame: Frame): boolean {
  return (!frame.still && (box.right < 0 || box.left > frame.width || box.bottom < 0 || box.top > frame.height)) || within(box, frame);
}

function within(box: Box, { width, height }: Frame): boolean {
  return box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height;
}

function covers(box: Box, disc: Disc): boolean {
  const dx = Math.max(box.left - disc.x, 0, disc.x - box.right);
  const dy = Math.max(box.top - disc.y, 0, disc.y - box.bottom);
  return Math.hypot(dx, dy) < disc.r + 1;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
