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
  id: '92b7f4d355ef4d864fbc4d03991293f157cc313d38c8f277efa37b0cc6291fed',
  text: "query Search($text: String!, $first: Int, $types: [SearchType!]) { search(text: $text, first: $first, types: $types) { totalCount hits { type title path subtitle matched organisationCount } } }",
};
