// Files that the page makes of what it shows, where the server has no file of the same: the nodes and links of a
// network, which hold for one middle and one reach.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Key } from '../../../i18n.ts';
import { filterWords, type Address } from '../../../address.ts';
import { meta } from '../../../record.ts';
import { credited } from './row-credit.ts';
import { nodeRows, linkRows } from './network.ts';
import type { NetworkAnswer } from '../network/net.ts';

/** A table under its name: the first row has the columns. */
export interface Made {
  what: string;
  key: Key;
  rows: () => Cell[][];
}
export type Cell = string | number | null;

export const tables = signal<Made[]>([]);

/** Offers the tables of a network for as long as it is shown. */
export function useNetworkFiles(answer: NetworkAnswer, here: Address): void {
  useEffect(() => {
    const all = (rows: Cell[][]): Cell[][] => credited(rows, answer.waves.map((wave) => wave.study.chapter), { sources: meta.value?.chapters ?? [], filters: filterWords(here.filter) });
    const own: Made[] = [
      { what: 'network-nodes', key: 'download.nodes', rows: () => all(nodeRows(answer)) },
      { what: 'network-links', key: 'download.links', rows: () => all(linkRows(answer)) },
    ];
    tables.value = own;
    return () => {
      if (tables.peek() === own) tables.value = [];
    };
  }, [answer, here]);
}

/** The rows as objects, under the conditions that they hold under. */
export function json(of: Made, conditions: Record<string, unknown>): string {
  const [columns = [], ...rows] = of.rows();
  return `${JSON.stringify({ meta: { what: of.what, ...conditions, count: rows.length }, rows: rows.map((row) => Object.fromEntries(row.map((value, index) => [columns[index], value]))) }, null, 1)}\n`;
}
