// Whole per cents that say neither all of what is less nor nothing of what is there.

/** What a share is printed as in whole per cents: the share, and whether it is less or more than that. */
export function inPercent(share: number): { share: number; sign: '' | '<' | '>' } {
  if (share > 0 && share < 0.005) return { share: 0.01, sign: '<' };
  if (share < 1 && share >= 0.995) return { share: 0.99, sign: '>' };
  return { share, sign: '' };
}
