// One reuse sector: its organisations, the data they draw on, and who and what is missing.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { addressOf } from '../../api.ts';
import { family, familyKey } from '../../families.ts';
import { percent, t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href, lang } from '../../navigate.ts';
import { SectorPage, type SectorPageData } from '../../queries/generated/sector.ts';
import { useQuery, type Asked } from '../../query.ts';
import { ranked } from '../../rank.ts';
import { useTitle } from '../../title.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Crumb } from '../../widgets/crumb.tsx';
import { attribution, FigureLine } from '../../widgets/figure.tsx';
import { GradeBox } from '../../widgets/grades.tsx';
import { sizeOf, unbroken } from '../../widgets/headline.tsx';
import { lazy } from '../../widgets/lazy.tsx';
import { Dot } from '../../widgets/marks.tsx';
import { Named } from '../area/named.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { Await } from '../../widgets/states.tsx';
import { Stats } from '../../widgets/stats.tsx';
import { OneStudy, type Scope } from '../../widgets/study.tsx';
import { TakeAway } from '../../widgets/takeaway.tsx';
import { Where } from '../../widgets/where.tsx';
import { NotFound } from '../missing/missing.tsx';
import { Absent, Elsewhere } from './missing.tsx';
import '../../styles/page.css';

/** Comes in its own file: few records have any. */
const Observations = lazy(() => import('../../widgets/observations.tsx'));

export type Profile = NonNullable<SectorPageData['sector']>;
type Schemes = SectorPageData['schemes'];
/** Enough to print them all in most cases; fewer are seen at first. */
const PAGE = 100;
const SEEN = 12;

export default function Sector(): VNode {
  const { place } = address.value;
  const code = place.screen === 'sector' ? place.code : '';
  return <OneStudy within={{ sector: [code] }}>{(scope, choice) => <Scoped key={scope.chapter?.[0]} code={code} scope={scope} choice={choice} />}</OneStudy>;
}

function Scoped({ code, scope, choice }: { code: string; scope: Scope; choice: VNode | null }): VNode {
  const [after, setAfter] = useState<string | undefined>(undefined);
  const asked = useQuery(SectorPage, { code, filter: scope, first: PAGE, ...(after ? { after } : {}) });
  if (asked.error?.refused) return <NotFound />;
  return <Await asked={asked} rows={9} whole>{(data) => (data.sector ? <Page of={data.sector} schemes={data.schemes} whole={data.whole} asked={asked} scope={scope} choice={choice} onMore={setAfter} /> : <NotFound />)}</Await>;
}

interface Props {
  of: Profile;
  schemes: Schemes;
  whole: SectorPageData['whole'];
  asked: Asked<SectorPageData>;
  scope: Scope;
  choice: VNode | null;
  onMore: (after: string) => void;
}

