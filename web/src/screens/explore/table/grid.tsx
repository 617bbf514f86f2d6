// The table itself. Rows out of sight are replaced by empty space of their height; each row says which
// one it is of all.
import type { RefObject, VNode } from 'preact';
import { at, type Address } from '../../../address.ts';
import { t } from '../../../i18n.ts';
import { go, href } from '../../../navigate.ts';
import { shownColumns, sorted, type Row } from './columns.tsx';
import { BY_NAME, sortingOf, type Order } from './sort.ts';
import { MANY, ROW, useSlice } from './window.ts';

interface Props {
  rows: Row[];
  total: number;
  here: Address;
  box: RefObject<HTMLElement | null>;
  caption: string;
}

export function Grid({ rows, total, here, box, caption }: Props): VNode {
  const most = Math.max(1, ...rows.map((row) => row.publishersUsed));
  const columns = shownColumns(here);
  const { from, to } = useSlice(box, rows.length);
  return (
    <table class={rows.length > MANY ? 'tw big even' : 'tw big'} aria-rowcount={total + 1}>
      <caption class="vh">{caption}</caption>
      <thead>
        <tr aria-rowindex={1}>
          <Head label={t('table.organisation')} sort={BY_NAME} here={here} />
          {columns.map((column) => <Head key={column.key} label={t(column.label)} sort={column.sort} here={here} number={column.number} />)}
        </tr>
      </thead>
      <tbody>
        <Space rows={from} columns={columns.length + 1} />
        {rows.slice(from, to).map((row, index) => (
          <tr key={row.slug} aria-rowindex={from + index + 2}>
            <th scope="row"><a href={href(at({ screen: 'organisation', slug: row.slug }))} lang={row.nameLang}>{row.name}</a></th>
            {columns.map((column) => <td key={column.key} class={column.number ? 'nb' : 'tx'}>{column.cell(row, most)}</td>)}
          </tr>
        ))}
        <Space rows={Math.max(0, rows.length - to)} columns={columns.length + 1} />
      </tbody>
    </table>
  );
}

function Space({ rows, columns }: { rows: number; columns: number }): VNode | null {
  return rows > 0 ? <tr class="space" aria-hidden="true" style={{ height: `${rows * ROW}px` }}><td colSpan={columns}>{' '}</td></tr> : null;
}

interface HeadProps {
  label: string;
  sort: Order;
  here: Address;
  number?: boolean | undefined;
}

/** Pressed again, a head turns its order round. */
function Head({ label, sort, here, number: right }: HeadProps): VNode {
  const now = sortingOf(here);
  const direction = now.order.by === sort.by ? now.direction : undefined;
  return (
    <th scope="col" class={right ? 'num' : undefined} aria-sort={direction}>
      <button type="button" class="sort" onClick={() => go(sorted(here, sort), { keep: true })}>{label}{direction ? (direction === 'descending' ? ' ↓' : ' ↑') : ''}</button>
    </th>
  );
}
