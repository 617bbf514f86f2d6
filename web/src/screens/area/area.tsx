// One country, state or municipality: who works from there, and on whose data.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { number, t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href, lang } from '../../navigate.ts';
import { AreaOrganisations, AreaPage, type AreaPageData } from '../../queries/generated/area.ts';
import { useQuery } from '../../query.ts';
import { ranked } from '../../rank.ts';
import { useTitle } from '../../title.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Crumb } from '../../widgets/crumb.tsx';
import { attribution, FigureLine } from '../../widgets/figure.tsx';
import { GradeBox } from '../../widgets/grades.tsx';
import { sizeOf, unbroken } from '../../widgets/headline.tsx';
import { lazy } from '../../widgets/lazy.tsx';
import { Named } from './named.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { sectorBars } from '../../widgets/sectors.ts';
import { Await, Empty } from '../../widgets/states.tsx';
import { Stats } from '../../widgets/stats.tsx';
import { OneStudy, type Scope } from '../../widgets/study.tsx';
import { TakeAway } from '../../widgets/takeaway.tsx';
import { NotFound } from '../missing/missing.tsx';
import { Inside } from './inside.tsx';
import '../../styles/page.css';

/** Comes in its own file: few records have any. */
const Observations = lazy(() => import('../../widgets/observations.tsx'));

export type Profile = NonNullable<AreaPageData['area']>;
/** Enough to print them all in most cases; fewer are seen at first. */
const PAGE = 100;
const SEEN = 12;

export default function Area(): VNode {
  const { place } = address.value;
  const code = place.screen === 'area' ? place.code : '';
  return <OneStudy within={{ area: [code] }}>{(scope, choice) => <Scoped key={scope.chapter?.[0]} code={code} scope={scope} choice={choice} />}</OneStudy>;
}

function Scoped({ code, scope, choice }: { code: string; scope: Scope; choice: VNode | null }): VNode {
  const asked = useQuery(AreaPage, { code, filter: scope });
  return <Await asked={asked} rows={9} whole>{(data) => (data.area ? <Page of={data.area} whole={data.whole} scope={scope} choice={choice} /> : <NotFound />)}</Await>;
}

function Page({ of, whole, scope, choice }: { of: Profile; whole: AreaPageData['whole']; scope: Scope; choice: VNode | null }): VNode {
  const { totalCount } = of.organisations;
  const headline = tn('area.headline', totalCount, { area: of.name });
  useTitle(headline);
  const chapters = [...new Set(of.organisations.waves.map((wave) => wave.study.chapter))];
  const filter = { ...scope, area: [of.code] };
  const inAll = new Map(whole.rows.map((row) => [row.value, row.count]));
  return (
    <>
      <Crumb
        steps={[
          { text: t('crumb.organisations'), href: href(at({ screen: 'explore' })) },
          ...[of.parent?.parent, of.parent].flatMap((one) => (one ? [{ text: one.name, href: href(at({ screen: 'area', code: one.code })) }] : [])),
          { text: of.name },
        ]}
      />
      <div class="hero">
        <p class="kicker">{t('area.code', { code: of.code })}</p>
        <h1 class={sizeOf(headline)}>{unbroken(headline)}</h1>
        <p class="lede">{totalCount > 0 ? `${tn('area.lede', totalCount, { total: whole.n })} ${tn('area.lede2', of.publishers.totalCount)}` : t('area.noneHint')}</p>
        {choice}
        <FigureLine of={of.organisations} title={headline} />
      </div>
      {totalCount === 0 ? null : (
        <>
          <Stats
            items={[
              { label: t('list.title'), value: totalCount, note: t('bars.of', { n: whole.n }) },
              { label: t('area.sectors'), value: of.sectors.rows.filter((row) => !row.missing).length },
              { label: t('home.publishers'), value: of.publishers.totalCount },
              { label: t('home.datasets'), value: of.topDatasets.totalCount },
            ]}
          />
          <div class="split">
            <div>
              <section class="sec" aria-labelledby="who">
                <header><h2 id="who">{t('publisher.who')}</h2><p>{t('area.whoNote')}</p></header>
                <Bars
                  rows={sectorBars(ranked(of.sectors.rows, lang.value), (row) => (row.missing ? undefined : href({ ...at({ screen: 'explore' }), filter: { ...filter, sector: [row.value] } })), inAll)}
                  caption={t('area.whoCaption', { area: of.name })}
                  columns={{ label: t('publisher.sector'), value: t('list.count'), of: t('publisher.allInSector') }}
                />
              </section>
              <section class="sec" aria-labelledby="uses">
                <header><h2 id="uses">{t('area.publishers')}</h2><p>{t('area.publishersNote')}</p></header>
                <Bars
                  max={totalCount}
                  rows={of.publishers.edges.map(({ node, userCount }) => ({ key: node.slug, label: short(node), text: short(node), lang: node.nameLang, value: userCount, of: totalCount, href: href({ ...at({ screen: 'publisher', slug: node.slug }), filter: scope }) }))}
                  caption={t('area.publishers')}
                  columns={{ label: t('claims.publisher'), value: t('list.count'), of: t('area.all') }}
                />
                {of.publishers.totalCount > of.publishers.edges.length ? <p class="after">{t('area.morePublishers', { n: of.publishers.totalCount - of.publishers.edges.length })}</p> : null}
              </section>
              <Named rows={of.topDatasets.rows} total={of.topDatasets.totalCount} />
              <Observations of={{ area: of.code }} />
              <Organisations of={of} scope={scope} />
            </div>
            <div class="side">
              <GradeBox rows={of.grades.rows} />
              <Inside of={of} />
              <TakeAway
                id={of.id}
                of={{ title: headline, date: of.organisations.asOf, method: of.organisations.methodVersion, revision: of.organisations.revision, attribution: attribution(chapters) }}
                files={[
                  { label: tn('list.organisations', totalCount), what: 'organisations', filter, map: true },
                  { label: t('take.claims'), what: 'claims', filter },
                ]}
              />
            </div>
          </div>
        </>
      )}
    </>
  );
}

function Organisations({ of, scope }: { of: Profile; scope: Scope }): VNode {
  const [after, setAfter] = useState<string | undefined>(undefined);
  const asked = useQuery(AreaOrganisations, { code: of.code, filter: scope, first: PAGE, ...(after ? { after } : {}) });
  const { totalCount } = of.organisations;
  return (
    <section class="sec" aria-labelledby="list">
      <header>
        <h2 id="list">{tn('list.organisations', totalCount)}</h2>
        <p><a href={href({ ...at({ screen: 'explore' }), filter: { ...scope, area: [of.code] } })}>{t('publisher.openMap')}</a></p>
      </header>
      {totalCount === 0 ? <Empty title={number(0)} /> : <OrganisationList id={of.code} asked={asked} page={asked.data?.area?.organisations} onMore={setAfter} seen={SEEN} />}
    </section>
  );
}
