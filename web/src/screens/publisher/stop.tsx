// What breaks if the body stops publishing: what its users said of it, question by question.
import type { VNode } from 'preact';
import { percent, t, tn, tv } from '../../i18n.ts';
import { Miss } from '../../widgets/marks.tsx';
import { Tally, years } from '../../widgets/tally.tsx';
import type { Profile } from './publisher.tsx';

/** Answers that name another source. */
const SUBSTITUTES = new Set(['substitute_cheap', 'substitute_costly']);

export default function Stop({ of }: { of: Profile }): VNode | null {
  const { criticality, since, ifStopped } = of.reliance;
  if (of.reliance.n === 0) return null;
  const other = ifStopped.rows.filter((row) => SUBSTITUTES.has(row.value)).reduce((sum, row) => sum + row.count, 0);
  const { answered } = ifStopped.coverage;
  const unasked = [criticality, since, ifStopped].every((one) => one.coverage.asked === 0);
  return (
    <section class="sec" aria-labelledby="stop">
      <header>
        <h2 id="stop">{t('stop.title')}</h2>
        <p>{unasked ? tn('stop.unasked', of.reliance.n) : t('stop.note')}</p>
      </header>
      {unasked ? (
        <ul class="rows">
          {(['stop.criticality', 'stop.since', 'stop.ifStopped', 'stop.other'] as const).map((key) => <li key={key}><span>{t(key)}</span><Miss code="NOT_ASKED" /></li>)}
        </ul>
      ) : (
        <div class="pair">
          <Tally title={t('stop.criticality')} of={criticality} label={(value) => tv('criticality', value.toUpperCase())} />
          <Tally title={t('stop.since')} of={years(since)} label={(value) => value} />
          <Tally title={t('stop.ifStopped')} of={ifStopped} label={(value) => tv('ifStopped', value.toUpperCase())} note={t('stop.allData')} />
          <div>
            <h3>{t('stop.other')}</h3>
            {ifStopped.coverage.asked === 0 ? <p><Miss code="NOT_ASKED" /></p> : answered === 0 ? <p>{t('tally.silent')}</p> : (
              <>
                <p class="big"><b>{percent(other / answered)}</b> <span class="muted small">{t('publisher.nOf', { n: other, total: answered })}</span></p>
                <p class="tiny muted">{t('stop.otherNote')}</p>
              </>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
