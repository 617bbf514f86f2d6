// Facts about the organisation itself; where one is missing, its place says why. On demand each fact
// stands beside its source, date and grade.
import type { ComponentChildren, VNode } from 'preact';
import { at } from '../../address.ts';
import { band, date, list, t, tv } from '../../i18n.ts';
import { placeName, sectorName, statedPlace } from '../../names.ts';
import { href } from '../../navigate.ts';
import type { Attribute, Missing } from '../../queries/generated/schema.ts';
import { SourceTitle } from '../../widgets/headline.tsx';
import { Dot, Grade, Miss } from '../../widgets/marks.tsx';
import type { Profile } from './organisation.tsx';

interface Fact {
  label: string;
  value: ComponentChildren;
  /** The round of questions that it was said in, where that is recorded of this fact. */
  wave?: string | undefined;
}

export function AtAGlance({ of }: { of: Profile }): VNode {
  const facts = factsOf(of);
  const { source } = of;
  return (
    <section class="box" aria-labelledby="glance">
      <h2 id="glance">{t('glance.title')}</h2>
      <dl class="rows">{facts.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      {source ? (
        <>
          <p class="tiny muted sourced"><SourceTitle of={source} text={t('glance.from', { title: source.title })} />{source.publishedOn ? `, ${date(source.publishedOn)}` : ''} <Grade of={source.grade} word /></p>
          <details class="on-paper">
            <summary>{t('glance.each')}</summary>
            <table class="tw">
              <caption class="vh">{t('glance.each')}</caption>
              <thead><tr><th scope="col">{t('glance.fact')}</th><th scope="col">{t('glance.source')}</th><th scope="col">{t('glance.grade')}</th></tr></thead>
              <tbody>
                {facts.map(({ label, wave }) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    <td class="tx">{wave ?? <SourceTitle of={source} />}{source.publishedOn ? <span class="muted">, {date(source.publishedOn)}</span> : null}</td>
                    <td class="tx"><Grade of={source.grade} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      ) : <p class="tiny muted sourced">{t('glance.unsourced')}</p>}
    </section>
  );
}

function factsOf(of: Profile): Fact[] {
  const gap = (attribute: Attribute): Missing => of.missing.find((one) => one.attribute === attribute)?.code ?? 'DONT_KNOW';
  const coded = (role: string): { text: string; wave: string | undefined }[] =>
    of.codes.filter((one) => one.role === role).flatMap((one) => (one.code?.label ?? one.text ? [{ text: one.code?.label ?? one.text ?? '', wave: one.wave?.title }] : []));
  const sector = sectorName(of);
  const stated = statedPlace(of);
  const earns = coded('REVENUE_SOURCE');
  const sources = of.answers.find((one) => one.question === 'source_count');
  // What a later wave found is a value of the indicator, and stands before the words of an import.
  const counted = of.observations.filter((one) => one.indicator.key === 'source_count_band' && one.low !== null).sort((a, b) => b.period.localeCompare(a.period))[0];
  const count = counted ? `${counted.low}${counted.high === null ? '+' : `-${counted.high}`}` : sources?.value;
  const facts: Fact[] = [
    { label: t('glance.sector'), value: sector && of.sector ? <a href={href(at({ screen: 'sector', code: of.sector.code }))}><Dot of={of.family} /> {sector}</a> : sector ?? <Miss code={of.sectorMissing ?? gap('SECTOR')} />, wave: coded('REUSE_SECTOR_PRIMARY')[0]?.wave },
    { label: t('glance.place'), value: of.area ? <><a href={href(at({ screen: 'area', code: of.area.code }))}>{of.area.name}</a>{stated ? <span class="tiny muted"><br />{t('glance.stated', { place: stated })}</span> : null}</> : placeName(of) ?? <Miss code={gap('AREA')} /> },
    { label: t('glance.founded'), value: of.founded?.slice(0, 4) ?? <Miss code={gap('FOUNDED')} /> },
    { label: t('glance.size'), value: (of.sizeBand && band(of.sizeBand)) ?? <Miss code={of.sizeMissing ?? gap('SIZE')} /> },
    // The record has a word for the kind also where no kind was given.
    { label: t('glance.kind'), value: of.missing.some((one) => one.attribute === 'KIND') ? <Miss code={gap('KIND')} /> : of.ownership === 'UNKNOWN' ? of.kindLabel : `${of.kindLabel}, ${tv('ownership', of.ownership)}` },
    { label: t('glance.sellsTo'), value: of.businessModels.length > 0 ? <span class="cap">{list(of.businessModels.map((model) => tv('model', model)))}</span> : <Miss code={gap('BUSINESS_MODEL')} /> },
    { label: t('glance.earns'), value: earns.length > 0 ? list(earns.map((one) => one.text)) : <Miss code={gap('REVENUE_SOURCE')} />, wave: earns[0]?.wave },
    { label: t('glance.sources'), value: count ? t('glance.ownCount', { n: band(count) }) : <Miss code={sources?.missing ?? gap('SOURCE_COUNT')} />, wave: counted ? counted.period : sources?.wave.title },
  ];
  if (of.useTypes.length > 0) facts.push({ label: t('attribute.USE_TYPE'), value: <span class="cap">{list(of.useTypes.map((one) => tv('useType', one)))}</span> });
  if (of.dependence !== 'UNKNOWN') facts.push({ label: t('glance.dependence'), value: tv('dependence', of.dependence) });
  if (of.status !== 'UNKNOWN') facts.push({ label: t('glance.status'), value: tv('status', of.status) });
  for (const one of of.identifiers.filter((id) => id.scheme !== 'DOMAIN')) {
    facts.push({ label: tv('identifier', one.scheme), value: one.url ? <a href={one.url} rel="external nofollow noopener">{one.value}</a> : one.value });
  }
  return facts;
}
