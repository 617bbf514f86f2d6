// What a selection is narrowed by, in the words of a sentence: it is read away from the rail, in titles, citations and
// pictures. The server says it alike (`conditions` in src/http/page/explore.rs).
import type { Address, Facet } from '../../address.ts';
import { DOT, t, tn } from '../../i18n.ts';
import { valueName } from './value-name.ts';
import { SECTIONS, type FacetData } from './facets.ts';

/** So many conditions are named, the others counted. */
const NAMED = 3;
/** In this order; a study says which whole, and narrows nothing. */
const ORDER: Facet[] = ['sector', 'family', 'sdg', 'area', 'publisher', 'dataset', 'size', 'kind', 'model', 'grade', 'wave', 'theme'];
/** Conditions that are counted and not named. */
const COUNTED: Facet[] = ['criticality', 'access'];

/** Whether the words in the brackets name all that narrows: none is counted, and none left out. */
export function areAllNamed({ filter }: Address): boolean {
  const named = ORDER.reduce((sum, facet) => sum + (filter[facet]?.length ?? 0), 0) + (filter.q ? 1 : 0);
  return named <= NAMED && !filter.bbox && COUNTED.every((facet) => !filter[facet]?.length);
}

/** Behind a sentence, in brackets; nothing where none has a name. */
export function conditionsOf({ filter }: Address, facets: FacetData[]): string {
  const names = ORDER.flatMap((facet) => {
    const section = SECTIONS.find((one) => one.facet === facet);
    const values = facets.find((one) => one.key === section?.key)?.values ?? [];
    return (filter[facet] ?? []).map((value) => {
      if (facet === 'grade') return t('chips.grade', { grade: value });
      return facet === 'size' && /^\d/.test(value) ? `${t('facet.SIZE')}: ${value.replace('-', '–')}` : valueName(section, values, value);
    });
  });
  if (filter.q) names.push(t('chips.text', { text: filter.q }));
  const rest = Math.max(0, names.length - NAMED) + COUNTED.reduce((sum, facet) => sum + (filter[facet]?.length ?? 0), 0) + (filter.bbox ? 1 : 0);
  const said = names.slice(0, NAMED).join(DOT);
  if (said === '') return '';
  return ` (${rest > 0 ? tn('explore.andMore', rest, { names: said }) : said})`;
}
