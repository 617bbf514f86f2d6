// What was asked and what came back: one bar per question, its parts by how the question was answered,
// and the table with the same numbers. What was not asked has no bar.
import type { VNode } from 'preact';
import { number, percent, t, tn, tv } from '../i18n.ts';
import type { Attribute, Missing } from '../queries/generated/schema.ts';
import { TableFold } from './fold.tsx';
import { Miss } from './marks.tsx';
import { countOf, wasPut, whyNone, type Question } from './put.ts';
import { Scroll } from './scroll.tsx';
import { SHAPES } from './shapes.ts';
import '../styles/questions.css';

/** Reasons in the order in which they are drawn after the answered part. */
const PARTS: Missing[] = ['NO_ANSWER', 'DONT_KNOW', 'REFUSED', 'SUPPRESSED', 'NOT_APPLICABLE', 'NOT_ASKED'];

/** `put` says what was asked where nobody has answered yet. */
export function Questions({ rows, caption, put }: { rows: Question[]; caption: string; put?: Attribute[] }): VNode {
  const rank = (of: Question): number => (of.asked > 0 ? 2 : Number(wasPut(of, put)));
  const sorted = [...rows].sort((a, b) => rank(b) - rank(a) || share(b) - share(a));
  const isReviewed = rows.every((row) => waits(row) === 0);
  const used = PARTS.filter((part) => rows.some((row) => row.asked > 0 && countOf(row, part) > 0));
  return (
    <>
      <PartsKey of={used} />
      <ul class="questions">
        {sorted.map((row) => (
          <li key={row.attribute}>
            <span class="lab">{tv('attribute', row.attribute)}</span>
            {row.asked > 0 ? <Parts of={row} /> : <span>{waits(row) > 0 ? null : <Miss code={whyNone(row, put)} />}</span>}
            <span class="val num">{row.asked > 0 ? <><b>{percent(share(row))}</b> {t('questions.of', { answered: row.answered, asked: row.asked })}</> : ''}</span>
            {waits(row) > 0 ? <span class="waits">{tn('wave.pending', waits(row))}</span> : null}
          </li>
        ))}
      </ul>
      <details>
        <TableFold />
        <Scroll label={caption}>
          <table class="tw">
            <caption>{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{t('method.question')}</th>
                <th scope="col" class="num">{t('method.answered')}</th>
                <th scope="col" class="num">{t('method.askedOf')}</th>
                {isReviewed ? null : <th scope="col" class="num">{t('wave.pendingColumn')}</th>}
                {PARTS.map((part) => <th key={part} scope="col" class="num">{t(`missing.${part}`)}</th>)}
              </tr>
            </thead>
            <tbody>
              {sorted.map((row) => (
                <tr key={row.attribute}>
                  <th scope="row">{tv('attribute', row.attribute)}</th>
                  <td>{row.asked > 0 ? number(row.answered) : ''}</td>
                  <td>{row.asked > 0 ? number(row.asked) : ''}</td>
                  {isReviewed ? null : <td>{waits(row) > 0 ? number(waits(row)) : ''}</td>}
                  {PARTS.map((part) => <td key={part} class={countOf(row, part) === 0 ? 'z' : ''}>{number(countOf(row, part))}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  );
}

/** What the parts of bars mean, as many as there are. */
export function PartsKey({ of }: { of: readonly Missing[] }): VNode {
  return (
    <ul class="qlegend" aria-hidden="true">
      <li><i class="answered" />{t('questions.answered')}</li>
      {of.map((part) => <li key={part}><i class={SHAPES[part]} />{t(`missing.${part}`)}</li>)}
    </ul>
  );
}

function Parts({ of }: { of: Question }): VNode {
  const all = of.answered + of.missing.reduce((sum, one) => sum + one.count, 0);
  const width = (count: number): { width: string } => ({ width: `${Math.round((count / Math.max(1, all)) * 1000) / 10}%` });
  return (
    <span class="parts" aria-hidden="true">
      {of.answered > 0 ? <i class="answered" style={width(of.answered)} /> : null}
      {PARTS.filter((part) => countOf(of, part) > 0).map((part) => <i key={part} class={SHAPES[part]} style={width(countOf(of, part))} />)}
    </span>
  );
}

const waits = (of: Question): number => of.pendingReview ?? 0;
const share = (of: Question): number => (of.asked > 0 ? of.answered / of.asked : 0);
