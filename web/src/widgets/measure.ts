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

/** The text in lines of whole words, as even as they can be without taking one more; only what `most` cannot hold is clipped. */
export function wrap(text: string, room: number, most: number, font = LABEL): string[] {
  const greedy = filled(text, room, font);
  if (greedy.length === 1) return [clip(text, room, font)];
  if (greedy.length > most) return [...greedy.slice(0, most - 1), greedy.slice(most - 1).join(' ')].map((line) => clip(line, room, font));
  // The narrowest column that takes as many lines leaves no word alone on the last one.
  let [low, high] = [0, room];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (filled(text, middle, font).length <= greedy.length) high = middle;
    else low = middle;
  }
  return filled(text, high, font).map((line) => clip(line, room, font));
}

/** Words put into lines, each as full as it gets; a word with a stroke, wider than the room, goes on after it. */
function filled(text: string, room: number, font: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    for (const [at, part] of (widthOf(word, font) > room ? word.split(/(?<=\/)/) : [word]).entries()) {
      const last = lines.at(-1);
      const longer = at > 0 ? `${last}${part}` : `${last} ${part}`;
      if (last !== undefined && widthOf(longer, font) <= room) lines[lines.length - 1] = longer;
      else lines.push(part);
    }
  }
  return lines;
}
