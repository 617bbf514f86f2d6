// Which facets the rail shows, in which order, and what each is called in the address.
import type { Facet } from '../../address.ts';
import type { Key } from '../../i18n.ts';
import type { Dimension } from '../../queries/generated/schema.ts';
import type { Facets } from './explore.tsx';

export interface Section {
  key: Dimension;
  facet: Facet;
  label: Key;
  /** Values shown before the reader asks for more. */
  first: number;
}

export const SECTIONS: Section[] = [
  { key: 'FAMILY', facet: 'family', label: 'facet.FAMILY', first: 9 },
  { key: 'SECTOR', facet: 'sector', label: 'facet.SECTOR', first: 4 },
  { key: 'AREA', facet: 'area', label: 'facet.AREA', first: 4 },
  { key: 'PUBLISHER', facet: 'publisher', label: 'facet.PUBLISHER', first: 5 },
  { key: 'SIZE', facet: 'size', label: 'facet.SIZE', first: 9 },
  { key: 'GRADE', facet: 'grade', label: 'facet.GRADE', first: 5 },
  { key: 'KIND', facet: 'kind', label: 'facet.KIND', first: 4 },
  { key: 'MODEL', facet: 'model', label: 'facet.MODEL', first: 5 },
  { key: 'SDG', facet: 'sdg', label: 'facet.SDG', first: 4 },
  { key: 'DATASET', facet: 'dataset', label: 'facet.DATASET', first: 4 },
  { key: 'THEME', facet: 'theme', label: 'facet.THEME', first: 4 },
  { key: 'CHAPTER', facet: 'chapter', label: 'facet.CHAPTER', first: 6 },
  { key: 'WAVE', facet: 'wave', label: 'facet.WAVE', first: 6 },
];

/** Uses of data of no single body. */
export const UNSPECIFIED = 'unspecified';
/** They stand after the values that have a name. */
const NO_ROWS = new Set([UNSPECIFIED, 'unlisted']);
/** The family of those that are in none. */
const NO_FAMILY = 'none';

export type FacetData = Facets['facets'][number];
export type Value = FacetData['values'][number];

/** The least number of a band such as `11-50` or `10,001+`. */
export function least(band: string): number {
  return Number.parseInt(band.replaceAll(/[,.\s]/g, ''), 10);
}

/** Values in the order of the rail: as the API ranks them, sizes from the smallest, what is not known last. */
export function ordered(key: FacetData['key'], values: Value[]): Value[] {
  const isKnown = (one: Value): boolean => one.missing === null && !one.value.startsWith('unknown');
  const isNoRow = (one: Value): boolean => NO_ROWS.has(one.value) || (key === 'FAMILY' && one.value === NO_FAMILY);
  const known = values.filter(isKnown).toSorted((a, b) => Number(isNoRow(a)) - Number(isNoRow(b)));
  return [...(key === 'SIZE' ? known.toSorted((a, b) => least(a.value) - least(b.value)) : known), ...values.filter((one) => !isKnown(one))];
}

/** The facets of a selection with what else there is without its conditions, at zero: what can be chosen keeps its place,
 *  and each facet ends with those that have no value. Of long lists the values that are here are all that is told, and
 *  where no answer of the selection names a value a zero would be no finding; of nobody all is zero. */
export function withZeros(facets: FacetData[], whole: FacetData[], isEmpty: boolean): FacetData[] {
  return whole.map((facet) => {
    const own = facets.find((one) => one.key === facet.key) ?? { ...facet, values: [] };
    const isTold = own.more === 0 && facet.more === 0 && own.values.some((one) => one.missing === null);
    if (!isEmpty && !isTold) return own;
    const known = new Set(own.values.map((one) => one.value));
    const zeros = facet.values.filter((one) => !known.has(one.value)).map((one) => ({ ...one, count: 0, selected: false }));
    return { ...(isEmpty ? facet : own), values: [...own.values, ...zeros] };
  });
}
