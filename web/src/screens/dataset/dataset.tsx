// One dataset: who uses it, what is recorded about it, and whether it is on time.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at, studiesOf } from '../../address.ts';
import { addressOf } from '../../api.ts';
import { DOT, t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href, lang } from '../../navigate.ts';
import { DatasetProfile, DatasetUsers, type DatasetProfileData, type DatasetProfileVariables } from '../../queries/generated/dataset.ts';
import { useQuery } from '../../query.ts';
import { ranked } from '../../rank.ts';
import { useTitle } from '../../title.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Crumb } from '../../widgets/crumb.tsx';
import { Headline, sizeOf } from '../../widgets/headline.tsx';
import { attribution, FigureLine } from '../../widgets/figure.tsx';
import { GradeBox } from '../../widgets/grades.tsx';
import { Miss } from '../../widgets/marks.tsx';
import { lazy } from '../../widgets/lazy.tsx';
import { Moved } from '../../widgets/moved.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { sectorBars } from '../../widgets/sectors.ts';
import { Await, Empty } from '../../widgets/states.tsx';
import { Stats } from '../../widgets/stats.tsx';
import { TakeAway } from '../../widgets/takeaway.tsx';
import { Where } from '../../widgets/where.tsx';
import { NotFound } from '../missing/missing.tsx';
import { Editions, Facts } from './facts.tsx';
import { RiskLine, Use } from './use.tsx';
import '../../styles/page.css';

/** What is said of it comes by itself: most datasets are not spoken of. */
const Feedback = lazy(() => import('./feedback.tsx'));

export type Profile = NonNullable<DatasetProfileData['dataset']>;

export default function Dataset(): VNode {
  const { place } = address.value;
  const asked = useQuery(DatasetProfile, { slug: place.screen === 'dataset' ? place.slug : '', ...scopeNow() });
  return <Await asked={asked} rows={9} whole>{(data) => (data.dataset ? <Page of={data.dataset} /> : <NotFound />)}</Await>;
}

/** Whose users count: all, or those of the studies and waves of the address. */
function scopeNow(): Omit<DatasetProfileVariables, 'slug'> {
  const studies = studiesOf(address.value);
  return Object.keys(studies).length > 0 ? { filter: studies } : {};
}

/** How many of those that have said call it essential. */
export function coreOf({ reliance: { criticality } }: Profile): number {
  return criticality.rows.find((row) => row.value === 'core')?.count ?? 0;
}

function Page({ of }: { of: Profile }): VNode {
  // A series counts those that name it as a whole, so who uses its editions is said beside.
  const isWhole = of.editions.some((one) => one.seriesDecision === 'ACCEPTED');
  const headline = tn(isWhole ? 'dataset.seriesHeadline' : 'dataset.headline', of.userCount, { name: of.title });
  useTitle(headline);
  const studies = studiesOf(address.value);
  const filter = { dataset: [of.slug], ...studies };
  const said = of.reliance.criticality.coverage;
  return (
    <>
      <Moved to={{ screen: 'dataset', slug: of.slug }} />
      <Crumb
        steps={[
          { text: t('crumb.datasets'), href: href(at({ screen: 'datasets' })) },
          { text: short(of.publisher), lang: of.publisher.nameLang, href: href({ ...at({ screen: 'publisher', slug: of.publisher.slug }), filter: studies }) },
          { text: of.title, lang: of.titleLang },
        ]}
      />
      <div class="hero">
        <p class="kicker"><span lang={of.publisher.nameLang}>{of.publisher.name}</span>{of.isSeries ? `${DOT}${t('dataset.series')}` : ''}{of.edition ? `${DOT}${t('dataset.edition', { edition: of.edition })}` : ''}</p>
        <h1 class={sizeOf(headline)}><Headline text={headline} name={of.title} lang={of.titleLang} /></h1>
        {isWhole ? <p class="lede">{tn('dataset.withEditions', of.userCountWithEditions)}</p> : null}
        {of.userStudies.sentence ? (
          <p class="lede">
            {of.userStudies.sentence}{' '}
            {scopeNow().filter ? <a href={href(at({ screen: 'dataset', slug: of.slug }))}>{t('users.allStudies')}</a> : null}
          </p>
        ) : null}
        {of.description ? <p class="lede" lang={of.description.lang}>{of.description.value}</p> : null}
        <p class="lede risk"><RiskLine of={of} /></p>
        <FigureLine of={of.users} title={headline} />
      </div>
      <Stats
        items={[
          { label: t('publisher.users'), value: of.userCount },
          said.answered > 0 ? { label: t('dataset.core'), value: coreOf(of), note: t('dataset.ofSaid', { n: said.answered }) } : { label: t('dataset.core'), value: undefined, mark: <Miss code={said.asked > 0 ? 'NO_ANSWER' : 'NOT_ASKED'} /> },
          { label: t('dataset.sectors'), value: of.sectors.rows.filter((row) => !row.missing).length },
          { label: t('publisher.confirmed', { name: short(of.publisher) }), value: of.reliance.confirmed, note: t('bars.of', { n: of.userCount }) },
        ]}
      />
      <div class="split">
        <div>
          <Sectors of={of} />
          <Use of={of} />
          <Quotes of={of} />
          <Feedback of={of} />
          <Users key={Object.values(studiesOf(address.value)).join()} of={of} />
        </div>
        <div class="side">
          <Facts of={of} />
          <Editions of={of} />
          <GradeBox rows={of.grades.rows} />
          <Where title={t('publisher.where')} rows={of.areas.rows} to={(code) => href({ ...at({ screen: 'explore' }), filter: { ...filter, area: [code] } })} />
          <TakeAway
            id={of.id}
            of={{ title: headline, date: of.users.asOf, method: of.users.methodVersion, revision: of.users.revision, attribution: attribution([...new Set(of.users.waves.map((wave) => wave.study.chapter))]) }}
            files={[{ label: tn('list.organisations', of.userCount), what: 'organisations', filter, map: true }, { label: t('take.claims'), what: 'claims', filter }]}
            facts={addressOf(DatasetProfile, { slug: of.slug, ...scopeNow() }, lang.value)}
          />
        </div>
      </div>
    </>
  );
}

