// Chance that can be repeated: SEED= names it, and every run prints it.

export const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

/** A source of chance (mulberry32) for one row, so that rows can be run alone and give the same. */
export function chance(name) {
  let state = [...name].reduce((sum, c) => Math.imul(sum ^ c.charCodeAt(0), 0x01000193), seed ^ 0x811c9dc5) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    /** A whole number from `low` up to, and without, `high`. */
    int: (low, high) => low + Math.floor(next() * (high - low)),
    pick: list => list[Math.floor(next() * list.length)],
  };
}
