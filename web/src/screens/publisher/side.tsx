// Beside the figures: how sure we are, where the users are, what cannot be said, and the body's kin.
import type { VNode } from 'preact';
import { date, number, t, tv } from '../../i18n.ts';
import { short } from '../../names.ts';
import type { Attribute } from '../../queries/generated/schema.ts';
import { GradeBars } from '../../widgets/grades.tsx';
import { SourceTitle } from '../../widgets/headline.tsx';
import { Grade, Miss } from '../../widgets/marks.tsx';
import type { Profile } from './publisher.tsx';

export function HowSure({ of }: { of: Profile }): VNode {
  const counts = new Map(of.scorecard.gradeUsers.map((row) => [row.grade, row.count]));
  return (
    <section class="box" aria-labelledby="sure">
      <h2 id="sure">{t('publisher.sure')}</h2>
      <p class="tiny muted">{t('publisher.sureNote')}</p>
      <GradeBars counts={counts} />
      <p class="small muted">{t('publisher.lift', { name: short(of), confirmed: of.scorecard.confirmed, n: of.users.totalCount })}</p>
    </section>
  );
}

/** What a reader of this page would ask next, where the waves behind it may not have. */
const WISHED: Attribute[] = ['USE_TYPE', 'EXAMPLE_USES', 'SOURCE_COUNT', 'SOCIAL_IMPACT', 'DATA_IMPACT', 'SDG', 'REVENUE_SOURCE', 'FINANCIAL_INFO'];

export function Unsaid({ of }: { of: Profile }): VNode | null {
  const { waves } = of.users;
  const asked = new Set(waves.flatMap((wave) => wave.asked));
  const gaps = waves.length > 0 ? WISHED.filter((attribute) => !asked.has(attribute)) : [];
  const uncounted = waves.some((wave) => wave.responseRate.unknown > 0);
  if (gaps.length === 0 && !uncounted) return null;
  return (
    <section class="box" aria-labelledby="unsaid">
      <h2 id="unsaid">{t('unsaid.title')}</h2>
      <ul class="rows">
        {gaps.map((attribute) => <li key={attribute}><span>{tv('attribute', attribute)}</span><Miss code="NOT_ASKED" /></li>)}
        {uncounted ? <li><span>{t('unsaid.response')}</span><Miss code="DONT_KNOW" /></li> : null}
      </ul>
    </section>
  );
}

/** What is recorded of the body itself, with its source. */
export function Facts({ of }: { of: Profile }): VNode {
  const { source, identifiers } = of.organisation;
  return (
    <section class="box" aria-labelledby="facts">
      <h2 id="facts">{t('glance.title')}</h2>
      <dl class="rows">
        <div><dt>{t('publisher.level')}</dt><dd>{of.level === 'UNKNOWN' ? <Miss code="DONT_KNOW" /> : of.levelLabel}</dd></div>
        <div><dt>{t('glance.status')}</dt><dd>{of.status === 'UNKNOWN' ? <Miss code="DONT_KNOW" /> : tv('status', of.status)}</dd></div>
        <div><dt>{t('publisher.website')}</dt><dd>{of.website ? <a href={of.website} rel="external nofollow noopener">{of.website.replace(/^https?:\/\//, '')}</a> : <Miss code="DONT_KNOW" />}</dd></div>
        <div><dt>{t('publisher.itsDatasets')}</dt><dd>{of.scorecard.publishedDatasets > 0 ? t('publisher.usedOf', { used: of.scorecard.usedDatasets, n: of.scorecard.publishedDatasets }) : <Miss code="DONT_KNOW" />}</dd></div>
        {of.scorecard.staleDatasetsWithUsers > 0 ? <div><dt>{t('publisher.late')}</dt><dd>{number(of.scorecard.staleDatasetsWithUsers)}</dd></div> : null}
        {identifiers.map((one) => <div key={one.scheme + one.value}><dt>{tv('identifier', one.scheme)}</dt><dd>{one.url ? <a href={one.url} rel="external nofollow noopener">{one.value}</a> : one.value}</dd></div>)}
      </dl>
      {source ? <p class="tiny muted sourced"><SourceTitle of={source} text={t('glance.from', { title: source.title })} />{source.publishedOn ? `, ${date(source.publishedOn)}` : ''} <Grade of={source.grade} word /></p> : <p class="tiny muted sourced">{t('glance.unsourced')}</p>}
      {of.sources.map((one) => <p key={one.title} class="tiny muted sourced"><SourceTitle of={one} text={t('publisher.claimsFrom', { title: one.title })} />{one.publishedOn ? `, ${date(one.publishedOn)}` : ''} <Grade of={one.grade} word /></p>)}
    </section>
  );
}
