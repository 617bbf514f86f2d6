// Requests for data as a ranked list, and the table that says the same in the same order.
import type { VNode } from 'preact';
import { at } from '../address.ts';
import { alike, DOT, date, number, t, tn, tv } from '../i18n.ts';
import { short } from '../names.ts';
import { href } from '../navigate.ts';
import type { RequestOrder } from '../queries/generated/schema.ts';
import { Bar } from './bars.tsx';
import { TableFold } from './fold.tsx';
import { Scroll } from './scroll.tsx';
import '../styles/asked.css';

export interface RequestRow {
  slug: string;
  title: string;
  titleLang: string;
  blocking: string;
  status: string;
  isOpen: boolean;
  publisher: { slug: string; name: string; nameLang: string; acronym: string | null; shortName: string } | null;
  dueOn: string | null;
  answeredOn: string | null;
  isOverdue: boolean;
  lateDays: number | null;
  heat: number;
  support: { organisationCount: number; personCount: number; blockedCount: number };
  answer?: string | null;
  answerLang?: string | null;
}

/** How the heats of some requests are printed. */
const heats = (rows: RequestRow[]): ((value: number) => string) => alike(rows.map((row) => row.heat));

/** The term of a request in words: until when, how late, since when answered. */
export function term(row: RequestRow): string {
  if (row.answeredOn) return row.lateDays ? tn('requests.answeredLate', row.lateDays, { date: date(row.answeredOn) }) : t('requests.answeredOn', { date: date(row.answeredOn) });
  if (!row.dueOn) return t('requests.noTerm');
  return row.lateDays ? tn('requests.lateBy', row.lateDays, { date: date(row.dueOn) }) : t('requests.dueOn', { date: date(row.dueOn) });
}

/** Status and term, what is late in the colour of what is wrong and in words. */
export function Standing({ of }: { of: RequestRow }): VNode {
  return <><span class="chip">{tv('requests.status', of.status)}</span> <span class={of.isOverdue ? 'late' : undefined}>{term(of)}</span></>;
}

/** What a list is ranked by is what its bars are as long as. */
function measure(by: RequestOrder): (row: RequestRow) => number {
  if (by === 'BLOCKED') return (row) => row.support.blockedCount;
  if (by === 'HEAT') return (row) => row.heat;
  return (row) => row.support.organisationCount;
}

export function RequestList({ rows, by = 'ORGANISATIONS', of }: { rows: RequestRow[]; by?: RequestOrder; of?: string }): VNode {
  const value = measure(by);
  const most = Math.max(1, ...rows.map(value));
  const heat = heats(rows);
  return (
    <ol class="asked">
      {rows.map((row) => (
        <li key={row.slug}>
          <a class="nm" href={href(at({ screen: 'request', slug: row.slug }))} lang={row.titleLang}>{row.title}</a>
          <p class="meta">
            <Standing of={row} />
            {row.publisher && row.publisher.slug !== of ? <>{DOT}<a href={href(at({ screen: 'publisher', slug: row.publisher.slug }))} lang={row.publisher.nameLang}>{short(row.publisher)}</a></> : null}
            {DOT}{tv('requests.need', row.blocking)}
          </p>
          <div class="sum">
            <Bar value={value(row)} top={most} />
            <p><Counted text={tn('requests.nOrganisations', row.support.organisationCount)} count={number(row.support.organisationCount)} />{DOT}<b>{number(row.support.blockedCount)}</b> {tn('requests.nBlocked', row.support.blockedCount)}{DOT}<span class="whole">{t('requests.column.heat')} <b>{heat(row.heat)}</b></span></p>
          </div>
          {row.answer ? <p class="said"><q lang={row.answerLang ?? undefined}>{row.answer}</q></p> : null}
        </li>
      ))}
    </ol>
  );
}

export function RequestTable({ rows, caption }: { rows: RequestRow[]; caption: string }): VNode {
  const columns = ['organisations', 'persons', 'blocked', 'heat'] as const;
  const heat = heats(rows);
  return (
    <details>
      <TableFold />
      <Scroll label={caption}>
        <table class="tw">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t('requests.column.title')}</th>
              <th scope="col">{t('requests.column.publisher')}</th>
              {columns.map((one) => <th key={one} scope="col" class="num">{tv('requests.column', one)}</th>)}
              <th scope="col">{t('requests.column.status')}</th>
              <th scope="col">{t('requests.column.term')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.slug}>
                <th scope="row" lang={row.titleLang}>{row.title}</th>
                <td class="tx" lang={row.publisher?.nameLang}>{row.publisher ? short(row.publisher) : t('requests.noPublisher')}</td>
                <td>{number(row.support.organisationCount)}</td>
                <td>{number(row.support.personCount)}</td>
                <td>{number(row.support.blockedCount)}</td>
                <td>{heat(row.heat)}</td>
                <td class="tx">{tv('requests.status', row.status)}</td>
                <td class="tx">{term(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

/** A phrase whose number stands out, as the other figures of its line do. */
function Counted({ text, count }: { text: string; count: string }): VNode {
  const [before, ...after] = text.split(count);
  return <>{before}<b>{count}</b>{after.join(count)}</>;
}
