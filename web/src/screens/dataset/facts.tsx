// What is recorded of a dataset itself, with its source; and the editions it has or is one of.
import type { ComponentChildren, VNode } from 'preact';
import { at, studiesOf } from '../../address.ts';
import { date, every, t, tn, tv } from '../../i18n.ts';
import { address, href } from '../../navigate.ts';
import { SourceTitle } from '../../widgets/headline.tsx';
import { Grade, Miss } from '../../widgets/marks.tsx';
import type { Profile } from './dataset.tsx';

export function Facts({ of }: { of: Profile }): VNode {
  const unknown = <Miss code="DONT_KNOW" />;
  const { source } = of;
  const rows: [string, ComponentChildren][] = [
    [t('dataset.status'), of.status === 'UNKNOWN' ? unknown : tv('datasetStatus', of.status)],
    [t('dataset.access'), of.access === 'UNKNOWN' ? unknown : tv('access', of.access)],
    [t('dataset.licence'), of.licence ?? unknown],
    [t('dataset.frequency'), of.frequency && of.frequency !== 'unknown' ? every(of.frequency) : unknown],
    [t('dataset.issued'), of.issuedOn ? date(of.issuedOn) : unknown],
    [t('dataset.modified'), of.modifiedOn ? date(of.modifiedOn) : unknown],
    ...of.designations.map((one): [string, ComponentChildren] => [tv('designation', one.kind), one.by]),
    ...of.identifiers.filter((one) => one.scheme !== 'sample' && one.scheme !== 'od500' && one.value !== of.landingPage).map((one): [string, ComponentChildren] => [tv('datasetId', one.scheme), one.url ? <a href={one.url} rel="external nofollow noopener">{bare(one.url)}</a> : one.value]),
  ];
  return (
    <section class="box" aria-labelledby="facts">
      <h2 id="facts">{t('glance.title')}</h2>
      <dl class="rows">{rows.map(([label, value], index) => <div key={`${label}${index}`}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      {of.themes.length > 0 ? <p class="tiny muted">{t('dataset.themes', { themes: of.themes.map((theme) => theme.label).join(', ') })}</p> : null}
      {of.distributions.length > 0 ? (
        <>
          <h3>{t('dataset.files')}</h3>
          <ul class="rows">{of.distributions.map((one) => <li key={one.url}><a href={one.url} rel="external nofollow noopener">{one.format ?? bare(one.url)}</a><span class="tiny muted">{tv('httpState', one.httpState)}</span></li>)}</ul>
        </>
      ) : null}
      {of.landingPage ? <p class="small"><a href={of.landingPage} rel="external nofollow noopener">{t('dataset.landing')}</a></p> : null}
      {source ? <p class="tiny muted sourced"><SourceTitle of={source} text={t('glance.from', { title: source.title })} />{source.publishedOn ? `, ${date(source.publishedOn)}` : ''} <Grade of={source.grade} word /></p> : <p class="tiny muted sourced">{t(of.status === 'UNKNOWN' ? 'dataset.namedOnly' : 'glance.unsourced')}</p>}
    </section>
  );
}

export function Editions({ of }: { of: Profile }): VNode | null {
  const others = of.editions;
  if (others.length === 0 && !of.series) return null;
  return (
    <section class="box" aria-labelledby="editions">
      <h2 id="editions">{of.series ? t('dataset.editionOf') : t('dataset.editions')}</h2>
      <ul class="rows">
        {of.series ? (
          <li>
            <a href={href({ ...at({ screen: 'dataset', slug: of.series.slug }), filter: studiesOf(address.value) })} lang={of.series.titleLang}>{of.series.title}</a>
            {of.seriesDecision === 'PROPOSED' ? <span class="chip">{t('relations.proposed')}</span> : null}
          </li>
        ) : null}
        {others.map((one) => <li key={one.slug}><a href={href({ ...at({ screen: 'dataset', slug: one.slug }), filter: studiesOf(address.value) })} lang={one.titleLang}>{one.edition ?? one.title}</a><span>{tn('list.organisations', one.userCount)}</span></li>)}
      </ul>
      {of.seriesDecision === 'PROPOSED' ? <p class="tiny muted">{t('dataset.proposedNote')}</p> : null}
    </section>
  );
}

function bare(url: string): string {
  const short = url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
  return short.length > 40 ? `${short.slice(0, 39)}…` : short;
}
