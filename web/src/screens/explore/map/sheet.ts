// How the countries lie in the box of the map that is drawn as SVG: where a place is on it, and which country a place or
// a point belongs to.
import type { MapSymbol } from '../../../columns.ts';
import { COUNTRIES, project } from '../../../projection.js';
import type { Country } from '../../../widgets/outline.tsx';
import { inCountry } from '../../../widgets/within.ts';
import type { Seen } from '../moving.ts';
import type { Box } from './labels.ts';
import type { Point, Surface } from './room.ts';

/** Around the whole, in pixels: beside the buttons, below them, and above the key. On a phone Mexico has nothing where the
 *  buttons stand, and is as wide as there is room. */
export const SIDE = { wide: 56, narrow: 52, alone: 12 };
const TOP = 60;
const FOOT = 16;
const RAD = Math.PI / 180;

export interface Size {
  width: number;
  height: number;
  /** What the key at its foot takes of it. */
  foot: number;
  /** What lies over it. */
  controls: Box[];
}

/** A box as it is measured `now`. As long as it keeps its size, so do what lies over it and the key at its foot keep the most
 *  room that they have taken: what the key says follows from what it leaves free, and each would change the other for
 *  ever. The same object where nothing has changed. */
export function held(before: Size, now: Size): Size {
  const isSame = before.width === now.width && before.height === now.height && before.controls.length === now.controls.length;
  if (!isSame) return now;
  const controls = now.controls.map((one, at) => around(one, before.controls[at] ?? one));
  const has = now.foot > before.foot || controls.some((one, at) => SIDES.some((side) => one[side] !== before.controls[at]?.[side]));
  return has ? { ...now, foot: Math.max(before.foot, now.foot), controls } : before;
}

const SIDES = ['left', 'top', 'right', 'bottom'] as const;

function around(a: Box, b: Box): Box {
  return { left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom) };
}

/** Where the countries stand, in the units of the drawing. */
export interface Stacked {
  places: { country: Country; top: number }[];
  width: number;
  height: number;
  isNamed: boolean;
}

/** And that in the box, as long as it is not zoomed. */
export interface Ground extends Stacked {
  /** Its corner, and the pixels of a unit. */
  left: number;
  top: number;
  per: number;
  /** What of the box is free for it. */
  room: { left: number; right: number; top: number; bottom: number };
}

/** Between two countries, with room for the name of the second. */
const GAP = 34;
const NAME = 22;

/** Where the countries stand, in the units of the drawing: below each other under their names. */
export function stacked(countries: Country[]): Stacked {
  const isNamed = countries.length > 1;
  let y = 0;
  const places = countries.map((country) => {
    const top = y + (isNamed ? NAME : 0);
    y = top + COUNTRIES[country].height + (isNamed ? GAP - NAME : 0);
    return { country, top };
  });
  return { places, width: Math.max(...countries.map((country) => COUNTRIES[country].width)), height: y, isNamed };
}

/** The countries, as large as the box has room for. */
export function groundOf(all: Stacked, { width, height, foot }: Omit<Size, 'controls'>, narrow: boolean): Ground {
  const side = !narrow ? SIDE.wide : all.places.every(({ country }) => country === 'MX') ? SIDE.alone : SIDE.narrow;
  const room = { left: side, right: width - side, top: TOP, bottom: height - foot - FOOT };
  const per = Math.max(0.1, Math.min((room.right - room.left) / all.width, (room.bottom - room.top) / all.height));
  return { ...all, per, room, left: (width - all.width * per) / 2, top: (room.top + room.bottom - all.height * per) / 2 };
}

type Outlines = ReadonlyMap<Country, Record<string, string>>;

/** In which country a place is that no area is known of; looked up once. */
const homes = new Map<string, Country | undefined>();

export function homeOf({ lon, lat, areas: [first] }: Pick<MapSymbol, 'lon' | 'lat' | 'areas'>, countries: Country[], outlines: Outlines): Country {
  const own = countries.find((one) => first?.startsWith(one));
  const only = countries[0] ?? 'MX';
  if (own || countries.length <= 1) return own ?? only;
  const key = `${countries.join()} ${outlines.size} ${lon} ${lat}`;
  if (!homes.has(key)) homes.set(key, inCountry(lon, lat, outlines));
  return homes.get(key) ?? only;
}

/** The pixels of a degree of longitude in the middle of a country, as long as it is not zoomed. */
export function degreeOf(ground: Ground, country: Country): number {
  const { scale, centre: [, lat = 0] } = COUNTRIES[country];
  return scale * RAD * Math.cos(lat * RAD) * ground.per;
}

/** Where a place is in the box, as long as it is not zoomed. */
export function pixelOf(ground: Ground, country: Country, lon: number, lat: number): Point {
  const [x, y] = project(country, lon, lat);
  const top = ground.places.find((other) => other.country === country)?.top ?? 0;
  return { x: ground.left + x * ground.per, y: ground.top + (top + y) * ground.per };
}

/** The box as symbols and names are laid out on it. */
export function surfaceOf(ground: Ground, { width, height, controls }: Size, seen: Seen, outlines: Outlines): Surface {
  const countries = ground.places.map((one) => one.country);
  const place = (one: Pick<MapSymbol, 'lon' | 'lat' | 'areas'>): Point => {
    const { x, y } = pixelOf(ground, homeOf(one, countries, outlines), one.lon, one.lat);
    return { x: (x - width / 2) * seen.scale + width / 2 + seen.dx, y: (y - height / 2) * seen.scale + height / 2 + seen.dy };
  };
  return { at: place, width, height, degree: degreeOf(ground, countries[0] ?? 'MX') * seen.scale, controls };
}
