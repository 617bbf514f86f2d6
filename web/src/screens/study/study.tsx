// One study: whom it recorded, when, with what limits, and under which licence.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { DOT, percent, t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href, lang } from '../../navigate.ts';
import { StudyOrganisations, StudyPage, type StudyPageData } from '../../queries/generated/study.ts';
import { useQuery } from '../../query.ts';
import { ranked } from '../../rank.ts';
import { useTitle } from '../../title.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Crumb } from '../../widgets/crumb.tsx';
import { FigureLine } from '../../widgets/figure.tsx';
import { GradeBox } from '../../widgets/grades.tsx';
import { Headline, sizeOf } from '../../widgets/headline.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { Await } from '../../widgets/states.tsx';
import { sectorBars } from '../../widgets/sectors.ts';
import { Stats } from '../../widgets/stats.tsx';
import { TakeAway } from '../../widgets/takeaway.tsx';
import { Where } from '../../widgets/where.tsx';
import { NotFound } from '../missing/missing.tsx';
import { Licence, Limits, Waves } from './parts.tsx';
import '../../styles/page.css';
import '../../styles/study.css';

export type Profile = NonNullable<StudyPageData['study']>;
/** Enough to print them all in most cases; fewer are seen at first. */
const PAGE = 100;
const SEEN = 10;

export default function Study(): VNode {
  const { place } = address.value;
  const asked = useQuery(StudyPage, { slug: place.screen === 'study' ? place.slug : '' });
  return <Await asked={asked} rows={9} whole>{(data) => (data.study ? <Page of={data.study} /> : <NotFound />)}</Await>;
}

function Page({ of }: { of: Profile }): VNode {
  const headline = tn('study.headline', of.organisationCount, { title: of.title });
  useTitle(headline);
  const { coverage } = of.datasetNamed;
  const filter = { chapter: [of.chapter] };
  // Before anybody has answered its waves are its waves all the same.
  const waves = of.organisations.waves.length > 0 ? of.organisations.waves : of.waves.map((wave) => ({ ...wave, study: of }));
  return (
    <>
      <Crumb steps={[{ text: t('crumb.method'), href: href(at({ screen: 'method' })) }, { text: of.title }]} />
      <div class="hero">
        <p class="kicker">{of.attribution.text}{DOT}<a href={of.url} rel="external nofollow noopener">{bare(of.url)}</a></p>
        <h1 class={sizeOf(headline)}><Headline text={headline} name={of.title} /></h1>
        <p class="lede">{tn('study.lede', of.publishers.totalCount, { datasets: tn('datasets.n', of.topDatasets.totalCount) })}</p>
        <FigureLine of={{ ...of.organisations, waves }} title={headline} />
      </div>
      <Stats
        items={[
          { label: t('home.organisations'), value: of.organisationCount },
          { label: t('home.publishers'), value: of.publishers.totalCount },
          { label: t('home.datasets'), value: of.topDatasets.totalCount },
          { label: t('home.nameDataset'), value: coverage.asked > 0 ? percent(coverage.answered / coverage.asked) : '–', note: t('publisher.nOf', { n: coverage.answered, total: coverage.asked }) },
        ]}
      />
      <div class="split">
        <div>
          <Limits of={of.limits} />
          <Waves of={of.waves} />
          <section class="sec" aria-labelledby="who">
            <header><h2 id="who">{t('publisher.who')}</h2><p>{t('study.whoNote')}</p></header>
            <Bars
              rows={sectorBars(ranked(of.sectors.rows, lang.value), (row) => (row.missing || !/^[a-z]/.test(row.value) ? undefined : href({ ...at({ screen: 'explore' }), filter: { ...filter, sector: [row.value] } })))}
              caption={t('area.whoCaption', { area: of.title })}
              columns={{ label: t('publisher.sector'), value: t('list.count') }}
            />
          </section>
          <section class="sec" aria-labelledby="uses">
            <header><h2 id="uses">{t('area.publishers')}</h2><p>{t('area.publishersNote')}</p></header>
            <Bars
              max={of.organisationCount}
              rows={of.publishers.edges.map(({ node, userCount }) => ({ key: node.slug, label: short(node), text: short(node), lang: node.nameLang, value: userCount, of: of.organisationCount, href: href({ ...at({ screen: 'publisher', slug: node.slug }), filter }) }))}
              caption={t('area.publishers')}
              columns={{ label: t('claims.publisher'), value: t('list.count'), of: t('area.all') }}
            />
            {of.publishers.totalCount > of.publishers.edges.length ? <p class="after"><a href={href({ ...at({ screen: 'publishers' }), filter })}>{t('area.morePublishers', { n: of.publishers.totalCount - of.publishers.edges.length })}</a></p> : null}
          </section>
          <Organisations of={of} />
        </div>
        <div class="side">
          <Licence of={[of]} />
          <GradeBox rows={of.grades.rows} />
          <Where title={t('publisher.where')} rows={of.areas.rows} to={(code) => href(at({ screen: 'area', code }))} />
          <TakeAway
            id={of.id}
            of={{ title: headline, date: of.organisations.asOf, method: of.organisations.methodVersion, revision: of.organisations.revision, attribution: [`${of.attribution.text}, ${of.attribution.licence}`] }}
            files={[
              { label: tn('list.organisations', of.organisationCount), what: 'organisations', filter, map: true },
              { label: t('take.claims'), what: 'claims', filter },
              { label: t('home.datasets'), what: 'datasets', filter },
            ]}
          />
        </div>
      </div>
    </>
  );
}

function Organisations({ of }: { of: Profile }): VNode {
  const [after, setAfter] = useState<string | undefined>(undefined);
  const asked = useQuery(StudyOrganisations, { slug: of.slug, first: PAGE, ...(after ? { after } : {}) });
  return (
    <section class="sec" aria-labelledby="list">
      <header>
        <h2 id="list">{tn('list.organisations', of.organisationCount)}</h2>
        <p><a href={href({ ...at({ screen: 'explore' }), filter: { chapter: [of.chapter] } })}>{t('publisher.openMap')}</a></p>
      </header>
      <OrganisationList id={of.slug} asked={asked} page={asked.data?.study?.organisations} onMore={setAfter} seen={SEEN} />
    </section>
  );
}

function bare(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}
