// In which country a place is, by the outlines that a picture is drawn from; and whether a ring goes around a place.
import type { Position } from 'geojson';
import { COUNTRIES, project } from '../projection.js';

type Country = keyof typeof COUNTRIES;

/** The country with a state around the place, else the one with the nearest border. */
export function inCountry(lon: number, lat: number, outlines: ReadonlyMap<Country, Record<string, string>>): Country | undefined {
  let nearest: Country | undefined;
  let least = Infinity;
  for (const [country, paths] of outlines) {
    const [x, y] = project(country, lon, lat);
    for (const path of Object.values(paths)) {
      const rings = path.split('M').map((part) => [...part.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, a, b]): Position => [Number(a), Number(b)]));
      // A hole takes away what is around it.
      if (rings.filter((ring) => around(ring, x, y)).length % 2 === 1) return country;
      for (const [x1 = 0, y1 = 0] of rings.flat()) {
        // The pictures have scales of their own.
        const away = Math.hypot(x - x1, y - y1) / COUNTRIES[country].scale;
        if (away < least) [least, nearest] = [away, country];
      }
    }
  }
  return nearest;
}

/** Whether a ring goes around a place: a line from it crosses the ring an odd number of times. */
export function around(ring: Position[], lon: number, lat: number): boolean {
  let inside = false;
  ring.forEach(([x0 = 0, y0 = 0], index) => {
    const [x1 = 0, y1 = 0] = ring[(index + 1) % ring.length] ?? [];
    if (y0 > lat !== y1 > lat && lon < ((x1 - x0) * (lat - y0)) / (y1 - y0) + x0) inside = !inside;
  });
  return inside;
}
