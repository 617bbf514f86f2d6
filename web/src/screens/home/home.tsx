// Home: one question, and three doors that each answer it for somebody.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { areaCounts, points, symbols } from '../../columns.ts';
import { list, t, tn } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { Home as HomeQuery, type HomeData } from '../../queries/generated/home.ts';
import { useQuery } from '../../query.ts';
import { meta } from '../../record.ts';
import { useTitle } from '../../title.ts';
import { FigureLine } from '../../widgets/figure.tsx';
import { countryOf, Outline, type Spot } from '../../widgets/outline.tsx';
import { Await } from '../../widgets/states.tsx';
import { Entrepreneur, Ministry, Researcher } from './doors.tsx';
import { EmptyRecord } from './empty.tsx';
import { Stats } from '../../widgets/stats.tsx';
import '../../styles/page.css';
import '../../styles/home.css';

export default function Home(): VNode {
  const asked = useQuery(HomeQuery, {});
  useTitle(t('home.question'));
  return <Await asked={asked} rows={9} whole>{(data) => (data.organisations.totalCount === 0 ? <EmptyRecord /> : <Doors data={data} />)}</Await>;
}

function Doors({ data }: { data: HomeData }): VNode {
  const { organisations, publishers } = data;
  const total = organisations.totalCount;
  const studies = (meta.value?.chapters ?? []).map((chapter) => chapter.study.title);
  return (
    <>
      <div class="hero homehero">
        <div>
          <h1>{t('home.question')}</h1>
          <p class="lede">{tn('home.lede', total)} {studies.length > 0 ? t('home.from', { studies: list(studies) }) : ''}</p>
        </div>
        <Peek data={data} total={total} />
      </div>
      <div class="doors">
        <Ministry data={data} />
        <Researcher data={data} total={total} />
        <Entrepreneur data={data} />
      </div>
      <Stats
        items={[
          { label: t('home.organisations'), value: total },
          { label: t('home.publishers'), value: publishers.totalCount },
          { label: t('home.datasets'), value: meta.value?.datasetCount },
          { label: t('home.links'), value: data.concentration.links },
        ]}
      />
      <div class="homefig">
        <FigureLine of={organisations} title={t('home.question')} cover={t('home.coverage', { answered: data.publisherNamed.coverage.answered, asked: data.publisherNamed.coverage.asked })} />
      </div>
    </>
  );
}

/** A look at the map; the map itself is one click away. */
function Peek({ data, total }: { data: HomeData; total: number }): VNode | null {
  const counts = areaCounts(data.mapPoints.areas);
  const country = countryOf(counts);
  if (!country) return null;
  const spots: Spot[] = [
    ...symbols(data.mapPoints.symbols),
    ...points(data.mapPoints.points).map((point) => ({ lon: point.lon, lat: point.lat, count: 1 })),
  ];
  return (
    <a class="peek" href={href(at({ screen: 'explore' }))} aria-label={tn('home.openMap', total)}>
      <Outline country={country} counts={counts} spots={spots} />
    </a>
  );
}

