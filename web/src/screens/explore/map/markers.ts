// The buttons on the map: symbols of several organisations, few single ones, or the counts of areas.
import { Marker, type Map as GlMap } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MapSymbol } from '../../../columns.ts';
import { tn, t } from '../../../i18n.ts';
import { lang } from '../../../navigate.ts';
import type { Areas } from './basemap.ts';
import { gather } from './gather.ts';
import { placeLabels } from './labels.ts';
import { namesOf, placeOf, type Names } from './naming.ts';
import type { Layer } from './layer.tsx';
import type { Drawn } from './map.tsx';
import { areaAt, middleOf } from './middle.ts';
import { pin, type PinLook } from './pin.ts';
import { apart, free, NARROW, radius } from './rings.ts';
import { controlsOf } from './view.ts';
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

/** Beside an area too small to hold its number. */
const ASIDE = { dx: 26, dy: 18 };

function aside(mark: Mark, map: GlMap): { dx: number; dy: number } {
  const wide = ((mark.width ?? 0) / 360) * 512 * 2 ** map.getZoom();
  return mark.plain && wide < 2 * REACH && !isNarrow(map) ? ASIDE : { dx: 0, dy: 0 };
}

/** Up to this many marks of single organisations are buttons too; more are painted, and reached by the list. */
const SINGLES = 60;
/** More would take longer to gather than a frame lasts. */
const GATHERED = 400;

/** Half the width of what a finger or pointer must be able to hit. */
export const REACH = 12;

/** What are buttons, and the single organisations that are painted instead. */
function marksOf(drawn: Drawn, map: GlMap, states: Areas | undefined): { marks: Mark[]; painted: Drawn['points'] } {
  if (drawn.points.length > GATHERED) return { marks: drawn.symbols, painted: drawn.points };
  const singles = gather(drawn.points.map((one) => {
    const area = states ? areaOf(states, one) : '';
    return { lon: one.lon, lat: one.lat, count: 1, families: drawn.familyKeys.map((key) => (key === one.family ? 1 : 0)), coincident: true, area, areas: area ? [area] : [], slug: one.slug, title: one.name };
  }), (one) => map.project([one.lon, one.lat]), 2 * REACH);
  if (singles.length > SINGLES) return { marks: drawn.symbols, painted: drawn.points };
  return { marks: [...drawn.symbols, ...singles].sort((one, other) => other.count - one.count), painted: [] };
}

