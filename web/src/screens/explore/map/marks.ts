// What stands on the map as a button, and where: symbols of several organisations, few single ones, or the counts of
// areas; moved aside where two would meet, and named where there is room. The same with and without WebGL.
import type { MapSymbol } from '../../../columns.ts';
import { t, tn } from '../../../i18n.ts';
import type { Areas } from './basemap.ts';
import { gather, merged } from './gather.ts';
import { placeLabels, type Box } from './labels.ts';
import { namesOf, placeOf, type Names } from './naming.ts';
import type { Layer } from './layer.tsx';
import type { Drawn } from './map.tsx';
import { areaAt, middleOf } from './middle.ts';
import type { PinLook } from './pin.ts';
import { apart, free, NARROW, radius } from './rings.ts';
import { WORDS } from './words.ts';

/** A symbol, or a single organisation drawn like one. */
export interface Mark extends MapSymbol {
  slug?: string;
  title?: string;
  /** A number without a circle. */
  plain?: boolean;
  /** How wide its area is, in degrees. */
  width?: number;
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

export interface Shown {
  drawn: Drawn;
  states: Areas | undefined;
  layer: Layer;
  per: number;
  names: Names;
}

export interface Laid {
  mark: Mark;
  look: PinLook;
}

/** Up to this many marks of single organisations are buttons too; more are painted, and reached by the list. */
const SINGLES = 60;
/** More would take longer to gather than a frame lasts. */
const GATHERED = 400;
/** Half the width of what a finger or pointer must be able to hit. */
export const REACH = 12;
/** Beside an area too small to hold its number. */
const ASIDE = { dx: 26, dy: 18 };
/** No mark is moved aside farther than this: what has no room nearer joins its neighbour. */
const FAR = 32;
/** Rounds of joining; each leaves fewer. */
const ROUNDS = 6;

/** What are buttons, and the single organisations that are painted instead. */
function marksOf(drawn: Drawn, surface: Surface, states: Areas | undefined): { marks: Mark[]; painted: Drawn['points'] } {
  if (drawn.points.length > GATHERED) return { marks: drawn.symbols, painted: drawn.points };
  const singles = gather(drawn.points.map((one) => {
    const area = states ? areaOf(states, one) : '';
    return { lon: one.lon, lat: one.lat, count: 1, families: drawn.familyKeys.map((key) => (key === one.family ? 1 : 0)), coincident: true, area, areas: area ? [area] : [], slug: one.slug, title: one.name };
  }), surface.at, 2 * REACH);
  if (singles.length > SINGLES) return { marks: drawn.symbols, painted: drawn.points };
  return { marks: byCount([...drawn.symbols, ...singles]), painted: [] };
}

function byCount(marks: Mark[]): Mark[] {
  return marks.sort((one, other) => other.count - one.count);
}

/** The single organisations that are painted, and no buttons. */
export function paintedOf(drawn: Drawn, surface: Surface, states: Areas | undefined, layer: Layer): Drawn['points'] {
  return layer === 'areas' && states ? [] : marksOf(drawn, surface, states).painted;
}

/** Points stay where they are while the map moves. */
const found = new WeakMap<Areas, Map<string, string>>();

function areaOf(states: Areas, { lon, lat }: { lon: number; lat: number }): string {
  const known = found.get(states) ?? new Map<string, string>();
  found.set(states, known);
  const key = `${lon} ${lat}`;
  const area = known.get(key) ?? areaAt(states, lon, lat) ?? '';
  known.set(key, area);
  return area;
}

/** The areas with organisations, each a number at its middle. On a narrow map those with most, where they would meet:
 *  lines to numbers all around say less, every area can be pressed, and the table has them all. */
function areaMarks(drawn: Drawn, states: Areas, surface: Surface): Mark[] {
  const marks = byCount(states.features.flatMap((one): Mark[] => {
    const count = drawn.areas.get(one.properties.code) ?? 0;
    const middle = count > 0 ? middleOf(one.geometry) : undefined;
    return middle ? [{ lon: middle.centre[0], lat: middle.centre[1], width: middle.width, count, families: [], coincident: false, area: one.properties.code, areas: [one.properties.code], title: one.properties.name, plain: true }] : [];
  }));
  if (surface.width >= NARROW) return marks;
  const stands = free(marks.map((one) => ({ ...surface.at(one), r: REACH })));
  return marks.filter((_, index) => stands[index]);
}

function aside(mark: Mark, { width, degree }: Surface): { dx: number; dy: number } {
  return mark.plain && (mark.width ?? 0) * degree < 2 * REACH && width >= NARROW ? ASIDE : { dx: 0, dy: 0 };
}

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
    const { dx, dy } = aside(mark, surface);
    return { x: x + dx, y: y + dy, r: mark.plain ? REACH : radius(mark.count, per) };
  });
  // Each stays large enough to hit: no box may cover another, and boxes have corners.
  const shifts = apart(discs.map((disc) => ({ ...disc, r: Math.max(disc.r, REACH * Math.SQRT2) })));
  return marks.map((mark, index) => {
    const [disc, shift, own] = [discs[index] ?? { x: 0, y: 0, r: 0 }, shifts[index] ?? { dx: 0, dy: 0 }, aside(mark, surface)];
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

/** The marks, the largest first, and what is painted beneath them. */
export function layOut({ drawn, states, layer, per, names }: Shown, surface: Surface): { laid: Laid[]; painted: Drawn['points'] } {
  const { marks, painted } = layer === 'areas' && states ? { marks: areaMarks(drawn, states, surface), painted: [] } : marksOf(drawn, surface, states);
  const stands = settled(marks, surface, per);
  const shown = stands.map(({ mark }) => mark);
  const texts = layer === 'areas' ? shown.map(() => undefined) : namesOf(shown, { words: WORDS, counts: drawn.areas, names, per });
  const labels = placeLabels(stands, texts, { frame: surface, blocked: surface.controls });
  const laid = stands.map(({ mark, dx, dy }, index): Laid => {
    const area = placeOf(mark, names, WORDS) ?? (mark.plain ? mark.title : undefined);
    const whole = tn('list.organisations', mark.count);
    return { mark, look: { per, familyKeys: drawn.familyKeys, plain: mark.plain === true, label: (mark.plain ? undefined : mark.title) ?? (area ? t('map.symbolIn', { whole, area }) : whole), name: texts[index], at: labels[index], shift: { dx, dy } } };
  });
  return { laid, painted };
}

/** What a button is drawn by: two that agree in it look and answer alike, so that the first may stay. */
export function sameAs({ mark, look: { shift, ...look } }: Laid): string {
  return JSON.stringify([mark, look, Math.round(shift.dx), Math.round(shift.dy)]);
}

/** Puts elements into the order in which the keyboard reaches them; those that are in it stay where they are. */
export function inOrder(elements: HTMLElement[]): void {
  let before: Element | null = null;
  for (const element of elements.toReversed()) {
    if (element.nextElementSibling !== before) element.parentElement?.insertBefore(element, before);
    before = element;
  }
}

/** The name of the button that has the focus, which one drawn anew takes over. */
export function held(): string | null {
  return document.activeElement?.classList.contains('pin') ? document.activeElement.getAttribute('aria-label') : null;
}
