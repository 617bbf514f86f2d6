// Small outlines of the states of one country, as SVG paths, made from the basemap at build time. The
// home page and the profiles draw them; the explorer, which needs all of the basemap, does not.
// Longitude and latitude stay recoverable: x and y are an equal-area conic of theirs, and the same
// constants place points on top (src/outline.ts).
import { readFileSync } from 'node:fs';
import { feature } from 'topojson-client';
import { COUNTRIES, project } from '../src/projection.js';

/** Under this many pixels from the last point kept, a point is not seen. */
const STEP = 0.7;
/** Islands smaller than this many square pixels are left out. */
const SPECK = 1.2;

/** `{ id: path }` for each state of a country. */
export function outline(country, file) {
  const topology = JSON.parse(readFileSync(file, 'utf8'));
  const paths = {};
  for (const state of feature(topology, topology.objects.areas).features) {
    const polygons = state.geometry.type === 'Polygon' ? [state.geometry.coordinates] : state.geometry.coordinates;
    const rings = polygons.flatMap((polygon) => polygon.slice(0, 1)).map((ring) => thin(ring.map(([lon, lat]) => project(country, lon, lat))));
    const seen = rings.filter((ring) => ring.length > 3 && area(ring) > SPECK && inside(country, ring));
    const kept = seen.length > 0 ? seen : [];
    if (kept.length > 0) paths[state.id] = kept.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`).join('');
  }
  return paths;
}

function thin(ring) {
  const kept = [];
  for (const point of ring) {
    const last = kept.at(-1);
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= STEP) kept.push(point);
  }
  return kept;
}

function area(ring) {
  let sum = 0;
  ring.forEach(([x, y], index) => {
    const [u, v] = ring[(index + 1) % ring.length];
    sum += x * v - u * y;
  });
  return Math.abs(sum / 2);
}

/** What lies off the picture, such as far islands, is not drawn. */
function inside(country, ring) {
  const { width, height } = COUNTRIES[country];
  return ring.some(([x, y]) => x > 0 && y > 0 && x < width && y < height);
}
