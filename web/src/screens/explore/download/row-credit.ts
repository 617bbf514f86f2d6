// What a table that the page makes is narrowed by, the studies that it counts together, whom to name for it and under which
// licence: on every row, so that one row alone still says it.
import type { Cell } from './made.ts';

/** A study as the record describes it. */
export interface Source {
  code: string;
  study: { attribution: { text: string; licence: string; url: string } };
}

const COLUMNS = ['chapters', 'filters', 'attribution', 'licence', 'licence_url'];

/** The rows, each with what it is narrowed by and whom to name for it; the first row has the columns. */
export function credited(rows: Cell[][], chapters: Iterable<string>, { sources, filters }: { sources: Source[]; filters: string }): Cell[][] {
  const named = new Set(chapters);
  const of = sources.filter((one) => named.has(one.code)).map((one) => one.study.attribution);
  const each = (text: (one: Source['study']['attribution']) => string): Cell => [...new Set(of.map(text))].join('; ') || null;
  const credit = [[...named].join(' ') || null, filters || null, each((one) => one.text), each((one) => one.licence), each((one) => one.url)];
  return rows.map((row, index) => [...row, ...(index === 0 ? COLUMNS : credit)]);
}
