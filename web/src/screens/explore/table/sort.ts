// Orders of the table, as the address and the API call them, and which way each runs at first.
import type { Address } from '../../../address.ts';
import type { OrganisationOrder } from '../../../queries/generated/schema.ts';

export type Direction = 'ascending' | 'descending';

export interface Order {
  by: string;
  order: OrganisationOrder;
  direction: Direction;
}

export const BY_NAME: Order = { by: 'name', order: 'NAME', direction: 'ascending' };
export const SORTABLE = {
  sector: { by: 'sector', order: 'SECTOR', direction: 'ascending' },
  place: { by: 'place', order: 'PLACE', direction: 'ascending' },
  kind: { by: 'kind', order: 'KIND', direction: 'ascending' },
  founded: { by: 'founded', order: 'FOUNDED', direction: 'ascending' },
  size: { by: 'size', order: 'SIZE', direction: 'descending' },
  publishers: { by: 'publishers', order: 'PUBLISHERS_USED', direction: 'descending' },
  datasets: { by: 'datasets', order: 'DATASETS_USED', direction: 'descending' },
  claims: { by: 'claims', order: 'CLAIMS', direction: 'descending' },
  evidence: { by: 'evidence', order: 'EVIDENCE', direction: 'ascending' },
  updated: { by: 'updated', order: 'UPDATED', direction: 'descending' },
} satisfies Record<string, Order>;
export const DEFAULT_SORT = 'publishers';

export interface Sorting {
  order: Order;
  direction: Direction;
  /** Whether it runs the other way than at first. */
  turned: boolean;
}

const other = (direction: Direction): Direction => (direction === 'ascending' ? 'descending' : 'ascending');

/** The order that an address asks for; `-` in front turns it round. */
export function sortingOf({ sort = DEFAULT_SORT }: Address): Sorting {
  const orders: Order[] = [BY_NAME, ...Object.values(SORTABLE)];
  const isTurned = sort.startsWith('-');
  const found = orders.find((one) => one.by === sort.slice(isTurned ? 1 : 0));
  const order = found ?? SORTABLE.publishers;
  const turned = found !== undefined && isTurned;
  return { order, direction: turned ? other(order.direction) : order.direction, turned };
}

/** The word of the order that is on the screen: a file of the table is asked for in it. */
export function shownSort(address: Address): string {
  const { order, turned } = sortingOf(address);
  return turned ? `-${order.by}` : order.by;
}

/** The word of the address when the head of a column is pressed: its own way first, turned round the second time. */
export function pressedSort(now: Sorting, by: Order): string | undefined {
  const word = now.order.by === by.by && !now.turned ? `-${by.by}` : by.by;
  return word === DEFAULT_SORT ? undefined : word;
}