function Page({ of, schemes, whole, asked, scope, choice, onMore }: Props): VNode {
  const { label, code, id } = of.code;
  const headline = tn('sector.headline', of.organisationCount, { sector: label });
  useTitle(headline);
  const filter = { ...scope, sector: [code] };
  const top = ranked(of.topPublishers.map((row) => ({ ...row, label: called(row) })), lang.value);
  const places = of.areas.rows.filter((row) => !row.missing).length;
  return (
    <>
      <Crumb steps={[{ text: t('crumb.organisations'), href: href(at({ screen: 'explore' })) }, { text: label }]} />
      <div class="hero">
        <p class="kicker"><Dot of={of.family} /> {t(familyKey(family(of.family)))}</p>
        <h1 class={sizeOf(headline)}>{unbroken(headline)}</h1>
        <p class="lede">{of.code.definition ?? ''} {whole.n > 0 ? tn('sector.lede', of.organisationCount, { total: whole.n }) : ''}</p>
        {choice}
        <FigureLine of={of.organisations} title={headline} />
      </div>
      <Stats
        items={[
          { label: t('sector.share'), value: whole.n > 0 ? percent(of.organisationCount / whole.n) : '–', note: t('publisher.nOf', { n: of.organisationCount, total: whole.n }) },
          { label: t('sector.most'), value: top[0]?.label ?? '–', note: top[0] ? t('publisher.nOf', { n: top[0].count, total: of.organisationCount }) : undefined },
          { label: t('home.datasets'), value: of.topDatasets.totalCount },
          { label: t('sector.places'), value: places },
        ]}
      />
      <div class="split">
        <div>
          <section class="sec" aria-labelledby="uses">
            <header><h2 id="uses">{t('sector.publishers')}</h2><p>{t('sector.publishersNote')}</p></header>
            <Bars
              max={of.organisationCount}
              rows={top.map((row) => ({
                key: row.value, label: row.label, text: row.label, lang: row.publisher?.nameLang, value: row.count, of: of.organisationCount,
                href: row.publisher ? href({ ...at({ screen: 'publisher', slug: row.publisher.slug }), filter: scope }) : undefined,
              }))}
              caption={t('sector.publishers')}
              columns={{ label: t('claims.publisher'), value: t('publisher.users'), of: t('sector.all') }}
            />
          </section>
          <Named rows={of.topDatasets.rows} total={of.topDatasets.totalCount} />
          <Elsewhere of={of} scope={scope} />
          <Observations of={{ sector: code }} />
          <Asking code={code} count={asked.data?.demand.requestCount ?? 0} />
          <section class="sec" aria-labelledby="list">
            <header>
              <h2 id="list">{tn('list.organisations', of.organisationCount)}</h2>
              <p><a href={href({ ...at({ screen: 'explore' }), filter })}>{t('publisher.openMap')}</a></p>
            </header>
            <OrganisationList id={code} asked={asked} page={asked.data?.sector?.organisations} onMore={onMore} seen={SEEN} />
          </section>
        </div>
        <div class="side">
          <GradeBox rows={of.grades.rows} />
          <Where title={t('publisher.where')} rows={of.areas.rows} to={(area) => href({ ...at({ screen: 'explore' }), filter: { ...filter, area: [area] } })} />
          <Absent whole={whole} scope={scope} />
          <Mappings of={of} schemes={schemes} />
          <TakeAway
            id={id}
            of={{ title: headline, date: of.organisations.asOf, method: of.organisations.methodVersion, revision: of.organisations.revision, attribution: attribution([...new Set(of.organisations.waves.map((wave) => wave.study.chapter))]) }}
            files={[{ label: tn('list.organisations', of.organisationCount), what: 'organisations', filter, map: true }, { label: t('take.claims'), what: 'claims', filter }]}
            facts={addressOf(SectorPage, { code, filter: scope, first: PAGE }, lang.value)}
          />
        </div>
      </div>
    </>
  );
}

/** What organisations of this sector ask for and do not have. */
function Asking({ code, count }: { code: string; count: number }): VNode | null {
  if (count === 0) return null;
  return (
    <section class="sec" aria-labelledby="asking">
      <header><h2 id="asking">{t('requests.of')}</h2></header>
      <p>{tn('requests.ofSector', count)} <a href={href({ ...at({ screen: 'requests' }), filter: { sector: [code] }, board: { status: 'triaged,forwarded,accepted_planned,partially_published' } })}>{t('requests.seeSector')}</a></p>
    </section>
  );
}

function called(row: Profile['topPublishers'][number]): string {
  return row.publisher ? short(row.publisher) : row.label;
}

/** Correspondences shown before the rest is asked for. */
const SHOWN = 6;

function Mappings({ of, schemes }: { of: Profile; schemes: Schemes }): VNode | null {
  const { mappings } = of.code;
  if (mappings.length === 0) return null;
  return (
    <section class="box" aria-labelledby="maps">
      <h2 id="maps">{t('sector.mappings')}</h2>
      <p class="tiny muted">{t('sector.mappingsNote')}</p>
      <ul class="rows">
        {mappings.slice(0, SHOWN).map((one) => <li key={`${one.to.scheme}${one.to.code}`} class="wide"><span>{one.to.label}</span><span class="tiny">{schemes.find((scheme) => scheme.id === one.to.scheme)?.name ?? one.to.scheme}, {t('schemes.code').toLowerCase()} <code>{one.to.code}</code></span></li>)}
      </ul>
      <p class="small"><a href={href(at({ screen: 'scheme', code: 'od500_category' }))}>{t('sector.allMappings')}</a></p>
    </section>
  );
}
