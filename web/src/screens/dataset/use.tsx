// What its users do with it and how much it matters to them; and what is at stake when it is late.
import type { VNode } from 'preact';
import { date, t, tn, tv } from '../../i18n.ts';
import { Miss } from '../../widgets/marks.tsx';
import { Tally, years } from '../../widgets/tally.tsx';
import { coreOf, type Profile } from './dataset.tsx';

/** "Used by 2, core to 2; expected by …, 535 days late." What is not known is said. */
export function RiskLine({ of }: { of: Profile }): VNode {
  const { risk } = of;
  const core = coreOf(of) > 0 ? `${tn('dataset.isCore', coreOf(of))} ` : '';
  if (risk.note === 'DEAD') return <>{core}<b class="bad">{t('dataset.dead')}</b></>;
  if (risk.due === null || risk.overdueDays === null) {
    return <>{core}{risk.note === 'NO_DATE' ? t('dataset.noDate') : t('dataset.noInterval')} <Miss code="DONT_KNOW" /></>;
  }
  if (risk.overdueDays > 0) return <>{core}{t('dataset.wasDue', { date: date(risk.due) })} <b class="bad">{tn('dataset.late', risk.overdueDays)}</b></>;
  return <>{core}{t('dataset.onTime', { date: date(risk.due) })}</>;
}

/** Distinct organisations by what they use it for, how much it matters, and since when. */
export function Use({ of }: { of: Profile }): VNode | null {
  const { useTypes, criticality, since } = of.reliance;
  const parts = [useTypes, criticality, since];
  if (of.reliance.n === 0) return null;
  const nothing = parts.every((one) => one.coverage.asked === 0);
  return (
    <section class="sec" aria-labelledby="use">
      <header><h2 id="use">{t('dataset.use')}</h2>{nothing ? null : <p>{t('dataset.useNote')}</p>}</header>
      {nothing ? <p class="small">{t('dataset.useUnknown')} <Miss code="NOT_ASKED" /></p> : (
        <div class="pair">
          <Tally title={t('attribute.USE_TYPE')} of={useTypes} label={(value) => tv('useType', value.toUpperCase())} />
          <Tally title={t('dataset.matters')} of={criticality} label={(value) => tv('criticality', value.toUpperCase())} />
          <Tally title={t('attribute.USED_SINCE')} of={years(since)} label={(value) => value} />
        </div>
      )}
    </section>
  );
}
