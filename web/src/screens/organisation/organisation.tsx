// One organisation: what it uses and how we know, what is not known, and who is like it.
import type { VNode } from 'preact';
import { at, type Address } from '../../address.ts';
import { addressOf } from '../../api.ts';
import { DOT, date, t, tn, tv } from '../../i18n.ts';
import { placeName } from '../../names.ts';
import { address, href, lang } from '../../navigate.ts';
import { OrganisationProfile, type OrganisationProfileData } from '../../queries/generated/organisation.ts';
import type { Missing } from '../../queries/generated/schema.ts';
import { useQuery } from '../../query.ts';
import { useChapters } from '../../record.ts';
import { sectorOf } from '../../sector.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { Headline, sizeOf, SourceTitle } from '../../widgets/headline.tsx';
import { lazy } from '../../widgets/lazy.tsx';
import { Grade, Miss } from '../../widgets/marks.tsx';
import { Moved } from '../../widgets/moved.tsx';
import { Await } from '../../widgets/states.tsx';
import { Stats, type Stat } from '../../widgets/stats.tsx';
import { TakeAway } from '../../widgets/takeaway.tsx';
import { Ways } from '../../widgets/ways.tsx';
import { NotFound } from '../missing/missing.tsx';
import { AtAGlance } from './glance.tsx';
import { Claims } from './claims.tsx';
import { Examples } from './examples.tsx';
import { Goals, Impacts, Society } from './impacts.tsx';
import { Names, Relations, Unknowns } from './more.tsx';
import { DataOfPeers, Peers } from './peers.tsx';
import { Place } from './place.tsx';
import '../../styles/page.css';
import '../../styles/organisation.css';

/** Comes in its own file: few records have any. */
const Observations = lazy(() => import('../../widgets/observations.tsx'));

/** Rows of claims that stand higher than what is beside them. */
const FEW = 12;

/** Own words longer than this are set as text rather than as a lede. */
const LONG = 240;

export type Profile = NonNullable<OrganisationProfileData['organisation']>;

export default function Organisation(): VNode {
  const { place } = address.value;
  const slug = place.screen === 'organisation' ? place.slug : '';
  const asked = useQuery(OrganisationProfile, { slug });
  return <Await asked={asked} rows={9} whole>{(data) => (data.organisation ? <Page of={data.organisation} data={data} /> : <NotFound />)}</Await>;
}

