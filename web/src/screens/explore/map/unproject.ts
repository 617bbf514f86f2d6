// The way back of `projection.js`. Other screens need that one way alone, and are to stay small.
import { COUNTRIES } from '../../../projection.js';

const RAD = Math.PI / 180;

/** The place at a point of the picture of a country: its longitude and latitude. */
export function unproject(country: keyof typeof COUNTRIES, x: number, y: number): [number, number] {
  const { parallels, centre: [lon = 0, lat = 0], scale, width, height } = COUNTRIES[country];
  const [first = 0, second = 0] = parallels.map((one) => Math.sin(one * RAD));
  const n = (first + second) / 2;
  const c = 1 - first ** 2 + 2 * n * first;
  const east = (x - width / 2) / scale;
  const south = Math.sqrt(Math.max(0, c - 2 * n * Math.sin(lat * RAD))) / n + (y - height / 2) / scale;
  const sine = (c - n ** 2 * (east ** 2 + south ** 2)) / (2 * n);
  return [lon + Math.atan2(east, south) / n / RAD, Math.asin(Math.max(-1, Math.min(1, sine))) / RAD];
}
