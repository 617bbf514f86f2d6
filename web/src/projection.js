// Where a place lies on the small outline of its country: an Albers equal-area conic, fitted to a
// picture 420 wide. Plain JavaScript, because the build draws the outlines with it too.

/** Standard parallels, centre, scale and size of each picture. */
export const COUNTRIES = {
  MX: { parallels: [17, 29], centre: [-101.9, 23.9], scale: 800, width: 420, height: 296 },
  US: { parallels: [29.5, 45.5], centre: [-96, 37.9], scale: 520, width: 420, height: 270 },
};

const RAD = Math.PI / 180;

/** @param {keyof typeof COUNTRIES} country @param {number} lon @param {number} lat @returns {[number, number]} */
export function project(country, lon, lat) {
  const { parallels: [south, north], centre: [lon0, lat0], scale, width, height } = COUNTRIES[country];
  const n = (Math.sin(south * RAD) + Math.sin(north * RAD)) / 2;
  const c = Math.cos(south * RAD) ** 2 + 2 * n * Math.sin(south * RAD);
  /** @param {number} latitude */
  const radius = (latitude) => Math.sqrt(Math.max(0, c - 2 * n * Math.sin(latitude * RAD))) / n;
  const theta = n * (lon - lon0) * RAD;
  return [width / 2 + scale * radius(lat) * Math.sin(theta), height / 2 + scale * (radius(lat) * Math.cos(theta) - radius(lat0))];
}
