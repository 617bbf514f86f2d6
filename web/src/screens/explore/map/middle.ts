// Where an area is: the middle to write its number at, and which area a place lies in.
import type { Geometry, Position } from 'geojson';
import { around } from '../../../widgets/within.ts';
import type { Areas } from './basemap.ts';

export interface Middle {
  centre: [number, number];
  /** How wide the ring is, in degrees. */
  width: number;
}

export function middleOf(geometry: Geometry): Middle | undefined {
  let best: (Middle & { area: number }) | undefined;
  for (const [ring] of polygonsOf(geometry)) {
    const found = ring ? massOf(ring) : undefined;
    if (found && (!best || found.area > best.area)) best = found;
  }
  return best;
}

export function polygonsOf(geometry: Geometry): Position[][][] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}

/** Area and centre of mass of a ring; degrees are near enough for a label. */
function massOf(ring: Position[]): (Middle & { area: number }) | undefined {
  let twice = 0;
  let x = 0;
  let y = 0;
  ring.forEach(([x0 = 0, y0 = 0], index) => {
    const [x1 = 0, y1 = 0] = ring[(index + 1) % ring.length] ?? [];
    const cross = x0 * y1 - x1 * y0;
    twice += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  });
  if (twice === 0) return undefined;
  const lons = ring.map(([lon = 0]) => lon);
  return { width: Math.max(...lons) - Math.min(...lons), area: Math.abs(twice / 2), centre: [x / (3 * twice), y / (3 * twice)] };
}

/** The code of the area around a place; undefined outside all of them. */
export function areaAt(areas: Areas, lon: number, lat: number): string | undefined {
  return areas.features.find((one) => polygonsOf(one.geometry).some(([outer, ...holes]) => outer && around(outer, lon, lat) && !holes.some((hole) => around(hole, lon, lat))))?.properties.code;
}
