// A public body: who uses its data, for what, and how sure we are. The address says whether users of its
// sub-bodies and predecessors count.
import type { VNode } from 'preact';
import { at, studiesOf } from '../../address.ts';
import { addressOf } from '../../api.ts';
import { DOT, percent, t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href, lang } from '../../navigate.ts';
import { PublisherContext, PublisherProfile, type PublisherContextData, type PublisherProfileData } from '../../queries/generated/publisher.ts';
import type { Rollup } from '../../queries/generated/schema.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { attribution, FigureLine } from '../../widgets/figure.tsx';
import { Headline, sizeOf } from '../../widgets/headline.tsx';
import { lazy } from '../../widgets/lazy.tsx';
import { Miss } from '../../widgets/marks.tsx';
import { Moved } from '../../widgets/moved.tsx';
import { Await } from '../../widgets/states.tsx';
import { Stats, type Stat } from '../../widgets/stats.tsx';
import { TakeAway } from '../../widgets/takeaway.tsx';
import { Ways } from '../../widgets/ways.tsx';
import { Where } from '../../widgets/where.tsx';
import { NotFound } from '../missing/missing.tsx';
import { OpenRequests } from './asked.tsx';
import { AlsoUsed, Datasets, Users, Who } from './main.tsx';
import { RollupSwitch } from './rollup.tsx';
import { Facts, HowSure, Unsaid } from './side.tsx';
import '../../styles/page.css';

/** What stands further down comes by itself. */
const Stop = lazy(() => import('./stop.tsx'));
const Kin = lazy(() => import('./kin.tsx'));
const Card = lazy(() => import('../card/card.tsx'));

export type Profile = NonNullable<PublisherProfileData['publisher']>;
export type Context = PublisherContextData;
type Asked = Profile['scorecard']['datasetCoverage'];
/** Whose users count: those of the body and all that belongs to it, or those of the roll-up, studies and waves of the address. */
export interface Scope {
  filter?: { rollup?: Rollup; chapter?: string[]; wave?: string[] };
}

export default function Publisher(): VNode {
  const { place, filter } = address.value;
  const slug = place.screen === 'publisher' ? place.slug : '';
  const own = { ...studiesOf(address.value), ...(filter.rollup ? { rollup: filter.rollup.toUpperCase() as Rollup } : {}) };
  const scope: Scope = Object.keys(own).length > 0 ? { filter: own } : {};
  const asked = useQuery(PublisherProfile, { slug, ...scope });
  // "Of all" means of all in the study: several are not added up, and a wave asks a part of one.
  const chapter = asked.data?.publisher?.userStudies.chapters;
  const isOne = chapter?.length === 1 && !filter.wave;
  const context = useQuery(PublisherContext, isOne ? { filter: { ...scope.filter, chapter } } : null);
  return <Await asked={asked} rows={9} whole>{(data) => (data.publisher ? <Page of={data.publisher} context={isOne && !context.pending && !context.error ? context.data : undefined} scope={scope} /> : <NotFound />)}</Await>;
}

