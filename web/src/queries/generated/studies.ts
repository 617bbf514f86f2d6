// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Filter } from './schema.ts';

export interface StudiesWithinData {
  counts: {
    rows: Array<{
      value: string;
      count: number;
    }>;
  };
}

export type StudiesWithinVariables = {
  filter?: Filter | null;
};

export const StudiesWithin: Operation<StudiesWithinData, StudiesWithinVariables> = {
  id: '2022284d716eb3e1eac1bd1520e867bc2d3959172848740ed21a4bb29a707079',
  text: "query StudiesWithin($filter: Filter) { counts(by: CHAPTER, filter: $filter) { rows { value count } } }",
};
