// Orders of the table. What the API sorts by comes page by page; every other order, and every reversed one, needs
// all rows, and is only offered where they are few enough to be asked for.
import type { Address } from '../../../address.ts';
import { least } from '../facets.ts';
import { placeName, sectorName } from '../../../names.ts';
import type { OrganisationOrder } from '../../../queries/generated/schema.ts';
import type { Row } from './columns.tsx';
import { MANY } from './window.ts';

export type Direction = 'ascending' | 'descending';

/** What the address calls an order, how the API calls it where it has it, and which way it runs at first. */
export interface Order {
  by: string;
  order?: OrganisationOrder;
  direction: Direction;
  /** What rows are compared by; null where it is not known. */
  value: (row: Row) => string | number | null;
}

/** So many rows are held at once, to be sorted here. */
export const HELD = MANY;

export const BY_NAME: Order = { by: 'name', order: 'NAME', direction: 'ascending', value: () => 0 };
export const SORTABLE = {
  sector: { by: 'sector', direction: 'ascending', value: (row) => sectorName(row) ?? null },
  place: { by: 'place', direction: 'ascending', value: (row) => placeName(row) ?? null },
  kind: { by: 'kind', direction: 'ascending', value: (row) => row.kindLabel },
  founded: { by: 'founded', order: 'FOUNDED', direction: 'ascending', value: (row) => row.founded },
  size: { by: 'size', direction: 'descending', value: (row) => (row.sizeBand === null ? null : least(row.sizeBand)) },
  publishers: { by: 'publishers', order: 'PUBLISHERS_USED', direction: 'descending', value: (row) => (row.publishersMissing ? null : row.publishersUsed) },
  datasets: { by: 'datasets', order: 'DATASETS_USED', direction: 'descending', value: (row) => (row.datasetsMissing ? null : row.datasetsUsed) },
  claims: { by: 'claims', order: 'CLAIMS', direction: 'descending', value: (row) => row.claimCount },
  evidence: { by: 'evidence', direction: 'ascending', value: (row) => row.bestGrade },
  updated: { by: 'updated', order: 'UPDATED', direction: 'descending', value: (row) => row.updatedAt },
} satisfies Record<string, Order>;
export const DEFAULT_SORT = 'publishers';

export interface Sorting {
  order: Order;
  direction: Direction;
  /** Whether all rows are asked for and sorted here. */
  here: boolean;
}

const other = (direction: Direction): Direction => (direction === 'ascending' ? 'descending' : 'ascending');

/** The order that an address asks for, of so many rows; `-` in front turns it round. */
export function sortingOf({ sort = DEFAULT_SORT }: Address, total: number): Sorting {
  const orders: Order[] = [BY_NAME, ...Object.values(SORTABLE)];
  const turned = sort.startsWith('-');
  const found = orders.find((one) => one.by === sort.slice(turned ? 1 : 0));
  if (!found || (total > HELD && (turned || !found.order))) return { order: SORTABLE.publishers, direction: SORTABLE.publishers.direction, here: false };
  return { order: found, direction: turned ? other(found.direction) : found.direction, here: turned || !found.order };
}

/** The word of the order that is on the screen, of so many rows: a file of the table is asked for in it. */
export function shownSort(address: Address, total: number): string {
  const { order, direction } = sortingOf(address, total);
  return direction === order.direction ? order.by : `-${order.by}`;
}

/** The word of the address when the head of a column is pressed: its own way first, turned round the second time. */
export function pressedSort(now: Sorting, by: Order, total: number): string | undefined {
  const turns = now.order.by === by.by && now.direction === by.direction && total <= HELD;
  const word = turns ? `-${by.by}` : by.by;
  return word === DEFAULT_SORT ? undefined : word;
}

/** Rows in order, given by name: equal ones stay so, and what is not known comes last whichever way it runs. */
export function inOrder(rows: Row[], { order, direction }: Sorting, lang: string): Row[] {
  if (order.by === BY_NAME.by) return direction === 'ascending' ? rows : rows.toReversed();
  const compare = new Intl.Collator(lang).compare;
  const sign = direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [x, y] = [order.value(a), order.value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y)));
  });
}
