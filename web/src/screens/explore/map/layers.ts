// The layers of the map, in colour from the first frame on: what MapLibre is not told, it draws in black.
import type { LayerSpecification } from 'maplibre-gl';

/** The layers, coloured by the tokens of the theme; counts and families are painted over them. */
export function layers(token: (name: string) => string): LayerSpecification[] {
  // Lines lie over the edges of the areas, so that these need no smoothing, which costs another drawing.
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': token('--sea') } },
    { id: 'land', type: 'fill', source: 'countries', paint: { 'fill-antialias': false, 'fill-color': token('--land-2') } },
    { id: 'states', type: 'fill', source: 'states', paint: { 'fill-antialias': false, 'fill-color': token('--land-2') } },
    { id: 'borders', type: 'line', source: 'borders', paint: { 'line-width': 0.8, 'line-color': token('--coast') } },
    { id: 'state-lines', type: 'line', source: 'state-lines', paint: { 'line-width': 0.8, 'line-color': token('--border') } },
    { id: 'points', type: 'circle', source: 'points', paint: { 'circle-stroke-width': 1, 'circle-color': token('--f-none'), 'circle-stroke-color': token('--surface') } },
  ];
}