/** The single organisations that are painted, and no buttons. */
export function paintedOf(drawn: Drawn, map: GlMap, states: Areas | undefined, layer: Layer): Drawn['points'] {
  return layer === 'areas' && states ? [] : marksOf(drawn, map, states).painted;
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
function areaMarks(drawn: Drawn, states: Areas, map: GlMap): Mark[] {
  const marks = states.features.flatMap((one): Mark[] => {
    const count = drawn.areas.get(one.properties.code) ?? 0;
    const middle = count > 0 ? middleOf(one.geometry) : undefined;
    return middle ? [{ lon: middle.centre[0], lat: middle.centre[1], width: middle.width, count, families: [], coincident: false, area: one.properties.code, areas: [one.properties.code], title: one.properties.name, plain: true }] : [];
  }).sort((a, b) => b.count - a.count);
  if (!isNarrow(map)) return marks;
  const stands = free(marks.map((one) => ({ ...map.project([one.lon, one.lat]), r: REACH })));
  return marks.filter((_, index) => stands[index]);
}

function isNarrow(map: GlMap): boolean {
  return map.getContainer().clientWidth < NARROW;
}

export interface MarkersOptions {
  drawn: Drawn;
  states: Areas | undefined;
  layer: Layer;
  per: number;
  names: Names;
  zoom: number;
  onOpen: (symbol: Mark) => void;
}

export function useMarkers(map: GlMap | undefined, { drawn, states, layer, per, names, zoom, onOpen }: MarkersOptions): void {
  const open = useRef(onOpen);
  open.current = onOpen;
  // A pan leaves most of them as they are: drawing all anew would cost the frame in which it comes to rest.
  const shown = useRef(new Map<string, Marker>());
  const drawnPoints = useRef<string | undefined>(undefined);
  // Which circles touch depends on the scale, so they are laid out anew wherever the map comes to rest.
  const [settled, setSettled] = useState(0);
  useEffect(() => {
    if (!map) return undefined;
    const rest = (): void => setSettled(Math.round(map.getZoom() * 4) / 4);
    map.on('moveend', rest);
    return () => {
      map.off('moveend', rest);
    };
  }, [map]);
  const key = `${lang.value} ${names.size} ${zoom} ${settled} ${layer}`;
  useEffect(() => {
    if (!map) return undefined;
    const source = map.getSource('points');
    const kept = shown.current;
    const next = new Map<string, Marker>();
    const button = (symbol: Mark, look: PinLook): HTMLButtonElement => {
      const element = pin(symbol, look);
      element.addEventListener('click', () => open.current(symbol));
      return element;
    };
    let again: HTMLElement | undefined;
    const held = document.activeElement?.classList.contains('pin') ? document.activeElement.getAttribute('aria-label') : null;
    const { marks, painted } = layer === 'areas' && states ? { marks: areaMarks(drawn, states, map), painted: [] } : marksOf(drawn, map, states);
    const discs = marks.map((one) => {
      const { x, y } = map.project([one.lon, one.lat]);
      const { dx, dy } = aside(one, map);
      return { x: x + dx, y: y + dy, r: one.plain ? REACH : radius(one.count, per) };
    });
    // Each stays large enough to hit: no box may cover another, and boxes have corners.
    const shifts = apart(discs.map((disc) => ({ ...disc, r: Math.max(disc.r, REACH * Math.SQRT2) })));
    const texts = layer === 'areas' ? marks.map(() => undefined) : namesOf(marks, { words: WORDS, counts: drawn.areas, names, per });
    const labels = placeLabels(discs.map((disc, index) => ({ ...disc, x: disc.x + (shifts[index]?.dx ?? 0), y: disc.y + (shifts[index]?.dy ?? 0) })), texts, { frame: map.getCanvas().getBoundingClientRect(), blocked: controlsOf(map) });
    marks.forEach((symbol, index) => {
      const own = aside(symbol, map);
      const shift = { dx: own.dx + (shifts[index]?.dx ?? 0), dy: own.dy + (shifts[index]?.dy ?? 0) };
      const area = placeOf(symbol, names, WORDS) ?? (symbol.plain ? symbol.title : undefined);
      const look: PinLook = {
        per,
        familyKeys: drawn.familyKeys,
        plain: symbol.plain === true,
        label: (symbol.plain ? undefined : symbol.title) ?? (area ? t('map.symbolIn', { whole: tn('list.organisations', symbol.count), area }) : tn('list.organisations', symbol.count)),
        name: texts[index],
        at: labels[index],
        shift,
      };
      const same = sameAs(symbol, look);
      const mark = next.has(same) ? `${same} ${index}` : same;
      const marker = kept.get(mark) ?? new Marker({ element: button(symbol, look), offset: [shift.dx, shift.dy] }).setLngLat([symbol.lon, symbol.lat]).addTo(map);
      next.set(mark, marker);
      const element = marker.getElement();
      if (held !== null && element.getAttribute('aria-label') === held) again = element;
    });
    for (const [mark, marker] of kept) if (!next.has(mark)) marker.remove();
    inOrder([...next.values()].map((marker) => marker.getElement()));
    shown.current = next;
    // Laid out anew, the map leaves the reader on the symbol they were on.
    if (again && again !== document.activeElement) again.focus({ preventScroll: true });
    const points = painted.map((one) => one.slug).join();
    if (source && 'setData' in source && typeof source.setData === 'function' && points !== drawnPoints.current) {
      drawnPoints.current = points;
      source.setData({ type: 'FeatureCollection', features: painted.map((one) => ({ type: 'Feature', properties: { slug: one.slug, name: one.name, family: one.family }, geometry: { type: 'Point', coordinates: [one.lon, one.lat] } })) });
    }
    map.setPaintProperty('points', 'circle-radius', radius(1, per) + 0.5);
  }, [map, drawn, key]);
  useEffect(() => () => {
    for (const marker of shown.current.values()) marker.remove();
    shown.current = new Map();
    drawnPoints.current = undefined;
  }, [map]);
}

/** What a button is drawn by: two that agree in it look and answer alike, so that the first may stay. */
function sameAs(symbol: Mark, { shift, ...look }: PinLook): string {
  return JSON.stringify([symbol, look, Math.round(shift.dx), Math.round(shift.dy)]);
}

/** Puts elements into the order in which the keyboard reaches them; those that are in it stay where they are. */
function inOrder(elements: HTMLElement[]): void {
  let before: Element | null = null;
  for (const element of elements.toReversed()) {
    if (element.nextElementSibling !== before) element.parentElement?.insertBefore(element, before);
    before = element;
  }
}
