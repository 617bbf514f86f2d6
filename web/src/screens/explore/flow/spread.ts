// Labels in a column beside what they name: each as near to it as its neighbours let it.

export interface Wish {
  /** Where its middle would stand best. */
  at: number;
  tall: number;
}

/** The middles of labels, in the order given, which is from the top: none over another, none beyond the ends where all fit. */
export function spread(wishes: Wish[], from: number, to: number): number[] {
  const middles = wishes.map((one) => one.at);
  let edge = from;
  wishes.forEach(({ tall }, index) => {
    middles[index] = Math.max(middles[index] ?? 0, edge + tall / 2);
    edge = (middles[index] ?? 0) + tall / 2;
  });
  edge = to;
  for (let index = wishes.length - 1; index >= 0; index -= 1) {
    const tall = wishes[index]?.tall ?? 0;
    middles[index] = Math.min(middles[index] ?? 0, edge - tall / 2);
    edge = (middles[index] ?? 0) - tall / 2;
  }
  return middles;
}
