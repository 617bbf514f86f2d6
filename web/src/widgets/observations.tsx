// What indicators say of an area, a sector or an organisation: value, period, unit, and where each is from.
import type { VNode } from 'preact';
import { at } from '../address.ts';
import { number, t, tn, tv } from '../i18n.ts';
import { href, lang } from '../navigate.ts';
import { Observed, type ObservedData, type ObservedVariables } from '../queries/generated/observations.ts';
import { useQuery } from '../query.ts';
import { SourceTitle } from './headline.tsx';
import { Miss } from './marks.tsx';
import { Scroll } from './scroll.tsx';

type Row = ObservedData['indicatorObservations']['nodes'][number];

/** Nothing where nothing was observed. */
export default function Observations({ of }: { of: ObservedVariables }): VNode | null {
  const { data } = useQuery(Observed, of);
  const rows = data?.indicatorObservations.nodes ?? [];
  if (!data || rows.length === 0) return null;
  const total = data.indicatorObservations.totalCount;
  const title = t('observed.title');
  return (
    <section class="sec" aria-labelledby="observed">
      <header><h2 id="observed">{title}</h2><p>{total > rows.length ? tn('observed.first', rows.length, { total: number(total) }) : t('observed.note')}</p></header>
      <Scroll label={t('observed.caption')}>
        <table class="tw">
          <caption class="vh">{t('observed.caption')}</caption>
          <thead><tr><th scope="col">{t('observed.indicator')}</th><th scope="col">{t('observed.period')}</th><th scope="col" class="num">{t('observed.value')}</th><th scope="col">{t('observed.source')}</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.indicator.name}</th>
                <td class="tx">{row.period}</td>
                <td>{row.missing ? <Miss code={row.missing} /> : valueOf(row)}{row.status === 'NORMAL' ? null : <span class="tiny muted"> {tv('observed.status', row.status)}</span>}</td>
                <td class="tx way">{sourceOf(row)} <a class="tiny no-print" rel="nofollow" target="_self" href={`/desk/claims/observation/${row.id.slice(row.id.indexOf(':') + 1)}?lang=${lang.value}`} aria-label={t('observed.doubtOf', { indicator: row.indicator.name, period: row.period })}>{t('observed.doubt')}</a></td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

const amount = (text: string): string => number(Number(text));

/** The central value, or the interval that is known, with its unit. */
function valueOf({ low, central, high, currency, indicator: { unit } }: Row): string {
  const value = central ? amount(central) : low && high ? `${amount(low)} – ${amount(high)}` : low ? t('observed.least', { value: amount(low) }) : high ? t('observed.most', { value: amount(high) }) : '';
  if (unit === '%') return `${value} %`;
  return [value, currency ?? (UNITS.has(unit) ? tv('unit', unit) : '')].filter(Boolean).join(' ');
}

/** Units that are said; a count and an index are their numbers. */
const UNITS = new Set(['persons', 'h']);

function sourceOf({ source, wave }: Row): VNode | string {
  if (wave) return <a href={href(at({ screen: 'wave', slug: wave.slug }))}>{wave.title}</a>;
  if (!source) return '';
  return source.url ? <a href={source.url} rel="external nofollow noopener"><SourceTitle of={source} /></a> : <SourceTitle of={source} />;
}
