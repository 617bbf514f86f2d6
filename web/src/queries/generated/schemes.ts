// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Confidence, MappingRelation } from './schema.ts';

export interface SchemeListData {
  schemes: Array<{
    id: string;
    version: string;
    name: string;
    publisher: string;
    publisherLang: string;
    licence: string;
    url: string;
  }>;
}

export type SchemeListVariables = Record<string, never>;

export const SchemeList: Operation<SchemeListData, SchemeListVariables> = {
  id: '46f693a0e632ba7e3bf1cc2c1369dd3e8884aa01769f0bd9482d3208594d1551',
  text: "query SchemeList { schemes { id version name publisher publisherLang licence url } }",
};

export interface SchemePageData {
  schemes: Array<{
    id: string;
    name: string;
  }>;
  scheme: {
    id: string;
    version: string;
    name: string;
    publisher: string;
    publisherLang: string;
    licence: string;
    url: string;
    codes: Array<{
      code: string;
      label: string;
      definition: string | null;
      parent: {
        code: string;
      } | null;
      mappings: Array<{
        relation: MappingRelation;
        confidence: Confidence;
        note: string | null;
        to: {
          scheme: string;
          code: string;
          label: string;
        };
      }>;
    }>;
  } | null;
}

export type SchemePageVariables = {
  id: string;
};

export const SchemePage: Operation<SchemePageData, SchemePageVariables> = {
  id: 'f0f4ce06c0cd41f3509534f660e44ae3fe0fc196ada3078254b9d85beb473f43',
  text: "query SchemePage($id: String!) { schemes { id name } scheme(id: $id) { id version name publisher publisherLang licence url codes { code label definition parent { code } mappings { relation confidence note to { scheme code label } } } } }",
};
