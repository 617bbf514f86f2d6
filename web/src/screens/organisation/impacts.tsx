// What open data did for it, and the goals that it may serve; what a rule inferred is hatched and says so.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { t, tn } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { Goal, Inferred, Miss } from '../../widgets/marks.tsx';
import type { Profile } from './organisation.tsx';

/** Goals have a box of their own. */
const GOALS = /sdg/i;

export function Impacts({ of }: { of: Profile }): VNode | null {
  const impacts = of.impacts.filter((one) => !GOALS.test(one.dimension));
  if (impacts.length === 0) return null;
  return (
    <section class="box" aria-labelledby="impacts">
      <h2 id="impacts">{t('impacts.title')}</h2>
      <ul class="rows">
        {impacts.map((one) => (
          <li key={one.id}>
            <span>{one.code?.label ?? one.text}</span>
            {one.origin === 'INFERRED' ? <Inferred /> : one.origin === 'RECOVERED' ? <span class="quiet">{t('impacts.recovered')}</span> : <b>{t('impacts.yes')}</b>}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Goals({ of }: { of: Profile }): VNode {
  const declared = of.sdgs.filter((one) => one.origin === 'DECLARED');
  const inferred = of.sdgs.filter((one) => one.origin !== 'DECLARED');
  const missing = of.missing.find((one) => one.attribute === 'SDG');
  return (
    <section class="box" aria-labelledby="goals">
      <h2 id="goals">{declared.length > 0 ? t('goals.serves') : t('goals.may')}</h2>
      {declared.length + inferred.length === 0 ? <p class="small muted">{t('goals.none')}</p> : null}
      <ul class="rows">
        {[...declared, ...inferred].map((one) => (
          <li key={`${one.origin}${one.goal.code}`}>
            <a href={href(at({ screen: 'sdg', code: one.goal.code }))} class="lab"><Goal number={one.goal.code} name={one.goal.label} /></a>
            {one.origin === 'DECLARED' ? <span class="tiny muted">{t('goals.level', { n: one.evidenceLevel })}</span> : <Inferred />}
          </li>
        ))}
      </ul>
      {inferred.length > 0 ? <p class="tiny muted">{tn('goals.inferred', inferred.length)} {missing ? <>{t('goals.asked')} <Miss code={missing.code} /></> : null}</p> : null}
    </section>
  );
}
