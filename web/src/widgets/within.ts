// In which country a place is, by the outlines that a picture is drawn from.
import { COUNTRIES, project } from '../projection.js';

type Country = keyof typeof COUNTRIES;

/** The country with a state around the place, else the one with the nearest border. */
export function inCountry(lon: number, lat: number, outlines: ReadonlyMap<Country, Record<string, string>>): Country | undefined {
  let nearest: Country | undefined;
  let least = Infinity;
  for (const [country, paths] of outlines) {
    const [x, y] = project(country, lon, lat);
    for (const path of Object.values(paths)) {
      let within = false;
      for (const part of path.split('M')) {
        const ring = [...part.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, a, b]) => [Number(a), Number(b)] as const);
        for (const [index, [x1, y1]] of ring.entries()) {
          const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
          if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
          // The pictures have scales of their own.
          const away = Math.hypot(x - x1, y - y1) / COUNTRIES[country].scale;
          if (away < least) [least, nearest] = [away, country];
        }
      }
      if (within) return country;
    }
  }
  return nearest;
}
