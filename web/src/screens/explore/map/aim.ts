// What of the map that is drawn as SVG is in sight, in degrees and back: the place and zoom of an address, the box that a
// list is asked for, and how a box is framed. Pure.
import { COUNTRIES } from '../../../projection.js';
import { ZOOMS, type Stand } from '../../../stand.ts';
import type { Country } from '../../../widgets/outline.tsx';
import { WHOLE, type Seen } from '../moving.ts';
import { grow, type Bounds } from './basemap.ts';
import { degreeOf, pixelOf, type Ground } from './sheet.ts';
import { unproject } from './unproject.ts';

/** How many times as large as the whole the map becomes. */
export const LARGEST = 32;
/** A single place is not framed larger, as on the other map. */
const NEAREST = 9;
/** The world of the other map at zoom 0: pixels of a degree. */
const WORLD = 512 / 360;

/** Framed by it, the whole is in sight. */
export const EVERYTHING: Bounds = [[-180, -85], [180, 85]];

/** The drawing in its box. */
export interface Sheet {
  ground: Ground;
  width: number;
  height: number;
  /** The country on whose picture a place is looked for. */
  home: (lon: number, lat: number) => Country;
}

/** The zoom of the other map at which a degree is as wide. */
export function zoomOf(degree: number): number {
  return Math.log2(degree / WORLD);
}

/** What the reader sees where an address says that the map stands; as near as the drawing goes. */
export function seenAt({ lat, lon, zoom }: Stand, { ground, width, height, home }: Sheet): Seen {
  const country = home(lon, lat);
  const scale = within(1, (WORLD * 2 ** zoom) / degreeOf(ground, country), LARGEST);
  const { x, y } = pixelOf(ground, country, lon, lat);
  return { scale, dx: (width / 2 - x) * scale, dy: (height / 2 - y) * scale };
}

/** Where the map stands for what the reader sees. */
export function standOf(seen: Seen, sheet: Sheet): Stand {
  const { x, y } = unit({ x: sheet.width / 2, y: sheet.height / 2 }, seen, sheet);
  const band = bands(sheet.ground).find(({ bottom }) => y < bottom);
  const country = band?.country ?? 'MX';
  const [lon, lat] = unproject(country, x, y - (band?.top ?? 0));
  return { lat, lon, zoom: within(ZOOMS.least, zoomOf(degreeOf(sheet.ground, country) * seen.scale), ZOOMS.most) };
}

/** A box beside the controls, as large as there is room; the whole where it is larger than that. */
export function framing([[west, south], [east, north]]: Bounds, { ground, width, height, home }: Sheet): Seen {
  const [lon, lat] = [(west + east) / 2, (south + north) / 2];
  const country = home(lon, lat);
  const points = [west, lon, east].flatMap((one) => [south, lat, north].map((other) => pixelOf(ground, country, one, other)));
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const { room } = ground;
  const nearest = Math.max(1, (WORLD * 2 ** NEAREST) / degreeOf(ground, country));
  const scale = Math.min((room.right - room.left) / (right - left), (room.bottom - room.top) / (bottom - top), nearest, LARGEST);
  if (!(scale > 1)) return WHOLE;
  return { scale, dx: (room.left + room.right - width) / 2 - ((left + right - width) / 2) * scale, dy: (room.top + room.bottom - height) / 2 - ((top + bottom - height) / 2) * scale };
}

/** The box around what is in sight. */
export function sight(seen: Seen, sheet: Sheet): Bounds {
  const from = unit({ x: 0, y: 0 }, seen, sheet);
  const to = unit({ x: sheet.width, y: sheet.height }, seen, sheet);
  return around(bands(sheet.ground).flatMap((one) => {
    const [top, bottom] = [Math.max(from.y, one.ceiling), Math.min(to.y, one.bottom)];
    return top < bottom ? [{ ...one, left: from.x, right: to.x, up: top - one.top, down: bottom - one.top }] : [];
  }));
}

/** What is in sight, where that is less than what is framed. */
export function part(seen: Seen, sheet: Sheet, framed: Bounds | undefined): Bounds | undefined {
  if (!framed) return undefined;
  const box = sight(seen, sheet);
  const drawn = around(sheet.ground.places.map(({ country }) => ({ country, left: 0, right: COUNTRIES[country].width, up: 0, down: COUNTRIES[country].height })));
  // Of the world there is no more than the countries.
  const isIn = [0, 1].every((axis) => box[0][axis]! <= Math.max(framed[0][axis]!, drawn[0][axis]!) && box[1][axis]! >= Math.min(framed[1][axis]!, drawn[1][axis]!));
  return isIn ? undefined : box;
}

/** Alike but for what a computer leaves over. */
export function isSame(one: Seen, other: Seen): boolean {
  return one.scale === other.scale && Math.hypot(one.dx - other.dx, one.dy - other.dy) < 0.5;
}

function within(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** A point of the box, in the units of the drawing. */
function unit({ x, y }: { x: number; y: number }, { scale, dx, dy }: Seen, { ground, width, height }: Sheet): { x: number; y: number } {
  return { x: ((x - width / 2 - dx) / scale + width / 2 - ground.left) / ground.per, y: ((y - height / 2 - dy) / scale + height / 2 - ground.top) / ground.per };
}

/** Which stretch of the drawing is whose: half of what is between two countries belongs to each. */
function bands({ places }: Ground): { country: Country; top: number; ceiling: number; bottom: number }[] {
  let ceiling = -Infinity;
  return places.map(({ country, top }, index) => {
    const next = places[index + 1];
    const bottom = next ? (top + COUNTRIES[country].height + next.top) / 2 : Infinity;
    const band = { country, top, ceiling, bottom };
    ceiling = bottom;
    return band;
  });
}

interface Piece {
  country: Country;
  left: number;
  right: number;
  up: number;
  down: number;
}

/** The box around pieces of pictures. A parallel is an arc that is highest in the middle of its picture, and meridians
 *  spread downwards: the corners and that middle say how far a piece reaches. */
function around(pieces: Piece[]): Bounds {
  const box = pieces.reduce<Bounds | undefined>((all, { country, left, right, up, down }) => {
    const middle = within(left, COUNTRIES[country].width / 2, right);
    return grow(all, [[left, up], [right, up], [left, down], [right, down], [middle, up], [middle, down]].map(([x = 0, y = 0]) => unproject(country, x, y)));
  }, undefined);
  const [[west, south], [east, north]] = box ?? EVERYTHING;
  return [[Math.max(-180, west), Math.max(-90, south)], [Math.min(180, east), Math.min(90, north)]];
}
