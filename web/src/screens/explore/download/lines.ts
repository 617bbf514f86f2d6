// A paragraph of a picture in lines: nothing in a picture breaks them by itself.
import { widthOf } from '../../../widgets/measure.ts';

/** The text in lines that fit. A word that is wider than the room, as an address is, is broken where the line ends. */
export function linesOf(text: string, room: number, font: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, font) <= room) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    const [full, rest] = broken(word, room, font);
    lines.push(...full);
    line = rest;
  }
  return line ? [...lines, line] : lines;
}

/** The full lines of a word, and what is left of it. */
function broken(word: string, room: number, font: string): [string[], string] {
  const full: string[] = [];
  let rest = [...word];
  while (rest.length > 1 && widthOf(rest.join(''), font) > room) {
    let [low, high] = [1, rest.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (widthOf(rest.slice(0, middle).join(''), font) <= room) low = middle;
      else high = middle - 1;
    }
    full.push(rest.slice(0, low).join(''));
    rest = rest.slice(low);
  }
  return [full, rest.join('')];
}
