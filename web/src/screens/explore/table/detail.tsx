// What the columns of the table say, as the card of one organisation says it where there is no room for columns.
import type { VNode } from 'preact';
import { DOT, band, t, tn, type Key } from '../../../i18n.ts';
import { placeName } from '../../../names.ts';
import type { Missing } from '../../../queries/generated/schema.ts';
import { Grade } from '../../../widgets/marks.tsx';
import { why, type Row } from './columns.tsx';

export function Detail({ row }: { row: Row }): VNode {
  const gap = (label: Key, code: Missing): string => `${t(label)}: ${t(`missing.${code}`)}`;
  // The line above has the place where there is one.
  const facts = [
    placeName(row) ? '' : gap('table.place', why(row, 'AREA')),
    row.founded ? t('organisation.founded', { year: row.founded.slice(0, 4) }) : gap('table.founded', why(row, 'FOUNDED')),
    row.sizeBand ? t('list.employees', { size: band(row.sizeBand) }) : gap('table.size', row.sizeMissing ?? why(row, 'SIZE')),
    row.datasetsMissing ? gap('table.datasets', row.datasetsMissing) : tn('list.datasets', row.datasetsUsed),
  ];
  return <span class="meta">{facts.filter(Boolean).join(DOT)}{row.bestGrade ? <>{DOT}<span class="nb"><Grade of={row.bestGrade} /></span></> : null}</span>;
}