function Page({ of, data }: { of: Profile; data: OrganisationProfileData }): VNode {
  const headline = of.publishersUnspecified ? t('organisation.headlineNoBody', { name: of.name }) : of.publishersMissing ? t('organisation.headlineNone', { name: of.name, reason: t(`missing.${of.publishersMissing}`) }) : tn('organisation.headline', of.publishersUsed, { name: of.name });
  useTitle(headline);
  useChapters(of.chapters);
  const confirmed = of.publishers.filter((one) => one.confirmed).length;
  const words = of.summary ?? of.description;
  const more = of.summary && of.description && of.description.value !== of.summary.value ? of.description : undefined;
  const [response] = of.responses;
  const study = response?.wave.study;
  const explore: Address = at({ screen: 'explore' });
  // Beside few claims the facts that need no room of their own keep the columns even.
  const short = of.publisherClaimCount < FEW;
  const facts = (
    <>
      <Impacts of={of} options={data.dataImpacts?.codes ?? []} />
      <Society of={of} />
      <Goals of={of} />
      <Place of={of} />
    </>
  );
  return (
    <>
      <Moved to={{ screen: 'organisation', slug: of.slug }} />
      <Crumb steps={[{ text: t('crumb.organisations'), href: href(explore) }, { text: of.name, lang: of.nameLang }]} />
      <div class="hero">
        <p class="kicker">
          {[sectorOf(of), placeName(of), of.founded ? t('organisation.founded', { year: of.founded.slice(0, 4) }) : undefined].filter(Boolean).join(DOT)}
        </p>
        <h1 class={sizeOf(headline)}><Headline text={headline} name={of.name} lang={of.nameLang} /></h1>
        {words ? <p class={words.value.length > LONG ? 'lede long' : 'lede'} lang={words.lang}>{words.lang === 'es' ? `«${words.value}»` : `“${words.value}”`}</p> : null}
        {more ? <details class="own"><summary>{t('organisation.moreWords')}</summary><p lang={more.lang}>{more.value}</p></details> : null}
        {words || of.website ? (
          <p class="kicker">
            {words ? (response ? t('organisation.ownWords', { year: response.wave.opensOn.slice(0, 4) }) : t('organisation.words')) : ''}
            {words && of.website ? DOT : ''}
            {of.website ? <a href={of.website} rel="external nofollow noopener">{bare(of.website)}</a> : null}
          </p>
        ) : null}
      </div>
      <Ways of={[...(of.dataOfPeers.publisherCount + of.dataOfPeers.datasetCount > 0 ? [{ to: 'beyond', text: t('beyond.title') }] : []), ...(of.peers.length > 0 ? [{ to: 'peers', text: t('peers.title') }] : []), { to: 'take', text: t('take.title') }]} />
      <Stats
        items={[
          { label: t('organisation.publishersUsed'), ...(of.publishersUnspecified ? { value: undefined, mark: <span class="grade">{t('facet.unspecified')}</span> } : known(of.publishersUsed, of.publishersMissing)), note: median(study?.medianPublishersUsed) },
          { label: t('organisation.datasetsNamed'), ...known(of.datasetsUsed, of.datasetsMissing), note: median(study?.medianDatasetsUsed) },
          { label: t('organisation.bestEvidence'), value: undefined, mark: of.bestGrade ? <Grade of={of.bestGrade} word /> : <span class="grade">{t('organisation.noClaim')}</span> },
          ...(of.publishersMissing || of.publishersUnspecified ? [] : [{ label: t('organisation.confirmed'), value: confirmed, note: t('bars.of', { n: of.publishersUsed }) }]),
        ]}
      />
      <div class="split">
        <div>
          <Claims of={of} />
          <Examples of={of} />
          <DataOfPeers of={of} />
          <Observations of={{ organisation: of.slug }} />
          <Relations of={of} />
          <Names of={of} />
          {short ? <div class="boxes">{facts}</div> : null}
        </div>
        <div class="side">
          <AtAGlance of={of} />
          <Peers of={of} />
          {of.publisherClaimCount > 0 ? <p class="small"><a href={href({ ...explore, view: 'network', filter: { chapter: of.chapters }, look: { node: `organisation:${of.slug}` } })}>{t('organisation.network')}</a></p> : null}
          {short ? null : facts}
          <Unknowns of={of} />
          <TakeAway
            id={of.id}
            of={{ title: headline, date: data.meta.asOf, method: data.meta.methodVersion, revision: data.meta.revision, attribution: [`${of.attribution.text}, ${of.attribution.licence}`] }}
            files={[]}
            facts={addressOf(OrganisationProfile, { slug: of.slug }, lang.value)}
          />
          {of.isPublisher && of.publisher ? <p class="small"><a href={href(at({ screen: 'publisher', slug: of.publisher.slug }))}>{t('organisation.alsoPublishes')}</a></p> : null}
        </div>
      </div>
      <p class="small no-print way"><a href={`/desk/claims?about=${encodeURIComponent(`/organisations/${of.slug}`)}&lang=${lang.value}`} rel="nofollow" target="_self">{t('organisation.doubt')}</a></p>
      <p class="small no-print way"><a href={`/desk/takeover?of=${encodeURIComponent(`/organisations/${of.slug}`)}&lang=${lang.value}`} rel="nofollow" target="_self">{t('organisation.yours')}</a></p>
      <p class="plain-end tiny muted">
        {of.source ? <><SourceTitle of={of.source} text={t('organisation.source', { title: of.source.title })} />{of.source.publishedOn ? `, ${date(of.source.publishedOn)}` : ''}. </> : null}
        {of.attribution.text} ({of.attribution.licence}).{' '}
        {of.chapters.length > 0 ? t('organisation.chapters', { chapters: of.chapters.map((chapter) => tv('chapter', chapter)).join(', ') }) : ''}
      </p>
    </>
  );
}

/** A figure, or why there is none: that nobody was named is not that nobody is used. */
function known(value: number, missing: Missing | null): Pick<Stat, 'value' | 'mark'> {
  return missing ? { value: undefined, mark: <span class="grade"><Miss code={missing} /></span> } : { value };
}

/** The middle of the study beside an organisation's own number. */
function median(of: number | null | undefined): string | undefined {
  return of === null || of === undefined ? undefined : t('organisation.median', { n: of });
}

function bare(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}
