// What lies inside an area, or beside it: a small map where there is one, and the list.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { t } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { Outline, countryOf } from '../../widgets/outline.tsx';
import { Where } from '../../widgets/where.tsx';
import type { Profile } from './area.tsx';

export function Inside({ of }: { of: Profile }): VNode | null {
  const to = (code: string): string => href(at({ screen: 'area', code }));
  const inside = of.children.filter((one) => one.organisationCount > 0).map((one) => ({ value: one.code, label: one.name, count: one.organisationCount, missing: null })).sort((a, b) => b.count - a.count);
  if (inside.length > 0) return <Where title={t('area.inside')} rows={inside} to={to} />;
  // A state by itself: where it lies in its country.
  const counts = new Map([[of.code, of.organisations.totalCount]]);
  const country = of.code.includes('-') ? countryOf(counts) : undefined;
  if (!country) return null;
  return (
    <section class="box where" aria-labelledby="where">
      <h2 id="where">{t('area.where')}</h2>
      <Outline country={country} counts={counts} shaded />
      {of.parent ? <p class="small"><a href={to(of.parent.code)}>{t('area.whole', { area: of.parent.name })}</a></p> : null}
    </section>
  );
}
