// What a search of everything offers last: all organisations whose words hold the text, in the explorer.
import { at, print } from '../address.ts';
import type { SearchData } from '../queries/generated/search.ts';

type Hit = SearchData['search']['hits'][number];

/** A row of what was found, or the way to all that mention the text: that is of no type. */
export type Row = Hit | { path: string; organisationCount: number; type?: undefined; matched?: undefined };

/** The rows in their order: what was found, then the way to all that mention it. A way to nobody is none. */
export function rowsOf({ search, mentions }: SearchData, text: string): Row[] {
  const organisationCount = mentions?.totalCount ?? 0;
  return organisationCount > 0 ? [...search.hits, { path: mentionPath(text), organisationCount }] : search.hits;
}

/** The explorer with what was typed as its text. */
export function mentionPath(text: string): string {
  return print({ ...at({ screen: 'explore' }), filter: { q: text } });
}
