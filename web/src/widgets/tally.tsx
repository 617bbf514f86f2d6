// Organisations by their answer to one question: bars, those asked that did not answer apart, and how many
// answered. A question that nobody was asked has no bars.
import type { ComponentChildren, VNode } from 'preact';
import { t } from '../i18n.ts';
import { Bars, type BarRow } from './bars.tsx';
import { Miss } from './marks.tsx';

export interface Answered {
  rows: { value: string; count: number }[];
  coverage: { attribute: string; answered: number; asked: number };
}

interface Props {
  title: string;
  of: Answered;
  label: (value: string) => string;
  note?: ComponentChildren;
}

export function Tally({ title, of, label, note }: Props): VNode {
  const { answered, asked } = of.coverage;
  const silent = asked - answered;
  const rows: BarRow[] = (answered ? of.rows : []).map((row) => ({ key: row.value, label: label(row.value), text: label(row.value), value: row.count }));
  if (silent > 0) rows.push({ key: ' silent', label: t('tally.silent'), text: t('tally.silent'), value: silent, look: 'hatch', apart: true });
  return (
    <div>
      <h3>{title}</h3>
      {asked === 0 ? <p><Miss code="NOT_ASKED" /></p> : (
        <>
          <p class="tiny muted">{t('tally.answered', { answered, asked })}{note ? <> {note}</> : null}</p>
          <Bars kind="mini" max={asked} rows={rows} caption={title} columns={{ label: title, value: t('publisher.users') }} />
        </>
      )}
    </div>
  );
}

/** Years to a span. */
const SPAN = 5;

/** Years gathered into spans of five, those between without anybody included. */
export function years(of: Answered): Answered {
  const found = of.rows.map((row) => ({ start: Math.floor(Number(row.value) / SPAN) * SPAN, count: row.count }));
  const starts = found.map((row) => row.start);
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  const rows = [];
  for (let start = first; start <= last; start += SPAN) {
    const count = found.filter((row) => row.start === start).reduce((sum, row) => sum + row.count, 0);
    rows.push({ value: `${start}–${start + SPAN - 1}`, count });
  }
  return { rows, coverage: of.coverage };
}
