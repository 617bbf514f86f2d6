// What the map looks at, as the API is asked for it, and what it frames at first.
import type { Map as GlMap } from 'maplibre-gl';
import { printBox } from '../../../filter.ts';
import { printStand } from '../../../stand.ts';
import { boundsOf, grow, type Basemap, type Bounds } from './basemap.ts';
import type { Box } from './labels.ts';
import type { Drawn } from './map.tsx';
import { NARROW } from './rings.ts';

/** What the map looks at, coarse enough that a small pan asks nothing new. */
export interface Window {
  bbox: number[];
  zoom: number;
}

export function world(): Window {
  return { bbox: [-180, -85, 180, 85], zoom: 4 + detail(innerWidth) };
}

/** The API counts zoom in tiles of 256 pixels, MapLibre in tiles of 512; a phone has no room for the finer step. */
export function detail(width: number): number {
  return width < NARROW ? 0 : 1;
}

/** The view, widened to whole steps of a grid that fits the zoom. */
export function windowOf(map: GlMap): Window {
  const zoom = Math.round(map.getZoom()) + detail(map.getContainer().clientWidth);
  const step = 360 / 2 ** Math.max(0, zoom);
  const bounds = map.getBounds();
  const down = (value: number): number => Math.floor(value / step) * step;
  const up = (value: number): number => Math.ceil(value / step) * step;
  return {
    zoom,
    bbox: [Math.max(-180, down(bounds.getWest())), Math.max(-90, down(bounds.getSouth())), Math.min(180, up(bounds.getEast())), Math.min(90, up(bounds.getNorth()))],
  };
}

/** Where the map stands, in the word of an address. */
export function standOf(map: GlMap): string {
  const { lat, lng } = map.getCenter().wrap();
  return printStand({ lat, lon: lng, zoom: map.getZoom() });
}

/** All that is placed, or where nothing is, the ground of the studies. */
export function frame(drawn: Drawn, base: Basemap): Bounds | undefined {
  const inhabited = [...drawn.areas].filter(([, count]) => count > 0).map(([code]) => code);
  const places = [...drawn.symbols, ...drawn.points].map((one) => [one.lon, one.lat]);
  if (places.length === 0 && inhabited.length === 0) return empty(drawn, base);
  const country = new Set(inhabited.map((code) => code.slice(0, 2)));
  // One country is shown whole: what is empty says as much as what is full.
  const whole = country.size === 1 ? boundsOf(base.states, statesOf(base, [...country])) : undefined;
  // Of the places it knows no more than those in sight: the states say where the others are.
  return whole && !country.has('US') ? whole : grow(boundsOf(base.states, inhabited.filter((code) => !APART.has(code))), places);
}

/** Alaska and Hawaii would leave the other states a strip. */
const APART = new Set(['US-AK', 'US-HI', 'US-PR']);

/** The American states where only they are the ground, else the Mexican ones. */
function empty({ ground }: Drawn, base: Basemap): Bounds | undefined {
  const isAmerican = ground.length > 0 && ground.every((one) => one === 'US');
  return boundsOf(base.states, statesOf(base, [isAmerican ? 'US' : 'MX']).filter((code) => !APART.has(code)));
}

function statesOf(base: Basemap, countries: string[]): string[] {
  return base.states.features.map((one) => one.properties.code).filter((code) => countries.includes(code.slice(0, 2)));
}

/** What is in sight, where that is less than what was framed; a whole degree more or less is no difference. */
export function partOf(map: GlMap, framed: Bounds | undefined): string | undefined {
  const bounds = map.getBounds();
  if (!framed) return undefined;
  const [[west, south], [east, north]] = framed;
  const whole = bounds.getWest() <= west && bounds.getEast() >= east && bounds.getSouth() <= south && bounds.getNorth() >= north;
  if (whole) return undefined;
  return printBox([Math.max(-180, bounds.getWest()), Math.max(-90, bounds.getSouth()), Math.min(180, bounds.getEast()), Math.min(90, bounds.getNorth())]);
}

/** What lies over the map, in its pixels; a panel comes and goes, and is looked past. */
export function controlsOf(stage: HTMLElement): Box[] {
  const { left, top } = stage.getBoundingClientRect();
  return [...(stage.closest('.stage')?.querySelectorAll('.ctrl:not(.panel)') ?? [])].map((one) => {
    const box = one.getBoundingClientRect();
    return { left: box.left - left, top: box.top - top, right: box.right - left, bottom: box.bottom - top };
  }).filter((box) => box.right > box.left);
}
