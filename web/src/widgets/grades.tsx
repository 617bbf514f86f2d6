// How sure we are: organisations by the grade of their evidence, zeros included. What is disputed is not counted: it has
// a row only where a figure counts it.
import type { VNode } from 'preact';
import { number, t } from '../i18n.ts';
import { Bar } from './bars.tsx';
import { Grade, GRADES } from './marks.tsx';

export function GradeBars({ counts }: { counts: Map<string, number> }): VNode {
  const top = Math.max(1, ...counts.values());
  return (
    <ul class="gradebar">
      {GRADES.filter((letter) => letter !== 'E' || counts.has('E')).map((letter) => (
        <li key={letter}>
          <Grade of={letter} word />
          <Bar value={counts.get(letter) ?? 0} top={top} />
          <b class="num">{number(counts.get(letter) ?? 0)}</b>
        </li>
      ))}
    </ul>
  );
}

/** The box on profiles whose organisations may have several claims: one may be in several rows. */
export function GradeBox({ rows }: { rows: { value: string; count: number }[] }): VNode {
  return (
    <section class="box" aria-labelledby="sure">
      <h2 id="sure">{t('publisher.sure')}</h2>
      <p class="tiny muted">{t('grades.note')}</p>
      <GradeBars counts={new Map(rows.map((row) => [row.value.toUpperCase(), row.count]))} />
    </section>
  );
}
