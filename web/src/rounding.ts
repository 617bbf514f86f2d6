// Whole per cents that say neither all of what is less nor nothing of what is there.

/** What a share is printed as in whole per cents: the share, and whether it is less or more than that. */
export function inPercent(share: number): { share: number; sign: '' | '<' | '>' } {
  if (share > 0 && share < 0.005) return { share: 0.01, sign: '<' };
  if (share < 1 && share >= 0.995) return { share: 0.99, sign: '>' };
  return { share, sign: '' };
}

/** To one decimal: what is printed, sorted and drawn of a sum that has parts. */
export const toTenth = (value: number): number => Math.round(value * 10) / 10;

/** Whether none of these has a tenth to be told. */
export const areWhole = (values: number[]): boolean => values.every((one) => toTenth(one) % 1 === 0);
