// One wave of a study: what was asked, what came back, and whom it reached.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { DOT, percent, t, tn, tv } from '../../i18n.ts';
import { address, href, lang } from '../../navigate.ts';
import { instrumentOf } from '../../names.ts';
import { WaveOrganisations, WavePage, type WavePageData } from '../../queries/generated/study.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { FigureLine } from '../../widgets/figure.tsx';
import { Headline, sizeOf } from '../../widgets/headline.tsx';
import { Goal, Miss } from '../../widgets/marks.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { countOf, wasPut } from '../../widgets/put.ts';
import { Questions } from '../../widgets/questions.tsx';
import { Await } from '../../widgets/states.tsx';
import { Stats } from '../../widgets/stats.tsx';
import { TakeAway } from '../../widgets/takeaway.tsx';
import { NotFound } from '../missing/missing.tsx';
import { Answered, days, Licence, Limits, TakePart } from '../study/parts.tsx';
import '../../styles/page.css';
import '../../styles/study.css';

type Profile = NonNullable<WavePageData['wave']>;
/** Enough to print them all in most cases; fewer are seen at first. */
const PAGE = 100;
const SEEN = 10;

export default function Wave(): VNode {
  const { place } = address.value;
  const asked = useQuery(WavePage, { slug: place.screen === 'wave' ? place.slug : '' });
  return <Await asked={asked} rows={9} whole>{(data) => (data.wave ? <Page of={data.wave} goals={new Map(data.scheme?.codes.map((one) => [one.code, one.label]))} /> : <NotFound />)}</Await>;
}

function Page({ of, goals }: { of: Profile; goals: Map<string, string> }): VNode {
  const headline = tn('wave.headline', of.organisationCount, { title: of.title });
  useTitle(headline);
  const { study, responseRate: rate } = of;
  const asked = of.questions.filter((one) => wasPut(one, of.asked));
  // Whoever has not agreed to be shown may have answered all the same.
  const hidden = rate.eligible - of.organisationCount;
  const filter = { wave: [of.slug] };
  return (
    <>
      <Crumb steps={[{ text: t('crumb.method'), href: href(at({ screen: 'method' })) }, { text: study.title, href: href(at({ screen: 'study', slug: study.slug })) }, { text: of.title }]} />
      <div class="hero">
        <p class="kicker">{t('wave.of')} <a href={href(at({ screen: 'study', slug: study.slug }))}>{study.title}</a>{DOT}{days(of)}</p>
        <h1 class={sizeOf(headline)}><Headline text={headline} name={of.title} /></h1>
        <p class="lede"><span class="muted">{t('wave.population')}:</span> {of.population}</p>
        {of.nominationPath ? <p><TakePart path={of.nominationPath} /></p> : null}
        <FigureLine of={{ ...of.organisations, waves: [of] }} title={headline} />
      </div>
      <Stats
        items={[
          { label: t('home.organisations'), value: of.organisationCount, note: hidden > 0 ? t('wave.ofEligible', { n: rate.eligible, hidden: tn('wave.hidden', hidden) }) : undefined },
          { label: t('wave.answered'), value: rate.unknown > 0 || rate.eligible === 0 ? undefined : percent(rate.answered / rate.eligible), ...(rate.unknown > 0 ? { mark: <span class="grade"><Miss code="DONT_KNOW" /></span> } : rate.eligible === 0 ? { mark: <span class="word cap">{t('wave.nobodyYet')}</span> } : { note: [t('publisher.nOf', { n: rate.answered, total: rate.eligible }), rate.pendingReview > 0 ? tn('wave.pending', rate.pendingReview) : ''].filter(Boolean).join(DOT) }) },
          { label: t('wave.asked'), value: asked.length, note: askedNote(asked, of.questions.length) },
          { label: t('wave.frame'), value: undefined, mark: <span class="word cap">{tv('frame', of.frame)}</span> },
        ]}
      />
      <div class="split">
        <div>
          <section class="sec" aria-labelledby="questions">
            <header><h2 id="questions">{t('wave.questions')}</h2><p>{t('method.coverageNote')}</p></header>
            {of.questions.some((one) => one.asked === 0 && countOf(one, 'SUPPRESSED') > 0) ? <p class="small muted">{t('wave.withheld')}</p> : null}
            <Questions rows={of.questions} put={of.asked} caption={t('wave.questionsCaption', { title: of.title })} />
          </section>
          <Limits of={study.limits} />
          <Organisations of={of} />
        </div>
        <div class="side">
          <section class="box" aria-labelledby="facts">
            <h2 id="facts">{t('glance.title')}</h2>
            <dl class="rows">
              <div><dt>{t('wave.days')}</dt><dd>{days(of)}</dd></div>
              <div><dt>{t('wave.frame')}</dt><dd><span class="cap">{tv('frame', of.frame)}</span></dd></div>
              <div><dt>{t('wave.instrument')}</dt><dd>{questionnaire(of.instrument)}</dd></div>
              <div><dt>{t('wave.state')}</dt><dd><span class="cap">{tv('waveState', of.state)}</span></dd></div>
              <div><dt>{t('wave.response')}</dt><dd>{rate.unknown > 0 ? <Miss code="DONT_KNOW" /> : <Answered of={rate} />}</dd></div>
              {rate.desk > 0 ? <div><dt>{t('wave.desk')}</dt><dd>{rate.desk}</dd></div> : null}
            </dl>
            <p class="small"><a href={`/waves/${of.slug}/impact?lang=${lang.value}`}>{t('wave.impact')}</a></p>
          </section>
          <Goals of={of} names={goals} />
          <Licence of={[study]} />
          {study.waves.length > 1 ? (
            <section class="box" aria-labelledby="others">
              <h2 id="others">{t('wave.others')}</h2>
              <ul class="rows">{study.waves.filter((one) => one.slug !== of.slug).map((one) => <li key={one.slug}><a href={href(at({ screen: 'wave', slug: one.slug }))}>{one.title}</a></li>)}</ul>
              <p class="tiny muted">{t('wave.othersNote')}</p>
            </section>
          ) : null}
          <TakeAway
            id={of.id}
            of={{ title: headline, date: of.organisations.asOf, method: of.organisations.methodVersion, revision: of.organisations.revision, attribution: [`${study.attribution.text}, ${study.attribution.licence}`] }}
            files={[{ label: tn('list.organisations', of.organisationCount), what: 'organisations', filter, map: true }, { label: t('take.claims'), what: 'claims', filter }]}
          />
        </div>
      </div>
    </>
  );
}