function Page({ of, context, scope }: { of: Profile; context: Context | undefined; scope: Scope }): VNode {
  const called = short(of);
  const { scorecard, users } = of;
  const count = users.totalCount;
  const headline = tn('publisher.headline', count, { name: called });
  useTitle(headline);
  const total = context?.sectors.n;
  const chapters = [...new Set(users.waves.map((wave) => wave.study.chapter))];
  const leads = total !== undefined && (context?.publishers.totalCount ?? 0) > 1 && context?.publishers.edges[0]?.node.slug === of.slug;
  const filter = { publisher: [of.slug], ...scope.filter };
  const studies = studiesOf(address.value);
  return (
    <>
      <Moved to={{ screen: 'publisher', slug: of.slug }} />
      <Crumb
        steps={[
          { text: t('crumb.publishers'), href: href(at({ screen: 'publishers' })) },
          ...(of.parent ? [{ text: short(of.parent), lang: of.parent.nameLang, href: href({ ...at({ screen: 'publisher', slug: of.parent.slug }), filter: studies }) }] : []),
          { text: called, lang: of.nameLang },
        ]}
      />
      <div class="hero">
        <p class="kicker"><span lang={of.nameLang}>{of.name}</span>{of.level === 'UNKNOWN' ? '' : `${DOT}${of.levelLabel}`}</p>
        <h1 class={sizeOf(headline)}><Headline text={headline} name={called} lang={of.nameLang} /></h1>
        <p class="lede">
          {of.userStudies.sentence}{' '}
          {of.userStudies.sentence && Object.keys(studies).length > 0 ? <a href={href(at({ screen: 'publisher', slug: of.slug }))}>{t('users.allStudies')}</a> : null}{' '}
          {total ? tn(leads ? 'publisher.ledeFirst' : 'publisher.lede', count, { total, publishers: tn('publisher.publishers', context?.publishers.totalCount ?? 0) }) : ''}{' '}
          {count > 0 ? naming(scorecard.datasetCoverage, count) : ''}
        </p>
        <FigureLine of={users} title={headline} />
      </div>
      <Ways of={[...(count > 0 ? [{ to: 'users', text: tn('list.organisations', count) }] : []), { to: 'sure', text: t('publisher.sure') }, { to: 'take', text: t('take.title') }]} />
      <Stats
        items={[
          ...(of.userStudies.chapters.length > 1 || studies.wave ? [] : [{ label: t('publisher.share'), value: total ? percent(count / total) : '–', note: total ? t('publisher.nOf', { n: count, total }) : undefined }]),
          namingStat(scorecard.datasetCoverage, count),
          { label: t('publisher.outside'), value: scorecard.usersWithPlace > 0 ? scorecard.usersOutsideCapital : '–', note: outsideNote(scorecard.areasOutsideCapital, scorecard.usersWithPlace) },
          { label: t('publisher.confirmed', { name: called }), value: scorecard.confirmed, note: tn('publisher.ofUsers', count) },
        ]}
      />
      <RollupSwitch of={of} />
      <div class="split">
        <div>
          <Who of={of} context={context} filter={filter} />
          <Datasets of={of} />
          <Card slug={of.slug} filter={scope.filter} />
          <OpenRequests of={of} />
          <Stop of={of} />
          <AlsoUsed of={of} />
          <Kin of={of} />
          <Users key={Object.values(scope.filter ?? {}).join()} of={of} scope={scope} filter={filter} />
        </div>
        <div class="side">
          <HowSure of={of} />
          <Where
            title={t('publisher.where')}
            rows={of.areas.rows}
            whole={new Map((context?.areas.rows ?? []).map((row) => [row.value, row.count]))}
            to={(code) => href({ ...at({ screen: 'explore' }), filter: { ...filter, area: [code] } })}
          />
          <Facts of={of} />
          <Unsaid of={of} />
          <TakeAway
            id={of.id}
            of={{ title: headline, date: users.asOf, method: users.methodVersion, revision: users.revision, attribution: attribution(chapters) }}
            files={[
              { label: tn('list.organisations', count), what: 'organisations', filter, map: true },
              { label: t('take.claims'), what: 'claims', filter },
              { label: t('publisher.itsDatasets'), what: 'datasets', filter },
            ]}
            facts={addressOf(PublisherProfile, { slug: of.slug, ...scope }, lang.value)}
          />
        </div>
      </div>
    </>
  );
}

/** How many of the users say which dataset, of those asked, in a sentence. */
function naming({ answered, asked }: Asked, users: number): string {
  if (asked === 0) return t('publisher.namingUnasked');
  const out = users - asked;
  return t('publisher.namingOf', { n: answered, asked }) + (out > 0 ? ` ${t('publisher.namingOut', { n: out })}` : '');
}

/** The same as a figure: whoever was not asked is in no denominator. */
function namingStat({ answered, asked }: Asked, users: number): Stat {
  const label = t('publisher.nameDataset');
  if (users === 0) return { label, value: '–' };
  if (asked === 0) return { label, value: undefined, mark: <Miss code="NOT_ASKED" /> };
  return { label, value: answered, note: `${tn('publisher.ofAsked', asked)}, ${percent(answered / asked)}` };
}

/** Whose place is not known is neither in the capital nor outside it. */
function outsideNote(areas: number, placed: number): string {
  const of = t('publisher.ofPlaced', { n: placed });
  return areas > 0 ? `${of}, ${tn('publisher.inStates', areas)}` : of;
}
