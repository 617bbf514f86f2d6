// Area-true circles: how large each is, how its ring is cut, and where it stands when two would overlap.

/** Radius of one organisation, in pixels; a circle of n has √n times that, so that areas compare. */
const UNIT = 4.8;
/** No circle larger than this: where many organisations meet, all circles shrink alike. */
const LARGEST = 42;
const SMALLEST = 4;

/** On a map narrower than this the largest circle is smaller, too. */
export const NARROW = 500;

/** The radius unit for a map `width` wide whose largest count is `most`. */
export function unit(most: number, width = NARROW): number {
  const largest = width < NARROW ? LARGEST * 0.62 : LARGEST;
  return Math.min(width < NARROW ? UNIT * 0.7 : UNIT, largest / Math.sqrt(Math.max(1, most)));
}

export function radius(count: number, per: number): number {
  return Math.max(SMALLEST, per * Math.sqrt(count));
}

/** Below this a ring would have no room for its hole. */
export const RING = 9;
/** The hole, as a share of the circle. */
export const HOLE = 0.56;
/** From this count on the number stands inside, if the hole has room for it. */
const NUMBERED = 10;
export const ROOM = 5.9;
/** From here on in the usual type, below in a smaller one. */
export const WIDE = 8;

/** What each digit beyond two needs, of the room of two. */
const DIGIT = 0.4;

/** Whether the number stands inside a circle of so many; `room`: half of what two digits need. */
export function holds(count: number, per: number, room = ROOM): boolean {
  const r = radius(count, per);
  return count >= NUMBERED && r >= RING && r * HOLE >= room * (1 + DIGIT * (String(count).length - 2));
}

export interface Slice {
  index: number;
  path: string;
}

/** The slices of a ring, clockwise from the top; a small circle is cut like a cake. */
export function slices(parts: number[], outer: number, inner: number): Slice[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total === 0) return [];
  let angle = -Math.PI / 2;
  const found: Slice[] = [];
  parts.forEach((part, index) => {
    if (part === 0) return;
    const next = angle + (part / total) * 2 * Math.PI;
    found.push({ index, path: part === total ? full(outer, inner) : arc(angle, next, outer, inner) });
    angle = next;
  });
  return found;
}

const at = (angle: number, r: number): string => `${(Math.cos(angle) * r).toFixed(2)} ${(Math.sin(angle) * r).toFixed(2)}`;

function arc(from: number, to: number, outer: number, inner: number): string {
  const large = to - from > Math.PI ? 1 : 0;
  const back = inner > 0 ? `L${at(to, inner)}A${inner} ${inner} 0 ${large} 0 ${at(from, inner)}` : 'L0 0';
  return `M${at(from, outer)}A${outer} ${outer} 0 ${large} 1 ${at(to, outer)}${back}Z`;
}

function full(outer: number, inner: number): string {
  const circle = (r: number): string => `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
  return inner > 0 ? circle(outer) + circle(inner) : circle(outer);
}

export interface Disc {
  x: number;
  y: number;
  r: number;
}

/** Rounds of pushing; more would move little. */
const ROUNDS = 200;
const GAP = 3;

/**
 * Moves aside what would be covered: the larger circle stays where it is, the smaller gives way.
 * Returns the shift of each disc, in the order given.
 */
export function apart(discs: Disc[]): { dx: number; dy: number }[] {
  const placed = discs.map((disc) => ({ ...disc }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (let i = 0; i < placed.length; i += 1) {
      for (let j = i + 1; j < placed.length; j += 1) moved = push(placed[i], placed[j], i + j) || moved;
    }
    if (!moved) break;
  }
  return placed.map((disc, index) => ({ dx: disc.x - (discs[index]?.x ?? 0), dy: disc.y - (discs[index]?.y ?? 0) }));
}

function push(a: Disc | undefined, b: Disc | undefined, seed: number): boolean {
  if (!a || !b) return false;
  const wanted = a.r + b.r + GAP;
  let dx = b.x - a.x;
  let dy = b.y - a.y;
  // Most pairs are far apart, which is seen without a root.
  if (dx >= wanted || dx <= -wanted || dy >= wanted || dy <= -wanted) return false;
  let distance = Math.sqrt(dx * dx + dy * dy);
  if (distance >= wanted) return false;
  if (distance < 0.01) {
    // Two circles on one spot part in a direction of their own, the same each time.
    dx = Math.cos(seed);
    dy = Math.sin(seed);
    distance = 1;
  }
  const step = wanted - Math.min(distance, wanted);
  const share = b.r / (a.r + b.r);
  const ux = dx / distance;
  const uy = dy / distance;
  a.x -= ux * step * share * share;
  a.y -= uy * step * share * share;
  b.x += ux * step * (1 - share * share);
  b.y += uy * step * (1 - share * share);
  return true;
}

/** Which discs stand free of those before them: where there is no room to move them aside, the first ones stay. */
export function free(discs: Disc[]): boolean[] {
  const kept: Disc[] = [];
  return discs.map((disc) => {
    const isFree = !kept.some((other) => Math.hypot(other.x - disc.x, other.y - disc.y) < other.r + disc.r);
    if (isFree) kept.push(disc);
    return isFree;
  });
}