/** That a question was asked does not say that everybody was asked it. */
function askedNote(asked: Profile['questions'], all: number): string {
  const isPartial = asked.some((one) => one.missing.some((gap) => gap.code === 'NOT_ASKED' && gap.count > 0));
  return [asked.length < all ? t('bars.of', { n: all }) : '', isPartial ? t('wave.askedNotAll') : ''].filter(Boolean).join('; ');
}

function Goals({ of, names }: { of: Profile; names: Map<string, string> }): VNode {
  const direct = of.asked.includes('SDG');
  return (
    <section class="box" aria-labelledby="goals">
      <h2 id="goals">{t('wave.goals')}</h2>
      <p class="tiny muted">{of.askedGoals.length === 0 ? t('wave.goalsNone') : direct ? t('wave.goalsDirect') : t('wave.goalsInferred')}</p>
      <ul class="goalchips" aria-labelledby="goals">
        {of.askedGoals.map(String).map((goal) => <li key={goal}><a href={href(at({ screen: 'sdg', code: goal }))}><Goal number={goal} name={names.get(goal) ?? t('sdg.goal', { number: goal })} /></a></li>)}
      </ul>
    </section>
  );
}

/** The questionnaire in words. */
function questionnaire(word: string): string {
  const { name, version } = instrumentOf(word);
  const words = tv('instrument', name);
  return version === undefined ? words : t('instrument.version', { name: words, version });
}

function Organisations({ of }: { of: Profile }): VNode {
  const [after, setAfter] = useState<string | undefined>(undefined);
  const asked = useQuery(WaveOrganisations, { slug: of.slug, first: PAGE, ...(after ? { after } : {}) });
  return (
    <section class="sec" aria-labelledby="list">
      <header>
        <h2 id="list">{tn('list.organisations', of.organisationCount)}</h2>
        <p><a href={href({ ...at({ screen: 'explore' }), filter: { wave: [of.slug] } })}>{t('publisher.openMap')}</a></p>
      </header>
      <OrganisationList id={of.slug} asked={asked} page={asked.data?.wave?.organisations} onMore={setAfter} seen={SEEN} />
    </section>
  );
}
