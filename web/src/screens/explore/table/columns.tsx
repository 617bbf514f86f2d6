// The columns of the table: what each says, what it can be sorted by, and which are shown.
import type { ComponentChildren, VNode } from 'preact';
import { looked, top, type Address } from '../../../address.ts';
import { band, date, number, t, type Key } from '../../../i18n.ts';
import { COLUMN_KEYS } from '../../../looks.ts';
import { placeName, sectorName } from '../../../names.ts';
import type { ExploreTableData } from '../../../queries/generated/explore.ts';
import type { Attribute, Missing } from '../../../queries/generated/schema.ts';
import { Dot, Grade, Miss } from '../../../widgets/marks.tsx';
import { BY_NAME, pressedSort, SORTABLE, sortingOf, type Order } from './sort.ts';

export type Row = ExploreTableData['organisations']['nodes'][number];

export interface Column {
  /** What the address calls it. */
  key: (typeof COLUMN_KEYS)[number];
  label: Key;
  sort: Order;
  number?: boolean;
  cell: (row: Row, most: number) => ComponentChildren;
}

/** Why a value is not there, as the record says. */
export function why(row: Row, attribute: Attribute): Missing {
  return row.missing.find((one) => one.attribute === attribute)?.code ?? 'DONT_KNOW';
}

export const COLUMNS: Column[] = [
  { key: 'sector', label: 'table.sector', sort: SORTABLE.sector, cell: (row) => <><Dot of={row.family} /> {sectorName(row) ?? <Miss code={row.sectorMissing ?? why(row, 'SECTOR')} />}</> },
  { key: 'place', label: 'table.place', sort: SORTABLE.place, cell: (row) => placeName(row) ?? <Miss code={why(row, 'AREA')} /> },
  { key: 'kind', label: 'table.kind', sort: SORTABLE.kind, cell: (row) => row.kindLabel },
  { key: 'founded', label: 'table.founded', sort: SORTABLE.founded, number: true, cell: (row) => row.founded?.slice(0, 4) ?? <Miss code={why(row, 'FOUNDED')} /> },
  { key: 'size', label: 'table.size', sort: SORTABLE.size, number: true, cell: (row) => (row.sizeBand && band(row.sizeBand)) ?? <Miss code={row.sizeMissing ?? why(row, 'SIZE')} /> },
  { key: 'publishers', label: 'table.publishers', sort: SORTABLE.publishers, number: true, cell: (row, most) => (row.publishersMissing ? <Miss code={row.publishersMissing} /> : row.publishersUnspecified ? <span class="tiny muted">{t('facet.unspecified')}</span> : <InBar value={row.publishersUsed} most={most} />) },
  { key: 'datasets', label: 'table.datasets', sort: SORTABLE.datasets, number: true, cell: (row) => (row.datasetsMissing ? <Miss code={row.datasetsMissing} /> : <Count of={row.datasetsUsed} />) },
  { key: 'claims', label: 'table.claims', sort: SORTABLE.claims, number: true, cell: (row) => <Count of={row.claimCount} /> },
  { key: 'evidence', label: 'table.evidence', sort: SORTABLE.evidence, number: true, cell: (row) => (row.bestGrade ? <Grade of={row.bestGrade} /> : <span class="quiet">–</span>) },
  { key: 'updated', label: 'table.updated', sort: SORTABLE.updated, number: true, cell: (row) => date(row.updatedAt.slice(0, 10)) },
];

const USUAL = ['sector', 'place', 'founded', 'size', 'publishers', 'datasets', 'evidence'];

/** All that the table can be sorted by, shown or not. */
export const ORDERS: Order[] = [BY_NAME, ...COLUMNS.map((column) => column.sort)];

/** Where pressing the head of a column leads. */
export function sorted(here: Address, by: Order): Address {
  const { sort: _, ...rest } = top(here);
  const word = pressedSort(sortingOf(here), by);
  return word === undefined ? rest : { ...rest, sort: word };
}

/** The columns that the address asks for, in the order of the table. */
export function shownColumns(here: Address): Column[] {
  const asked = here.look.columns?.split(',') ?? USUAL;
  const found = COLUMNS.filter((column) => asked.includes(column.key));
  return found.length > 0 ? found : COLUMNS.filter((column) => USUAL.includes(column.key));
}

/** The same table with one column more or less; never with none. */
export function withColumn(here: Address, key: string): Address {
  const now = new Set(shownColumns(here).map((column) => column.key));
  const next = COLUMNS.map((column) => column.key).filter((one) => (one === key ? !now.has(one) : now.has(one)));
  if (next.length === 0) return here;
  return looked(here, { columns: next.join() === USUAL.join() ? undefined : next.join() });
}

function InBar({ value, most }: { value: number; most: number }): VNode {
  return <><span class="inbar" aria-hidden="true"><i style={{ width: `${Math.round((value / most) * 100)}%` }} /></span><b class="w2">{number(value)}</b></>;
}

function Count({ of }: { of: number }): VNode {
  return <span class={of === 0 ? 'z' : undefined}>{number(of)}</span>;
}
