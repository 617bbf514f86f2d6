// The sentence on top of the explorer: it answers with a figure and changes with the filters.
import { isFiltered, type Address } from '../../address.ts';
import { t, tn } from '../../i18n.ts';
import type { Facets } from './explore.tsx';

export function headline(found: Facets, here: Address, total: number | undefined): string {
  const n = found.totalCount;
  if (n === 0) return t('explore.none');
  const whole = isFiltered(here.filter) && total !== undefined ? tn('explore.match', n, { total }) : tn('explore.reuse', n);
  const most = topOf(found, here, 'AREA');
  if (most && most.count < n) return t('explore.mostly', { whole, k: most.count, area: most.label });
  const publisher = topOf(found, here, 'PUBLISHER');
  if (publisher) return t('explore.using', { whole, k: publisher.count, publisher: publisher.label });
  return whole;
}

/** The largest value of a facet that the reader has not already chosen. */
function topOf(found: Facets, here: Address, key: 'AREA' | 'PUBLISHER'): { label: string; count: number } | undefined {
  const chosen = here.filter[key === 'AREA' ? 'area' : 'publisher'];
  if (chosen) return undefined;
  const facet = found.facets.find((one) => one.key === key);
  return facet?.values.filter((one) => one.missing === null && one.count > 0).sort((a, b) => b.count - a.count)[0];
}
