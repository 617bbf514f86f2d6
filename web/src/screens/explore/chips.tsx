// What is set, each with a way to take it back, and one to take back all.
import type { VNode } from 'preact';
import { cleared, FACETS, SINGLES, stated, toggled, type Address, type Facet, type Single } from '../../address.ts';
import { isDay, isMoment } from '../../limits.ts';
import { date, moment, t, tv } from '../../i18n.ts';
import { go } from '../../navigate.ts';
import { Icon } from '../../widgets/icons.tsx';
import { valueName } from './value-name.ts';
import { SECTIONS, type FacetData } from './facets.ts';

export interface Condition {
  key: string;
  label: string;
  without: Address;
}

/** The conditions of an address, in words; while its values have not come (`isOpen`), one that is not known is named by its filter. */
export function chosen(here: Address, facets: FacetData[], isOpen = false): Condition[] {
  const conditions: Condition[] = [];
  for (const facet of FACETS) {
    const section = SECTIONS.find((one) => one.facet === facet);
    const values = facets.find((one) => one.key === section?.key)?.values ?? [];
    for (const value of here.filter[facet] ?? []) {
      conditions.push({ key: `${facet}.${value}`, label: told(facet, value) ?? valueName(section, values, value, isOpen), without: toggled(here, facet, value) });
    }
  }
  for (const single of SINGLES) {
    const value = here.filter[single];
    if (!value) continue;
    conditions.push({ key: single, label: worded(single, value), without: stated(here, single, undefined) });
  }
  return conditions;
}

/** Values that the rail does not list, or lists as marks. */
function told(facet: Facet, value: string): string | undefined {
  if (facet === 'grade') return t('chips.grade', { grade: value });
  if (facet === 'criticality') return t('chips.criticality', { value: tv('criticality', value.toUpperCase()) });
  if (facet === 'access') return t('chips.access', { value: tv('chips.access', value.toUpperCase()) });
  return undefined;
}

function worded(single: Single, value: string): string {
  switch (single) {
    case 'q': return t('chips.text', { text: value });
    case 'bbox': return t('chips.bbox');
    case 'rollup': return tv('rollup', value.toUpperCase());
    // What is no day is not turned into another one.
    case 'asOf': return t('figure.asOf', { date: isDay(value) ? date(value) : value });
    case 'knownAt': return t('chips.knownAt', { moment: isMoment(value) ? moment(value) : value });
  }
}

export function Chips({ here, facets, isOpen }: { here: Address; facets: FacetData[]; isOpen: boolean }): VNode | null {
  const conditions = chosen(here, facets, isOpen);
  if (conditions.length === 0) return null;
  return (
    <ul class="chips" aria-label={t('chips.label')}>
      {conditions.map((one) => (
        <li key={one.key}>
          <button type="button" class="chip" onClick={() => go(one.without, { keep: true })} aria-label={t('chips.remove', { name: one.label })}>
            <span>{one.label}</span><Icon of="close" size={12} />
          </button>
        </li>
      ))}
      {conditions.length > 1 ? <li><button type="button" class="link small" onClick={() => go(cleared(here), { keep: true })}>{t('chips.clear')}</button></li> : null}
    </ul>
  );
}
