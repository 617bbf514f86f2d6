// How much of what a screen shows is fictional: that of the sample, which stands beside real studies or alone.

export type Fiction = 'alone' | 'these' | 'mixed' | 'also';

/** How much of what is shown is fictional; nothing where the sample is not loaded. */
export function fictionOf(loaded: string[], shown: string[]): Fiction | undefined {
  if (!loaded.includes('sample')) return undefined;
  if (loaded.every((one) => one === 'sample')) return 'alone';
  if (!shown.includes('sample')) return 'also';
  return shown.every((one) => one === 'sample') ? 'these' : 'mixed';
}
