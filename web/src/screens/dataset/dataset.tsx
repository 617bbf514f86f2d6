// One dataset: who uses it, what is recorded about it, and whether it is on time.
import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { family } from '../../families.ts';
import { date, every, t, tn, tv } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href } from '../../navigate.ts';
import { DatasetProfile, DatasetUsers, type DatasetProfileData } from '../../queries/generated/dataset.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Crumb } from '../../widgets/crumb.tsx';
import { FigureLine } from '../../widgets/figure.tsx';
import { Miss } from '../../widgets/marks.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { Await, Empty } from '../../widgets/states.tsx';
import { NotFound } from '../missing/missing.tsx';
import { Headline } from '../organisation/organisation.tsx';
import '../../styles/page.css';

type Profile = NonNullable<DatasetProfileData['dataset']>;

export default function Dataset(): VNode {
  const { place } = address.value;
  const asked = useQuery(DatasetProfile, { slug: place.screen === 'dataset' ? place.slug : '' });
  return <Await asked={asked} rows={9}>{(data) => (data.dataset ? <Page of={data.dataset} /> : <NotFound />)}</Await>;
}

function Page({ of }: { of: Profile }): VNode {
  const headline = tn('dataset.headline', of.userCount, { name: of.title });
  useTitle(headline);
  return (
    <>
      <Crumb
        steps={[
          { text: t('crumb.datasets'), href: href(at({ screen: 'datasets' })) },
          { text: short(of.publisher), lang: of.publisher.nameLang, href: href(at({ screen: 'publisher', slug: of.publisher.slug })) },
          { text: of.title, lang: of.titleLang },
        ]}
      />
      <div class="hero">
        <p class="kicker"><span lang={of.publisher.nameLang}>{of.publisher.name}</span>{of.isSeries ? ` · ${t('dataset.series')}` : ''}{of.edition ? ` · ${t('dataset.edition', { edition: of.edition })}` : ''}</p>
        <h1><Headline text={headline} name={of.title} lang={of.titleLang} /></h1>
        {of.description ? <p class="lede" lang={of.description.lang}>{of.description.value}</p> : null}
        {of.risk?.overdueDays ? <p class="kicker">{tn('dataset.late', of.risk.overdueDays)}</p> : null}
      </div>
      <div class="split">
        <div>
          <Sectors of={of} />
          <Quotes of={of} />
          <Users of={of} />
        </div>
        <div class="side"><Facts of={of} /><Editions of={of} /></div>
      </div>
      <div class="plain-end"><FigureLine of={of.users} title={headline} /></div>
    </>
  );
}

function Sectors({ of }: { of: Profile }): VNode {
  return (
    <section class="sec" aria-labelledby="who">
      <header><h2 id="who">{t('publisher.who')}</h2><p>{t('dataset.whoNote')}</p></header>
      {of.userCount === 0 ? <Empty title={t('dataset.noUser')}>{t('dataset.noUserHint')}</Empty> : (
        <Bars
          rows={of.sectors.rows.map((row) => ({ key: row.value, label: row.label, text: row.label, value: row.count, family: row.missing ? 'none' : family(row.family) }))}
          caption={t('publisher.whoCaption', { name: of.title })}
          columns={{ label: t('publisher.sector'), value: t('publisher.users') }}
        />
      )}
    </section>
  );
}

/** What users say they do with it, where they say so. */
function Quotes({ of }: { of: Profile }): VNode | null {
  const quotes = of.claims.nodes.filter((claim) => claim.purpose);
  if (quotes.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="purpose">
      <header><h2 id="purpose">{t('dataset.purposes')}</h2></header>
      <dl class="rows">
        {quotes.map((claim) => (
          <div key={claim.id}>
            <dt><a href={href(at({ screen: 'organisation', slug: claim.organisation.slug }))} lang={claim.organisation.nameLang}>{claim.organisation.name}</a></dt>
            <dd lang={claim.purpose?.lang}>{claim.purpose?.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const PAGE = 20;

function Users({ of }: { of: Profile }): VNode | null {
  const [after, setAfter] = useState<string | undefined>(undefined);
  const asked = useQuery(DatasetUsers, of.userCount > 0 ? { slug: of.slug, first: PAGE, ...(after ? { after } : {}) } : null);
  if (of.userCount === 0) return null;
  return (
    <section class="sec" aria-labelledby="users">
      <header>
        <h2 id="users">{tn('list.organisations', of.userCount)}</h2>
        <p><a href={href({ ...at({ screen: 'explore' }), filter: { dataset: [of.slug] } })}>{t('publisher.openMap')}</a></p>
      </header>
      <OrganisationList id={of.slug} asked={asked} page={asked.data?.dataset?.users} onMore={setAfter} />
    </section>
  );
}

function Facts({ of }: { of: Profile }): VNode {
  const unknown = <Miss code="DONT_KNOW" />;
  const rows: [string, ComponentChildren][] = [
    [t('dataset.status'), of.status === 'UNKNOWN' ? unknown : tv('datasetStatus', of.status)],
    [t('dataset.access'), of.access === 'UNKNOWN' ? unknown : tv('access', of.access)],
    [t('dataset.licence'), of.licence ?? unknown],
    [t('dataset.frequency'), of.frequency ? every(of.frequency) : unknown],
    [t('dataset.issued'), of.issuedOn ? date(of.issuedOn) : unknown],
    [t('dataset.modified'), of.modifiedOn ? date(of.modifiedOn) : unknown],
    ...of.designations.map((one): [string, ComponentChildren] => [tv('designation', one.kind), one.by]),
  ];
  return (
    <section class="box" aria-labelledby="facts">
      <h2 id="facts">{t('glance.title')}</h2>
      <dl class="rows">{rows.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      {of.themes.length > 0 ? <p class="tiny muted">{t('dataset.themes', { themes: of.themes.map((theme) => theme.label).join(', ') })}</p> : null}
      {of.landingPage ? <p class="small"><a href={of.landingPage} rel="external nofollow noopener">{t('dataset.landing')}</a></p> : null}
    </section>
  );
}

function Editions({ of }: { of: Profile }): VNode | null {
  const others = of.editions;
  if (others.length === 0 && !of.series) return null;
  return (
    <section class="box" aria-labelledby="editions">
      <h2 id="editions">{t('dataset.editions')}</h2>
      <ul class="rows">
        {of.series ? <li><a href={href(at({ screen: 'dataset', slug: of.series.slug }))} lang={of.series.titleLang}>{of.series.title}</a></li> : null}
        {others.map((one) => <li key={one.slug}><a href={href(at({ screen: 'dataset', slug: one.slug }))} lang={one.titleLang}>{one.edition ?? one.title}</a><b>{one.userCount}</b></li>)}
      </ul>
    </section>
  );
}
