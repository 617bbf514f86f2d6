// Where it works from, on the outline of its country.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { DOT, t, tv } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { countryOf, Outline } from '../../widgets/outline.tsx';
import type { Profile } from './organisation.tsx';

export function Place({ of }: { of: Profile }): VNode | null {
  const { location, area } = of;
  const country = area ? countryOf(new Map([[area.code, 1]])) : undefined;
  if (!area || !country) return null;
  const point = location?.longitude !== null && location?.longitude !== undefined && location.latitude !== null ? [{ lon: location.longitude, lat: location.latitude, count: 1 }] : [];
  return (
    <section class="box where" aria-labelledby="where">
      <h2 id="where">{t('place.title')}</h2>
      <Outline country={country} counts={new Map([[area.code, 1]])} spots={point} radius={5} />
      <p class="small">
        <a href={href(at({ screen: 'area', code: area.code }))}>{area.name}</a>
        {location?.precision ? <span class="tiny muted">{DOT}{tv('precision', location.precision)}</span> : null}
      </p>
    </section>
  );
}
