// Where the reader has gone on the map, in the words of an address: `at=19.43,-99.13,8.5`, the middle of the map and its
// zoom. Pure; what the map does with it is in `screens/explore/map/standing.ts`.

export interface Stand {
  lat: number;
  lon: number;
  zoom: number;
}

/** As far north and south as the projection goes, in degrees. */
const POLE = 85;
/** How far the map can be zoomed. */
export const ZOOMS = { least: 1, most: 14 };

/** Where an address says that the map stands; undefined where it says nothing that can be shown. */
export function parseStand(word: string | undefined): Stand | undefined {
  if (!word || !/^-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?,\d+(?:\.\d+)?$/.test(word)) return undefined;
  const [lat = 0, lon = 0, zoom = 0] = word.split(',').map(Number);
  return Math.abs(lat) <= POLE && Math.abs(lon) <= 180 && zoom >= ZOOMS.least && zoom <= ZOOMS.most ? { lat, lon, zoom } : undefined;
}

/** With as many decimals as make a pixel or so. */
export function printStand({ lat, lon, zoom }: Stand): string {
  const decimals = Math.min(5, Math.max(1, Math.ceil(zoom / 3)));
  const within = (degrees: number, most: number): number => Number(Math.max(-most, Math.min(most, degrees)).toFixed(decimals)) + 0;
  return `${within(lat, POLE)},${within(lon, 180)},${Number(Math.max(ZOOMS.least, Math.min(ZOOMS.most, zoom)).toFixed(2))}`;
}
