// A condition of the address that means nothing here: which, and the way without it.
import type { VNode } from 'preact';
import { cleared, FACETS, isFiltered, SINGLES, stated, toggled, type Address } from '../../address.ts';
import type { ApiError } from '../../api.ts';
import { faultOf, type Fault } from '../../filter.ts';
import { TEXT } from '../../limits.ts';
import { t } from '../../i18n.ts';
import { go, href } from '../../navigate.ts';
import { SECTIONS } from './facets.ts';

/** What is wrong with the address: by its form, else as the API says. */
export function faultIn(here: Address, error: ApiError | undefined): Fault | undefined {
  const own = faultOf(here.filter);
  if (own || !error?.refused) return own;
  const { filter, value } = error.refused;
  const key = filter === 'text' ? 'q' : [...FACETS, ...SINGLES].find((one) => one === filter);
  return key && { key, value };
}

/** The address without the faulty value. */
export function without(here: Address, { key, value }: Fault): Address {
  const facet = FACETS.find((one) => one === key);
  const single = SINGLES.find((one) => one === key);
  return facet ? toggled(here, facet, value) : single ? stated(here, single, undefined) : here;
}

/** Longer words are cut: they are no name of anything. */
const SHOWN = 60;

/** The sentence on top of a page whose address means nothing. */
export function faultTitle({ key, value }: Fault): string {
  if (key === 'q' && value.length > TEXT) return t('fault.long', { most: TEXT });
  const section = SECTIONS.find((one) => one.facet === key);
  const short = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  if (key === 'asOf') return t('fault.day', { value: short });
  if (key === 'knownAt') return t('fault.moment', { value: short });
  if (key === 'bbox') return t('fault.box', { value: short });
  if (key === 'criticality' || key === 'access') return t('fault.value', { filter: t(`facet.${key}`), value: short });
  return t('fault.value', { filter: section ? t(section.label) : t('flow.rollup'), value: short });
}

export function FaultNote({ here, fault }: { here: Address; fault: Fault }): VNode {
  const rest = without(here, fault);
  return (
    <div class="note bad" role="alert">
      {t('fault.why')}{' '}
      <button type="button" class="link" onClick={() => go(rest)}>{t('explore.remove')}</button>
      {isFiltered(rest.filter) ? <>{' '}<a href={href(cleared(here))}>{t('chips.clear')}</a></> : null}
    </div>
  );
}
