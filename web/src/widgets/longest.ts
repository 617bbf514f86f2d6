// How long the longest bar of a list is.

interface Barred {
  value: number;
  of?: number | undefined;
  look?: string | undefined;
}

/** The largest value or whole of those that have a bar; a bar of nobody is as long as none. */
export function longest(rows: Barred[]): number {
  return Math.max(1, ...rows.filter((row) => row.look !== 'nobar').map((row) => row.of ?? row.value));
}
