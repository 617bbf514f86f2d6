// The basemap that comes with the frontend: countries, Mexican and US states.
import { feature } from 'topojson-client';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { load } from '../../../api.ts';
import countriesUrl from '../../../../../data/geo/countries.json?url';
import mxUrl from '../../../../../data/geo/mx-states.json?url';
import usUrl from '../../../../../data/geo/us-states.json?url';

export type Areas = FeatureCollection<Geometry, { name: string; code: string }>;
export interface Basemap {
  countries: Areas;
  states: Areas;
}

let loaded: Promise<Basemap> | undefined;

/** Loaded once; a failure is not remembered. */
export function basemap(): Promise<Basemap> {
  loaded ??= Promise.all([countriesUrl, mxUrl, usUrl].map(areas))
    .then(([countries, mx, us]) => ({
      countries: countries ?? empty(),
      states: { type: 'FeatureCollection' as const, features: [...(mx?.features ?? []), ...(us?.features ?? [])] },
    }))
    .catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
  return loaded;
}

function empty(): Areas {
  return { type: 'FeatureCollection', features: [] };
}

async function areas(url: string): Promise<Areas> {
  const topology = await load<Topology<{ areas: GeometryCollection<{ name: string }> }>>(url);
  const { features } = feature(topology, topology.objects.areas);
  // Data-driven paint reads properties; the code is the id of the feature.
  return { type: 'FeatureCollection', features: features.map((one) => ({ ...one, properties: { name: one.properties.name, code: String(one.id ?? '') } })) };
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
