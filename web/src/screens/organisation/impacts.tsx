// What open data did for it, what it does for others, and the goals that it may serve; what a rule
// inferred is hatched and says so, and what was offered and not ticked is told apart from not asked.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { list, t, tn } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import type { Attribute } from '../../queries/generated/schema.ts';
import { Goal, Inferred, Miss } from '../../widgets/marks.tsx';
import type { Profile } from './organisation.tsx';

type Impact = Profile['impacts'][number];

interface Option {
  code: string;
  label: string;
}

/** What open data did for the organisation: every option that was offered. */
export function Impacts({ of, options }: { of: Profile; options: Option[] }): VNode {
  const found = of.impacts.filter((one) => one.dimension === 'od500_data_impact');
  const ticked = new Set(found.map((one) => one.code?.code));
  return (
    <Ticked
      id="impacts"
      title={t('impacts.title')}
      of={of}
      attribute="DATA_IMPACT"
      found={found}
      others={found.length > 0 ? options.filter((one) => !ticked.has(one.code) && one.code !== 'other') : []}
    />
  );
}

/** What it says it does for society. */
export function Society({ of }: { of: Profile }): VNode {
  return <Ticked id="society" title={t('impacts.society')} of={of} attribute="SOCIAL_IMPACT" found={of.impacts.filter((one) => one.dimension === 'od500_social_impact')} others={[]} />;
}

function Ticked({ id, title, of, attribute, found, others }: { id: string; title: string; of: Profile; attribute: Attribute; found: Impact[]; others: Option[] }): VNode {
  const missing = of.missing.find((one) => one.attribute === attribute);
  return (
    <section class="box" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {found.length === 0 ? <p class="small">{missing ? <Miss code={missing.code} /> : <Miss code="NO_ANSWER" />}</p> : null}
      <ul class="rows">
        {found.map((one) => (
          <li key={one.id}>
            <span>{one.code?.label ?? one.text}</span>
            {one.origin === 'INFERRED' ? <Inferred /> : one.origin === 'RECOVERED' ? <span class="quiet">{t('impacts.recovered')}</span> : <b>{t('impacts.yes')}</b>}
          </li>
        ))}
        {others.map((one) => <li key={one.code}><span>{one.label}</span><span class="quiet">{t('impacts.notTicked')}</span></li>)}
      </ul>
    </section>
  );
}

export function Goals({ of }: { of: Profile }): VNode {
  const declared = of.sdgs.filter((one) => one.origin === 'DECLARED');
  const known = new Set(declared.map((one) => one.goal.code));
  // A rule may reach a goal by several targets; and it adds nothing to what is declared.
  const inferred = [...new Map(of.sdgs.filter((one) => one.origin !== 'DECLARED' && !known.has(one.goal.code)).map((one) => [one.goal.code, one])).values()];
  const missing = of.missing.find((one) => one.attribute === 'SDG');
  const said = of.impacts.filter((one) => one.dimension === 'od500_social_impact').flatMap((one) => one.code?.label ?? one.text ?? []);
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
      {inferred.length > 0 ? <p class="tiny muted">{said.length > 0 ? t('goals.because', { names: list(said.map((one) => t('goals.quoted', { name: one }))) }) : tn('goals.inferred', inferred.length)} {missing ? <>{t('goals.asked')} <Miss code={missing.code} /></> : null}</p> : null}
    </section>
  );
}
