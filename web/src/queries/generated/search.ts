// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { SearchType } from './schema.ts';

export interface SearchData {
  search: {
    totalCount: number;
    hits: Array<{
      type: SearchType;
      title: string;
      path: string;
      subtitle: string | null;
      matched: string | null;
      organisationCount: number | null;
    }>;
  };
}

export type SearchVariables = {
  text: string;
  first?: number | null;
  types?: Array<SearchType> | null;
};

export const Search: Operation<SearchData, SearchVariables> = {
  id: '197036c9706915a5a5224a47758470e1cf31868e3e8cb91c9c6136e4fa0ead68',
  text: "query Search($text: String!, $first: Int = 20, $types: [SearchType!]) { search(text: $text, first: $first, types: $types) { totalCount hits { type title path subtitle matched organisationCount } } }",
};
