// Where marks stand: moved aside where two would meet, and joined where there is no room for both.
import type { MapSymbol } from '../../../columns.ts';
import { merged } from './gather.ts';
import type { Box } from './labels.ts';
import { apart, radius } from './rings.ts';

/** A symbol, or a single organisation drawn like one. */
export interface Mark extends MapSymbol {
  slug?: string;
  title?: string;
  /** A number without a circle. */
  plain?: boolean;
  /** How wide its area is, in degrees. */
  width?: number;
  /** Where it stands beside an area too small to hold it. */
  aside?: { dx: number; dy: number };
}

export interface Point {
  x: number;
  y: number;
}

/** What marks are laid out on, in pixels. */
export interface Surface {
  at: (one: Pick<MapSymbol, 'lon' | 'lat' | 'areas'>) => Point;
  width: number;
  height: number;
  /** A degree of longitude. */
  degree: number;
  /** What lies over it: no name stands there. */
  controls: Box[];
}

/** Half the width of what a finger or pointer must be able to hit. */
export const REACH = 12;
/** No mark is moved aside farther than this: what has no room nearer joins its neighbour. */
const FAR = 32;
/** Rounds of joining; each leaves fewer. */
const ROUNDS = 6;

/** The largest first. */
export function byCount(marks: Mark[]): Mark[] {
  return marks.sort((one, other) => other.count - one.count);
}

const HERE = { dx: 0, dy: 0 };

interface Stand {
  mark: Mark;
  x: number;
  y: number;
  r: number;
  dx: number;
  dy: number;
}

/** Where each stands, and how far it was moved aside to stand there. */
function stand(marks: Mark[], surface: Surface, per: number): Stand[] {
  const discs = marks.map((mark) => {
    const { x, y } = surface.at(mark);
    const { dx, dy } = mark.aside ?? HERE;
    return { x: x + dx, y: y + dy, r: mark.plain ? REACH : radius(mark.count, per) };
  });
  // Each stays large enough to hit: no box may cover another, and boxes have corners.
  const shifts = apart(discs.map((disc) => ({ ...disc, r: Math.max(disc.r, REACH * Math.SQRT2) })));
  return marks.map((mark, index) => {
    const [disc, shift, own] = [discs[index] ?? { x: 0, y: 0, r: 0 }, shifts[index] ?? { dx: 0, dy: 0 }, mark.aside ?? HERE];
    return { mark, x: disc.x + shift.dx, y: disc.y + shift.dy, r: disc.r, dx: own.dx + shift.dx, dy: own.dy + shift.dy };
  });
}

/** Where there is no room near its place for a mark, it is one with the mark nearest to it. */
export function settled(marks: Mark[], surface: Surface, per: number): Stand[] {
  let stands = stand(marks, surface, per);
  for (let round = 0; round < ROUNDS; round += 1) {
    const homeless = new Set(stands.filter(({ mark, r, dx, dy }) => !mark.plain && Math.hypot(dx, dy) > FAR + r).map((one) => one.mark));
    if (homeless.size === 0 || homeless.size === stands.length) break;
    const groups = new Map(stands.filter(({ mark }) => !homeless.has(mark)).map(({ mark }): [Mark, Mark[]] => [mark, [mark]]));
    const hosts = [...groups.keys()].map((mark) => ({ mark, ...surface.at(mark) }));
    for (const one of homeless) {
      const { x, y } = surface.at(one);
      const [nearest] = hosts.toSorted((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
      if (nearest) groups.get(nearest.mark)?.push(one);
    }
    stands = stand(byCount([...groups.values()].map((members): Mark => merged(members))), surface, per);
  }
  return stands;
}
