// What symbols are called, wherever they are drawn, listed or read out: by their area, or by the one with most of them
// and how many more there are.
import { holds, ROOM } from './rings.ts';

/** The names of areas, by their codes. */
export type Names = Map<string, string>;

interface Named {
  count: number;
  areas: string[];
}

/** So many in a symbol, of those in its area. */
export interface Share {
  count: number;
  all: number;
}

/** How it is said in the reader's language. */
export interface Words {
  number: (count: number) => string;
  /** So many of all. */
  part: (count: number, all: number) => string;
  /** An area and so many more. */
  more: (area: string, others: number) => string;
}

interface Rules {
  words: Words;
  /** How many each area has. */
  counts: Map<string, number>;
  names: Names;
  /** The radius unit of the circles, and what a number needs to stand in one. */
  per: number;
  room?: number;
}

/** Where the organisations of a symbol are; undefined where no name of it is known. */
export function placeOf({ areas }: Pick<Named, 'areas'>, names: Names, words: Words): string | undefined {
  const first = names.get(areas[0] ?? '');
  return first !== undefined && areas.length > 1 ? words.more(first, areas.length - 1) : first;
}

/** How many the area of a symbol has, where the symbol holds some of them alone; an area may be in several. */
export function wholeOf({ count, areas: [only, ...others] }: Named, counts: Map<string, number>): number | undefined {
  const all = others.length === 0 ? counts.get(only ?? '') : undefined;
  return all && all !== count ? all : undefined;
}

/** What is written beside each symbol, largest first: its place once, with the count that no circle says. */
export function namesOf(symbols: Named[], { words, counts, names, per, room = ROOM }: Rules): (string | undefined)[] {
  const done = new Set<string>();
  return symbols.map((symbol) => {
    const place = placeOf(symbol, names, words);
    if (place === undefined || done.has(place)) return undefined;
    done.add(place);
    const all = wholeOf(symbol, counts);
    if (all) return `${place}: ${words.part(symbol.count, all)}`;
    return holds(symbol.count, per, room) ? place : `${place}: ${words.number(symbol.count)}`;
  });
}
