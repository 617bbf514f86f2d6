// The basemap that comes with the frontend: countries, Mexican and US states.
import { feature, mesh } from 'topojson-client';
import type { FeatureCollection, Geometry, MultiLineString, Position } from 'geojson';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';
import { load } from '../../../api.ts';
import countriesUrl from '../../../../../data/geo/countries.json?url';
import mxUrl from '../../../../../data/geo/mx-states.json?url';
import usUrl from '../../../../../data/geo/us-states.json?url';

export type Areas = FeatureCollection<Geometry, { name: string; code: string }>;
/** Borders and coasts, each once although two areas share it. `country`: whose they are, of the countries whose states
 *  are known; `edge`: within such a country or around it. */
export type Lines = FeatureCollection<MultiLineString, { country: string; edge: 'inner' | 'outer' }>;
export interface Basemap {
  countries: Areas;
  states: Areas;
  borders: Lines;
  stateLines: Lines;
}

let loaded: Promise<Basemap> | undefined;

/** Loaded once; a failure is not remembered. */
export function basemap(): Promise<Basemap> {
  loaded ??= Promise.all([countriesUrl, mxUrl, usUrl].map((url) => load<Drawing>(url)))
    .then(([countries, mx, us]) => ({
      countries: joined([areas(countries)]),
      states: joined([areas(mx), areas(us)]),
      borders: joined([[], ['MX'], ['US'], ['MX', 'US']].map((own) => borders(countries, own))),
      stateLines: joined([...edges(mx, 'MX'), ...edges(us, 'US')]),
    }))
    .catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
  return loaded;
}

type Drawing = Topology<{ areas: GeometryCollection<{ name: string }> }>;

function joined<G extends Geometry, P>(all: FeatureCollection<G, P>[]): FeatureCollection<G, P> {
  return { type: 'FeatureCollection', features: all.flatMap((one) => one.features) };
}

function areas(topology: Drawing | undefined): Areas {
  if (!topology) return joined([]);
  const { features } = feature(topology, topology.objects.areas);
  // Data-driven paint reads properties; the code is the id of the feature.
  return { type: 'FeatureCollection', features: features.map((one) => ({ ...one, properties: { name: one.properties.name, code: String(one.id ?? '') } })) };
}

/** Countries whose states are drawn where the record has organisations. */
const KNOWN = ['MX', 'US'];

/** The borders that all of the countries given share, of those with states. */
function borders(topology: Drawing | undefined, own: string[]): Lines {
  return lines(topology, { country: own.join(' '), edge: 'outer' }, (one, other) => KNOWN.every((code) => own.includes(code) === (one.id === code || other.id === code)));
}

function edges(topology: Drawing | undefined, country: string): Lines[] {
  return [lines(topology, { country, edge: 'inner' }, (one, other) => one !== other), lines(topology, { country, edge: 'outer' }, (one, other) => one === other)];
}

function lines(topology: Drawing | undefined, properties: Lines['features'][number]['properties'], wanted: (one: GeometryObject, other: GeometryObject) => boolean): Lines {
  if (!topology) return joined([]);
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry: mesh(topology, topology.objects.areas, wanted) }] };
}

export type Bounds = [[number, number], [number, number]];

/** The box around the areas with these codes. */
export function boundsOf(states: Areas, codes: string[]): Bounds | undefined {
  const wanted = new Set(codes);
  let box: Bounds | undefined;
  for (const one of states.features) {
    if (wanted.has(one.properties.code)) box = grow(box, positions(one.geometry));
  }
  return box;
}

export function grow(box: Bounds | undefined, places: Iterable<readonly number[]>): Bounds | undefined {
  let next = box;
  for (const [lon, lat] of places) {
    if (lon === undefined || lat === undefined) continue;
    next = next
      ? [[Math.min(next[0][0], lon), Math.min(next[0][1], lat)], [Math.max(next[1][0], lon), Math.max(next[1][1], lat)]]
      : [[lon, lat], [lon, lat]];
  }
  return next;
}

function* positions(geometry: Geometry): Generator<Position> {
  if (geometry.type === 'Polygon') for (const ring of geometry.coordinates) yield* ring;
  else if (geometry.type === 'MultiPolygon') for (const polygon of geometry.coordinates) for (const ring of polygon) yield* ring;
}
