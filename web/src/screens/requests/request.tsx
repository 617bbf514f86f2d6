// One request: what is asked for, what the publisher says and by when, and who needs it too.
import type { VNode } from 'preact';
import { at, boarded } from '../../address.ts';
import { addressOf } from '../../api.ts';
import { alike, date, t, tn, tv } from '../../i18n.ts';
import { address, href, lang } from '../../navigate.ts';
import { RequestPage, type RequestPageData } from '../../queries/generated/request.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { demandParts, FigureLine } from '../../widgets/figure.tsx';
import { Moved } from '../../widgets/moved.tsx';
import { Standing } from '../../widgets/requests.tsx';
import { Await, Empty } from '../../widgets/states.tsx';
import { Stats } from '../../widgets/stats.tsx';
import { TakeAway } from '../../widgets/takeaway.tsx';
import { NotFound } from '../missing/missing.tsx';
import '../../styles/page.css';
import '../../styles/requests.css';

/** Parts of the conditions of demand that count. */
const COUNTS = 3;

type One = NonNullable<RequestPageData['request']>;

export default function Request(): VNode {
  const { place } = address.value;
  const slug = place.screen === 'request' ? place.slug : '';
  const asked = useQuery(RequestPage, { slug });
  return <Await asked={asked} rows={9} whole>{(data) => (data.request ? <Page of={data.request} demand={data.demand} /> : <NotFound />)}</Await>;
}

function Page({ of, demand }: { of: One; demand: RequestPageData['demand'] }): VNode {
  useTitle(of.title);
  const { support } = of;
  const heat = alike([of.heat, of.businessHeat]);
  // The conditions are those of the whole board; what is counted here are the organisations that ask for this.
  const figure = { ...demand, n: support.organisationCount, waves: [] };
  const asking = tn('requests.asking', support.organisationCount, { title: of.title });
  // How many ask for this one takes the place of how many requests and supports there are.
  const asked = tn('requests.nOrganisations', support.organisationCount);
  const parts = [support.personCount > 0 ? `${asked} ${tn('requests.andPersons', support.personCount)}` : asked, ...demandParts({ ...figure, requestCount: 1, organisationSupportCount: 0, personSupportCount: 0 }).slice(COUNTS)];
  const settled = ['PUBLISHED', 'DUPLICATE', 'WITHDRAWN', 'NOT_GOVERNMENT_DATA'].includes(of.status);
  return (
    <>
      <Moved to={{ screen: 'request', slug: of.slug }} />
      <Crumb steps={[{ text: t('nav.requests'), href: href(at({ screen: 'requests' })) }, { text: of.title, lang: of.titleLang }]} />
      <div class="hero list">
        <p class="kicker">{of.publisher ? <a href={href(at({ screen: 'publisher', slug: of.publisher.slug }))} lang={of.publisher.nameLang}>{of.publisher.name}</a> : t('requests.noPublisher')}</p>
        <h1 lang={of.titleLang}>{of.title}</h1>
        <p class="stand"><Standing of={of} /></p>
        {of.description ? <p class="lede long" lang={of.titleLang}>{of.description}</p> : null}
        <FigureLine of={figure} title={asking} parts={parts} />
      </div>
      <Stats
        items={[
          { label: t('requests.column.organisations'), value: support.organisationCount },
          { label: t('requests.persons'), value: support.personCount },
          { label: t('requests.blocked'), value: support.blockedCount },
          { label: t('requests.column.heat'), value: heat(of.heat), note: heat(of.businessHeat) === heat(of.heat) ? undefined : t('requests.ofBusiness', { n: heat(of.businessHeat) }) },
        ]}
      />
      <div class="split">
        <div>
          <Answer of={of} />
          <Who of={of} />
          {settled ? null : (
            <section class="sec no-print" aria-labelledby="too">
              <header><h2 id="too">{t('requests.too')}</h2><p>{t('requests.supportNote')}</p></header>
              <p><a class="btn main" href={`/requests/${encodeURIComponent(of.slug)}/support?lang=${lang.value}`} target="_self" rel="nofollow">{t('requests.support')}</a></p>
            </section>
          )}
        </div>
        <div class="side">
          <Timeline of={of} today={demand.asOf} />
          <Facts of={of} />
          <TakeAway
            id={of.id}
            of={{ title: of.title, date: demand.asOf, method: demand.methodVersion, revision: demand.revision, attribution: of.study ? [`${of.study.attribution.text}, ${of.study.attribution.licence}`] : [] }}
            files={[]}
            facts={addressOf(RequestPage, { slug: of.slug }, lang.value)}
          />
        </div>
      </div>
    </>
  );
}

