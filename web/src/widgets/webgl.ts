// Whether this browser can paint with WebGL; pictures that need it have another form where it cannot.

let known: boolean | undefined;

export function hasWebGl(): boolean {
  known ??= document.createElement('canvas').getContext('webgl2') !== null;
  return known;
}

/** The value of a colour token, for what paints its own pixels. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A colour between two of the form #rrggbb; `share` of the first. */
export function mixed(one: string, other: string, share: number): string {
  const parts = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const [a, b] = [parts(one), parts(other)];
  return `#${a.map((value, index) => Math.round(value * share + (b[index] ?? 0) * (1 - share)).toString(16).padStart(2, '0')).join('')}`;
}
