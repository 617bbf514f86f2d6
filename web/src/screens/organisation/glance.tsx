// Facts about the organisation itself; where one is missing, its place says why.
import type { ComponentChildren, VNode } from 'preact';
import { at } from '../../address.ts';
import { band, list, t, tv } from '../../i18n.ts';
import { placeName, sectorName } from '../../names.ts';
import { href } from '../../navigate.ts';
import type { Attribute, Missing } from '../../queries/generated/schema.ts';
import { Dot, Miss } from '../../widgets/marks.tsx';
import type { Profile } from './organisation.tsx';

export function AtAGlance({ of }: { of: Profile }): VNode {
  const gap = (attribute: Attribute): Missing => of.missing.find((one) => one.attribute === attribute)?.code ?? 'DONT_KNOW';
  const sector = sectorName(of);
  const rows: [string, ComponentChildren][] = [
    [t('glance.sector'), sector && of.sector ? <a href={href(at({ screen: 'sector', code: of.sector.code }))}><Dot of={of.family} /> {sector}</a> : sector ?? <Miss code={of.sectorMissing ?? gap('SECTOR')} />],
    [t('glance.place'), placeName(of) ?? <Miss code={gap('AREA')} />],
    [t('glance.founded'), of.founded?.slice(0, 4) ?? <Miss code={gap('FOUNDED')} />],
    [t('glance.size'), (of.sizeBand && band(of.sizeBand)) ?? <Miss code={of.sizeMissing ?? gap('SIZE')} />],
    [t('glance.kind'), of.ownership === 'UNKNOWN' ? of.kindLabel : `${of.kindLabel}, ${tv('ownership', of.ownership)}`],
    [t('glance.sellsTo'), of.businessModels.length > 0 ? list(of.businessModels.map((model) => tv('model', model))) : <Miss code={gap('BUSINESS_MODEL')} />],
  ];
  if (of.dependence !== 'UNKNOWN') rows.push([t('glance.dependence'), tv('dependence', of.dependence)]);
  if (of.status !== 'UNKNOWN') rows.push([t('glance.status'), tv('status', of.status)]);
  return (
    <section class="box" aria-labelledby="glance">
      <h2 id="glance">{t('glance.title')}</h2>
      <dl class="rows">{rows.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
    </section>
  );
}