function Sectors({ of }: { of: Profile }): VNode {
  return (
    <section class="sec" aria-labelledby="who">
      <header><h2 id="who">{t('publisher.who')}</h2><p>{t('dataset.whoNote')}</p></header>
      {of.userCount === 0 ? <Empty title={t('dataset.noUser')}>{t('dataset.noUserHint')}</Empty> : (
        <Bars
          rows={sectorBars(ranked(of.sectors.rows, lang.value), () => undefined)}
          caption={t('publisher.whoCaption', { name: of.title })}
          names={[{ name: of.title, lang: of.titleLang }]}
          columns={{ label: t('publisher.sector'), value: t('publisher.users') }}
        />
      )}
    </section>
  );
}

/** What users say they do with it, where they say so; a claim that is not counted makes nobody a user. */
function Quotes({ of }: { of: Profile }): VNode | null {
  const waves = scopeNow().filter ? new Set(of.users.waves.map((wave) => wave.slug)) : undefined;
  const quotes = of.claims.nodes.filter((claim) => claim.countable && claim.purpose && (!waves || (claim.wave && waves.has(claim.wave.slug))));
  if (quotes.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="purpose">
      <header><h2 id="purpose">{t('dataset.purposes')}</h2></header>
      <dl class="rows defs">
        {quotes.map((claim) => (
          <div key={claim.id}>
            <dt><a href={href(at({ screen: 'organisation', slug: claim.organisation.slug }))} lang={claim.organisation.nameLang}>{claim.organisation.name}</a></dt>
            <dd><q lang={claim.purpose?.lang}>{claim.purpose?.value}</q>{claim.wave ? <span class="tiny muted"> {claim.wave.title}</span> : null}</dd>
          </div>
        ))}
      </dl>
      {of.claims.totalCount > of.claims.nodes.length ? <p class="after">{t('dataset.purposesOf', { n: of.claims.nodes.length, total: of.claims.totalCount })}</p> : null}
    </section>
  );
}

/** Enough to print them all in most cases; fewer are seen at first. */
const PAGE = 100;
const SEEN = 12;

function Users({ of }: { of: Profile }): VNode | null {
  const [after, setAfter] = useState<string | undefined>(undefined);
  const asked = useQuery(DatasetUsers, of.userCount > 0 ? { slug: of.slug, first: PAGE, ...scopeNow(), ...(after ? { after } : {}) } : null);
  if (of.userCount === 0) return null;
  return (
    <section class="sec" aria-labelledby="users">
      <header>
        <h2 id="users">{tn('list.organisations', of.userCount)}</h2>
        <p><a href={href({ ...at({ screen: 'explore' }), filter: { dataset: [of.slug], ...studiesOf(address.value) } })}>{t('publisher.openMap')}</a></p>
      </header>
      <OrganisationList id={of.slug} asked={asked} page={asked.data?.dataset?.users} onMore={setAfter} seen={SEEN} />
    </section>
  );
}
