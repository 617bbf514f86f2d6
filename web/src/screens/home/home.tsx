// Home: one question, and three doors that each answer it for somebody. Studies are never added up: where
// several are loaded, the address says which one speaks.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { areaCounts, points, symbols } from '../../columns.ts';
import { t, tn } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { Home as HomeQuery, type HomeData } from '../../queries/generated/home.ts';
import { Record as RecordQuery } from '../../queries/generated/record.ts';
import { useQuery } from '../../query.ts';
import type { Meta } from '../../record.ts';
import { useTitle } from '../../title.ts';
import { FigureLine } from '../../widgets/figure.tsx';
import { countryOf, inside, Outline, type Spot } from '../../widgets/outline.tsx';
import { Await } from '../../widgets/states.tsx';
import { chosenOf, inOrder, StudySwitch, type Choice, type Scope } from '../../widgets/study.tsx';
import { Entrepreneur, Ministry, Researcher } from './doors.tsx';
import { EmptyRecord } from '../../widgets/empty-record.tsx';
import { Stats } from '../../widgets/stats.tsx';
import '../../styles/page.css';
import '../../styles/home.css';

type Chapter = Meta['chapters'][number];

export default function Home(): VNode {
  const record = useQuery(RecordQuery, {});
  useTitle(t('home.question'));
  return <Await asked={record} rows={9} whole>{(data) => <Study chapters={inOrder(data.meta.chapters.filter((one) => one.organisationCount > 0))} />}</Await>;
}

function Study({ chapters }: { chapters: Chapter[] }): VNode {
  const chosen = chosenOf(chapters);
  const filter = chosen ? { chapter: [chosen.code] } : {};
  const asked = useQuery(HomeQuery, { filter, d: { ...filter, grade: ['D'] }, c: { ...filter, grade: ['C'] }, ab: { ...filter, grade: ['A', 'B'] } });
  const scope = chapters.length > 1 ? filter : {};
  return <Await asked={asked} rows={9} whole>{(data) => (chosen ? <Doors data={data} chapters={chapters} chosen={chosen} scope={scope} /> : <EmptyRecord />)}</Await>;
}

function Doors({ data, chapters, chosen, scope }: { data: HomeData; chapters: Chapter[]; chosen: Chapter; scope: Scope }): VNode {
  const { organisations, publishers } = data;
  const total = organisations.totalCount;
  return (
    <>
      <div class="hero homehero">
        <div>
          <h1>{t('home.question')}</h1>
          <p class="lede">{tn('home.lede', total, { study: chosen.study.title })}</p>
          {chapters.length > 1 ? <StudySwitch studies={chapters.map(choice)} chosen={choice(chosen)} /> : null}
        </div>
        <Peek data={data} total={total} scope={scope} />
      </div>
      <div class="doors">
        <Ministry data={data} scope={scope} />
        <Researcher data={data} total={total} scope={scope} />
        <Entrepreneur data={data} scope={scope} />
      </div>
      <Stats
        items={[
          { label: t('home.organisations'), value: total },
          { label: t('home.publishers'), value: publishers.totalCount },
          { label: t('home.datasets'), value: data.datasets.totalCount },
          { label: t('home.links'), value: data.concentration.links },
        ]}
      />
      <div class="homefig">
        <FigureLine of={organisations} title={t('home.question')} cover={t('home.coverage', { answered: data.publisherNamed.coverage.answered, asked: data.publisherNamed.coverage.asked })} />
      </div>
    </>
  );
}

function choice({ code, study, organisationCount }: Chapter): Choice {
  return { code, title: study.title, count: organisationCount };
}

/** A look at the map; the map itself is one click away. */
function Peek({ data, total, scope }: { data: HomeData; total: number; scope: Scope }): VNode | null {
  const counts = areaCounts(data.mapPoints.areas);
  const country = countryOf(counts);
  if (!country) return null;
  const spots: Spot[] = [
    ...symbols(data.mapPoints.symbols).filter((one) => one.area === '' || one.area.startsWith(country)),
    ...points(data.mapPoints.points).map((point) => ({ lon: point.lon, lat: point.lat, count: 1 })),
  ];
  return (
    <div>
      <a class="peek" href={href({ ...at({ screen: 'explore' }), filter: scope })} aria-label={tn('home.openMap', total)}>
        <Outline country={country} counts={counts} spots={inside(country, spots)} />
      </a>
      {spots.some((one) => one.count > 1) ? <p class="tiny muted">{t('map.areaTrue')}</p> : null}
    </div>
  );
}
