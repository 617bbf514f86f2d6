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
  mentions?: {
    totalCount: number;
  };
}

export type SearchVariables = {
  text: string;
  first?: number | null;
  types?: Array<SearchType> | null;
  whole?: boolean;
};

export const Search: Operation<SearchData, SearchVariables> = {
  id: 'a03308979bb53831ea90c270007951c8b7e210dca904f483d2c34391c8f4d0a2',
  text: "query Search($text: String!, $first: Int = 20, $types: [SearchType!], $whole: Boolean! = false) { search(text: $text, first: $first, types: $types) { totalCount hits { type title path subtitle matched organisationCount } } mentions: organisations(first: 1, filter: { text: $text }) @include(if: $whole) { totalCount } }",
};
