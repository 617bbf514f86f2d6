// The map's colours, taken from the tokens, so that both themes and both pictures agree.
import type { ExpressionSpecification, Map as GlMap, StyleSpecification } from 'maplibre-gl';
import { FAMILIES } from '../../../families.ts';
import { classOf } from '../../../widgets/outline.tsx';
import { token } from '../../../widgets/webgl.ts';
import type { Basemap } from './basemap.ts';
import { layers } from './layers.ts';
import type { Drawn } from './map.tsx';

/** Corners that a pixel cannot tell are left out, and no more than a line's breadth reaches over the edge of a tile: on a
 *  machine without a graphics card each costs, in every frame. */
const GROUND = { tolerance: 0.5, buffer: 16 };

export function style(base: Basemap): StyleSpecification {
  return {
    version: 8,
    sources: {
      countries: { type: 'geojson', data: base.countries, ...GROUND },
      states: { type: 'geojson', data: base.states, ...GROUND },
      borders: { type: 'geojson', data: base.borders, ...GROUND },
      'state-lines': { type: 'geojson', data: base.stateLines, ...GROUND },
      points: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: layers(token),
  };
}

/** Colours everything; again when the theme or the counts change. */
export function paint(map: GlMap, { areas: counts, ground: countries }: Pick<Drawn, 'areas' | 'ground'>, shaded: boolean): void {
  map.setPaintProperty('sea', 'background-color', token('--sea'));
  map.setPaintProperty('land', 'fill-color', token('--land-2'));
  map.setPaintProperty('borders', 'line-color', token('--coast'));
  map.setPaintProperty('state-lines', 'line-color', ['case', ['==', ['get', 'edge'], 'outer'], token('--coast'), token('--border')]);
  // States are drawn where the record has organisations; elsewhere a country is one shape.
  map.setFilter('state-lines', ['in', ['get', 'country'], ['literal', countries]]);
  // Their coasts come with them: two drawings of one coast disagree.
  map.setFilter('borders', ['!', ['any', ...countries.map((code): ExpressionSpecification => ['in', code, ['get', 'country']])]]);
  map.setPaintProperty('states', 'fill-color', stateFill(counts, countries, shaded));
  map.setPaintProperty('points', 'circle-color', familyColour());
  // Too small to be hatched, who has no sector is hollow.
  map.setPaintProperty('points', 'circle-stroke-color', ['match', ['get', 'family'], 'none', token('--f-none'), token('--surface')]);
}

function stateFill(counts: Map<string, number>, countries: string[], shaded: boolean): ExpressionSpecification | string {
  const cases = [...counts].filter(([, count]) => count > 0).flatMap(([code, count]) => [code, shaded ? token(`--q-${classOf(count)}`) : token('--land')]);
  // None is a count too, where somebody looked: its own ground, apart from the scale and from abroad.
  const none = shaded ? ['case', ['in', ['slice', ['get', 'code'], 0, 2], ['literal', countries]], token('--q-zero'), token('--land-2')] : token('--land-2');
  if (cases.length === 0) return none as ExpressionSpecification | string;
  return ['match', ['get', 'code'], ...cases, none] as unknown as ExpressionSpecification;
}

function familyColour(): ExpressionSpecification {
  const cases = FAMILIES.flatMap((family) => [family, token(family === 'none' ? '--surface' : `--f-${family}`)]);
  return ['match', ['get', 'family'], ...cases, token('--f-none')] as unknown as ExpressionSpecification;
}
