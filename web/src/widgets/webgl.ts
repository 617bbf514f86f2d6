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
