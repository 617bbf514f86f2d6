// Which countries are drawn with their states.

/** Those with states in the basemap, by the code of their study; the sample is set in Mexico. */
const STATES: Record<string, string> = { mx: 'MX', us: 'US', sample: 'MX' };

/** Where organisations are; where nothing matches, where the studies in question looked: none is a finding of theirs. */
export function groundOf(counts: ReadonlyMap<string, number>, chapters: string[]): string[] {
  const found = new Set([...counts.keys()].map((code) => code.slice(0, 2)));
  return found.size > 0 ? [...found] : [...new Set(chapters.flatMap((one) => STATES[one] ?? []))];
}
