// How wide a text is in the type of the charts, and how much of it fits.

let context: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, number>();

export function widthOf(text: string, font: string): number {
  const key = `${font} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  context ??= document.createElement('canvas').getContext('2d');
  // Without a canvas, an average letter.
  if (!context) return text.length * 7;
  context.font = font;
  const { width } = context.measureText(text);
  known.set(key, width);
  return width;
}

export const LABEL = '500 14px "Source Sans 3"';
export const SMALL = '400 13px "Source Sans 3"';

/** The text, or as much of its beginning as fits, with an ellipsis. */
export function clip(text: string, room: number, font = LABEL): string {
  if (widthOf(text, font) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${text.slice(0, middle).trimEnd()}…`, font) <= room) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? `${text.slice(0, low).trimEnd()}…` : '';
}

/** So much of the beginning stays, the ellipsis counted. */
const LEAST = 4;

/** Clipped as `clip` does, but by its middle where another of `all` would read the same. */
export function clipApart(text: string, all: string[], room: number, font = LABEL): string {
  const short = clip(text, room, font);
  const begin = short.slice(0, -1).toLocaleLowerCase();
  if (!short.endsWith('…') || !all.some((other) => other !== text && other.toLocaleLowerCase().startsWith(begin))) return short;
  const words = text.split(' ');
  for (let at = 1; at < words.length; at += 1) {
    const tail = words.slice(at).join(' ');
    const head = clip(text, room - widthOf(tail, font), font);
    if (head.length >= LEAST) return `${head}${tail}`;
  }
  return short;
}
