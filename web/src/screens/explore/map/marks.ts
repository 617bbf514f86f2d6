// What stands on the map as a button, and where: symbols of several organisations, few single ones, or the counts of
// areas; moved aside where two would meet, and named where there is room. The same with and without WebGL.
import { number, t, tn } from '../../../i18n.ts';
import { widthOf } from '../../../widgets/measure.ts';
import type { Areas } from './basemap.ts';
import { withAsides } from './aside.ts';
import { gather } from './gather.ts';
import { placeLabels, type Label } from './labels.ts';
import { namesOf, placeOf, wholeOf, type Names, type Share } from './naming.ts';
import type { Layer } from './layer.tsx';
import type { Drawn } from './map.tsx';
import { areaAt, middleOf } from './middle.ts';
import type { PinLook } from './pin.ts';
import { free, NARROW } from './rings.ts';
import { byCount, REACH, settled, type Mark, type Surface } from './room.ts';
import { WORDS } from './words.ts';

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
/** The type of names, with the halo around it. */
const NAME = '500 13px "Source Sans 3"';
const HALO = 3;
/** The largest is named in any case: it is what the map is about. */
const ALWAYS = 1;

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
function areaMarks(drawn: Drawn, states: Areas, surface: Surface, names: Names): Mark[] {
  const marks = byCount(states.features.flatMap((one): Mark[] => {
    const count = drawn.areas.get(one.properties.code) ?? 0;
    const middle = count > 0 ? middleOf(one.geometry) : undefined;
    return middle ? [{ lon: middle.centre[0], lat: middle.centre[1], width: middle.width, count, families: [], coincident: false, area: one.properties.code, areas: [one.properties.code], title: names.get(one.properties.code) ?? one.properties.name, plain: true }] : [];
  }));
  if (surface.width >= NARROW) return withAsides(marks, states.features.filter((one) => drawn.ground.includes(one.properties.code.slice(0, 2))).map((one) => one.geometry), surface);
  const stands = free(marks.map((one) => ({ ...surface.at(one), r: REACH })));
  return marks.filter((_, index) => stands[index]);
}

/** A name beside a number, away from the area. */
function besideNumber({ dx }: { dx: number }): Label {
  return { x: dx < 0 ? -REACH : REACH, y: 5, anchor: dx < 0 ? 'end' : 'start' };
}

/** The marks, the largest first, and what is painted beneath them. */
export function layOut({ drawn, states, layer, per, names }: Shown, surface: Surface): { laid: Laid[]; painted: Drawn['points'] } {
  const { marks, painted } = layer === 'areas' && states ? { marks: areaMarks(drawn, states, surface, names), painted: [] } : marksOf(drawn, surface, states);
  const stands = settled(marks, surface, per);
  const shown = stands.map(({ mark }) => mark);
  const texts = layer === 'areas' ? shown.map((mark) => (mark.aside ? mark.title : undefined)) : namesOf(shown, { words: WORDS, counts: drawn.areas, names, per });
  const labels = layer === 'areas' ? shown.map(({ aside }) => aside && besideNumber(aside)) : placeLabels(stands, texts, { frame: surface, blocked: surface.controls, measure: (text) => widthOf(text, NAME) + HALO, always: ALWAYS, leads: true });
  const laid = stands.map(({ mark, dx, dy }, index): Laid => {
    const area = placeOf(mark, names, WORDS) ?? (mark.plain ? mark.title : undefined);
    const whole = tn('list.organisations', mark.count);
    const all = mark.plain ? undefined : wholeOf(mark, drawn.areas);
    const place = area && (all ? t('map.partIn', { whole, all: number(all), area }) : t('map.symbolIn', { whole, area }));
    return { mark, look: { per, familyKeys: drawn.familyKeys, plain: mark.plain === true, label: (mark.plain ? undefined : mark.title) ?? place ?? whole, name: texts[index], at: labels[index], shift: { dx, dy } } };
  });
  return { laid, painted };
}

/** How many the largest circle is of. */
export function largest(laid: Laid[]): number {
  return Math.max(1, ...laid.map(({ mark }) => mark.count));
}

/** Some of an area's organisations, and all of them. */
/** The largest symbol that is named as a part of its area: what the key explains. Whether there is room for the name is not
 *  asked: the key takes some of that room, and would come and go with it. */
export function shareIn(laid: Laid[], { areas }: Drawn): Share | undefined {
  for (const { mark, look } of laid) {
    const all = mark.plain || !look.name ? undefined : wholeOf(mark, areas);
    if (all) return { count: mark.count, all };
  }
  return undefined;
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
