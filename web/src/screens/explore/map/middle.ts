// A point inside an area to write its number at: the centre of mass of its largest ring.
import type { Geometry, Position } from 'geojson';

export interface Middle {
  centre: [number, number];
  /** How wide the ring is, in degrees. */
  width: number;
}

export function middleOf(geometry: Geometry): Middle | undefined {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  let best: (Middle & { area: number }) | undefined;
  for (const [ring] of polygons) {
    const found = ring ? massOf(ring) : undefined;
    if (found && (!best || found.area > best.area)) best = found;
  }
  return best;
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
