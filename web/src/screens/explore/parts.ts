// Of which whole a selection is a part: the studies in sight, each with its own, and the conditions that set it.
import type { Address, Filter } from '../../address.ts';

/** A study in sight: how many of its organisations match, and how many it has. */
export interface Part {
  code: string;
  label: string;
  count: number;
  total: number;
}

/** A facet with its counts. */
export interface Counted {
  key: string;
  values: { value: string; label: string; count: number }[];
}

/** The studies that the selection has organisations of; `whole` are the facets before it was narrowed. */
export function partsOf(facets: Counted[], whole: Counted[], here: Address): Part[] {
  const valuesOf = (of: Counted[]): Counted['values'] => of.find((one) => one.key === 'CHAPTER')?.values ?? [];
  const chosen = here.filter.chapter;
  const totals = new Map(valuesOf(whole).map((one) => [one.value, one.count]));
  return valuesOf(facets)
    .filter((one) => one.count > 0 && (!chosen || chosen.includes(one.value)))
    .map((one) => ({ code: one.value, label: one.label, count: one.count, total: totals.get(one.value) ?? one.count }));
}

/** What says of which whole a selection is a part: the studies, the day, how bodies are added up. */
const WHOLE = new Set(['chapter', 'rollup', 'asOf', 'knownAt']);

/** Whether anything but the whole has been chosen. */
export function isNarrowed({ filter }: Address): boolean {
  return Object.keys(filter).some((key) => !WHOLE.has(key));
}

/** The conditions of the whole alone. */
export function wholeOf({ filter }: Address): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([key]) => WHOLE.has(key)));
}
