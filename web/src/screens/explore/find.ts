// A value of a facet by its name: among those on the rail at once, beyond them by the search of the whole record.
import { apiFilter } from '../../filter.ts';
import type { Address } from '../../address.ts';
import { ExploreCounted } from '../../queries/generated/explore.ts';
import { Search } from '../../queries/generated/search.ts';
import { useQuery } from '../../query.ts';
import type { Dimension, SearchType } from '../../queries/generated/schema.ts';
import type { FacetData, Section } from './facets.ts';
import { merged, named, wordOf, type Found, type Hit } from './names.ts';

/** From so many values on a facet is searched rather than read. */
export const MANY = 24;
/** Values that the search of the record adds at most. */
const MOST = 20;

/** Facets whose values are records that can be searched for. */
const TYPES: Partial<Record<Dimension, SearchType>> = { PUBLISHER: 'PUBLISHER', DATASET: 'DATASET', AREA: 'AREA', SECTOR: 'SECTOR', SDG: 'SDG' };

export function useFound(section: Section, facet: FacetData, here: Address, text: string): { found: Found[]; pending: boolean } {
  const local = text === '' ? [] : named(facet.values, text);
  const type = TYPES[section.key];
  const asked = useQuery(Search, type && text !== '' ? { text, first: MOST, types: [type] } : null);
  const hits: Hit[] = text !== '' && asked.data && !asked.pending ? asked.data.search.hits : [];
  const beyond = facet.more > 0 ? hits.map((hit) => wordOf(hit.path)).filter((word) => !facet.values.some((one) => one.value === word)) : [];
  const counts = useQuery(ExploreCounted, beyond.length > 0 ? { filter: { ...apiFilter(here.filter), [section.facet]: beyond }, keys: [section.key] } : null);
  const counted = beyond.length > 0 && counts.data && !counts.pending ? (counts.data.organisations.facets[0]?.values ?? []) : [];
  return { found: merged(local, hits, counted), pending: asked.pending || counts.pending };
}