function Answer({ of }: { of: One }): VNode {
  return (
    <section class="sec" aria-labelledby="answer">
      <header><h2 id="answer">{t('requests.answerTitle')}</h2>{of.answeredOn ? <p>{date(of.answeredOn)}</p> : null}</header>
      {of.answer ? <p class="answer" lang={of.answerLang ?? undefined}>{of.answer}</p> : <p class="muted">{t('requests.noAnswer')}</p>}
      {of.legalBasis ? <p class="small"><b>{t('requests.legalBasis')}:</b> <span lang={of.answerLang ?? undefined}>{of.legalBasis}</span></p> : null}
      {of.duplicateOf ? <p>{t('requests.sameAs')} <a href={href(at({ screen: 'request', slug: of.duplicateOf.slug }))} lang={of.duplicateOf.titleLang}>{of.duplicateOf.title}</a></p> : null}
      {of.datasets.length > 0 ? (
        <>
          <h3>{t('requests.ledTo')}</h3>
          <ul class="rows">{of.datasets.map((one) => <li key={one.slug}><a href={href(at({ screen: 'dataset', slug: one.slug }))} lang={one.titleLang}>{one.title}</a></li>)}</ul>
        </>
      ) : null}
    </section>
  );
}

function Who({ of }: { of: One }): VNode {
  const { organisations } = of.named;
  const unnamed = Math.max(0, of.support.organisationCount - organisations.length);
  return (
    <section class="sec" aria-labelledby="who">
      <header><h2 id="who">{t('requests.who')}</h2><p>{t('requests.personsNote')}</p></header>
      {organisations.length === 0 ? <Empty title={t('requests.noneNamed')} /> : (
        <ul class="rows">
          {organisations.map((one) => {
            const place = one.isPublisher && one.publishersUsed === 0 ? 'publisher' : 'organisation';
            return <li key={one.slug}><a href={href(at({ screen: place, slug: one.slug }))} lang={one.nameLang}>{one.name}</a></li>;
          })}
        </ul>
      )}
      {unnamed > 0 && organisations.length > 0 ? <p class="after">{tn('requests.unnamed', unnamed)}</p> : null}
    </section>
  );
}

function Timeline({ of, today }: { of: One; today: string }): VNode {
  // What has been answered is not due any more.
  const due = of.answeredOn && of.dueOn && of.dueOn > today ? null : of.dueOn;
  const steps: [string, string | null][] = [['SUBMITTED', of.submittedOn], ['FORWARDED', of.forwardedOn], ['DUE', due], ['ANSWERED', of.answeredOn], ['PLANNED', of.plannedOn], ['PUBLISHED', of.publishedOn]];
  const known = steps.flatMap(([step, on]) => (on ? [{ step, on }] : [])).sort((a, b) => a.on.localeCompare(b.on));
  return (
    <section class="box" aria-labelledby="timeline">
      <h2 id="timeline">{t('requests.timeline')}</h2>
      <ol class="line">
        {known.map(({ step, on }) => <li key={step} class={step === 'DUE' && of.isOverdue ? 'late' : undefined}><time class="when" dateTime={on}>{date(on)}</time><span>{tv('requests.step', step === 'DUE' && on < today ? 'WAS_DUE' : step)}</span></li>)}
      </ol>
    </section>
  );
}

function Facts({ of }: { of: One }): VNode {
  const rows: [string, string, string | undefined][] = [[t('requests.blocking'), tv('requests.need', of.blocking), undefined]];
  for (const [label, value] of [[t('requests.purpose'), of.purpose], [t('requests.frequency'), of.frequency], [t('requests.format'), of.format]] as const) if (value) rows.push([label, value, of.titleLang]);
  return (
    <section class="box" aria-labelledby="facts">
      <h2 id="facts">{t('glance.title')}</h2>
      <dl class="rows stacked">
        {rows.map(([label, value, language]) => <div key={label}><dt>{label}</dt><dd lang={language}>{value}</dd></div>)}
        {of.themes.length > 0 ? <div><dt>{t('requests.theme')}</dt><dd>{of.themes.map((one, index) => <>{index > 0 ? ', ' : ''}<a href={href(boarded(at({ screen: 'requests' }), 'theme', one.code))}>{one.label}</a></>)}</dd></div> : null}
        {of.study ? <div><dt>{t('requests.study')}</dt><dd><a href={href(at({ screen: 'study', slug: of.study.slug }))}>{of.study.title}</a>. {of.study.attribution.text}, <a href={of.study.attribution.url} rel="license">{of.study.attribution.licence}</a></dd></div> : null}
      </dl>
      <p class="tiny muted">{t('requests.heatNote')}</p>
    </section>
  );
}
