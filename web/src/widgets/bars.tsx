// Horizontal bars, their zero tick, the outline of a whole, and the table that says the same.
import type { ComponentChildren, VNode } from 'preact';
import { alike, number, t } from '../i18n.ts';
import type { Said } from '../names.ts';
import { TableFold } from './fold.tsx';
import { Marked } from './headline.tsx';
import { longest } from './longest.ts';

/** What is drawn in place of a filled bar: `nobar` is nothing, as of who was not asked. */
export type Look = 'hatch' | 'pale' | 'apply' | 'held' | 'nobar';

export interface BarRow {
  key: string;
  label: ComponentChildren;
  /** The label in plain text, for the table. */
  text: string;
  value: number;
  /** The whole of which the value is a part. */
  of?: number | undefined;
  family?: string | undefined;
  href?: string | undefined;
  lang?: string | undefined;
  /** Kept apart from the ranking: what names no dataset, or the rest. */
  apart?: boolean;
  look?: Look | undefined;
  /** The whole is drawn but not written, where it is the same for every row. */
  bare?: boolean;
}

interface Props {
  rows: BarRow[];
  kind?: 'thin' | 'wide' | 'mini';
  /** The longest bar; by default the largest value or whole. */
  max?: number;
  /** Says what is counted; heads the table that no chart goes without. */
  caption: string;
  /** The recorded names in the caption. */
  names?: Said[] | undefined;
  columns: { label: string; value: string; of?: string };
}

export function Bars({ rows, kind, max, caption, names, columns }: Props): VNode {
  const top = Math.max(1, max ?? longest(rows));
  const printed = alike(rows.map((row) => row.value));
  return (
    <>
      <ul class={kind ? `bars ${kind}` : 'bars'}>
        {rows.map((row) => (
          <li key={row.key} class={`${row.family ?? ''} ${row.apart ? 'apart' : ''} ${row.look === 'nobar' ? 'unasked' : ''}`}>
            <Label row={row} />
            <Bar value={row.value} of={row.of} top={top} look={row.look} />
            <span class="val num"><b>{printed(row.value)}</b>{row.of === undefined || row.bare ? null : ` ${t('bars.of', { n: row.of })}`}</span>
          </li>
        ))}
      </ul>
      <Twin rows={rows} caption={caption} names={names} columns={columns} printed={printed} />
    </>
  );
}

function Label({ row }: { row: BarRow }): VNode {
  const mark = row.family ? <span class={`dot ${row.family}`} aria-hidden="true" /> : null;
  if (row.href) return <a class="lab" href={row.href} lang={row.lang}>{mark}<span>{row.label}</span></a>;
  return <span class="lab" lang={row.lang}>{mark}<span>{row.label}</span></span>;
}

export function Bar({ value, of, top, look }: { value: number; of?: number | undefined; top: number; look?: Look | undefined }): VNode {
  if (look === 'nobar') return <span class="bar" aria-hidden="true" />;
  return (
    <span class="bar" aria-hidden="true">
      {of === undefined ? null : <i class="ghost" style={{ width: share(of, top) }} />}
      {value === 0 ? <i class="zero" /> : <i class={!look || look === 'pale' ? `fill ${look ?? ''}` : look} style={{ width: share(value, top) }} />}
    </span>
  );
}

function share(value: number, top: number): string {
  return `${Math.round((value / top) * 1000) / 10}%`;
}

/** The same rows, in the same order, with the same numbers. */
function Twin({ rows, caption, names, columns, printed }: Pick<Props, 'rows' | 'caption' | 'names' | 'columns'> & { printed: (value: number) => string }): VNode {
  return (
    <details>
      <TableFold />
      <table class="tw">
        <caption class={caption === columns.label ? 'vh' : undefined}><Marked text={caption} names={names} /></caption>
        <thead>
          <tr>
            <th scope="col">{columns.label}</th>
            <th scope="col" class="num">{columns.value}</th>
            {columns.of ? <th scope="col" class="num">{columns.of}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" lang={row.lang}>{row.text}</th>
              <td class={row.value === 0 ? 'z' : ''}>{printed(row.value)}</td>
              {columns.of ? <td>{row.of === undefined ? '' : number(row.of)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
