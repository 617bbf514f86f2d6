// Screens whose texts stand apart, so that the others do not carry them. Plain JavaScript, because the build
// sorts the texts with it too.

/** The screens of each part; what one of these parts has alone, or shares with one other, stands in it, all else is common. */
export const PARTS = {
  home: ['home'],
  explore: ['explore'],
  organisation: ['organisation'],
  places: ['area', 'sector', 'sdg'],
  requests: ['requests', 'request'],
  dataset: ['dataset'],
  publisher: ['publisher'],
  card: ['card'],
  about: ['about', 'method', 'schemes', 'scheme', 'study', 'wave'],
};

/** @typedef {keyof typeof PARTS} Part */

/** The part that a screen needs beside what is common.
 * @param {string | undefined} screen @returns {Part | undefined} */
export function partOf(screen) {
  return /** @type {Part[]} */ (Object.keys(PARTS)).find((part) => PARTS[part].includes(screen ?? ''));
}
