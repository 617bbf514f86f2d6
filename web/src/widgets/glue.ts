// What of a sentence stays on one line.

/** A span of years, or a figure with the word after it; a word that is long would leave no room for either. */
const TOGETHER = /(\d+(?:,\d{3})*(?:–\d+| [\p{L}%]{1,20}(?!\p{L})))/u;

/** The sentence in parts: every second one stays whole. */
export const glued = (text: string): string[] => text.split(TOGETHER);
