// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Confidence, MappingRelation } from './schema.ts';

export interface SchemeListData {
  schemes: Array<{
    id: string;
    version: string;
    name: string;
    publisher: string;
    licence: string;
    url: string;
  }>;
}

export type SchemeListVariables = Record<string, never>;

export const SchemeList: Operation<SchemeListData, SchemeListVariables> = {
  id: 'c445a28d78f7688225a4402832a6184039f7bea30b4fd0a05ffd8f482c931287',
  text: "query SchemeList { schemes { id version name publisher licence url } }",
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
  id: '522e7658ef34c22afdee00c501e8a4be1a90bbac36d7fd801ffbb60ec4fddafe',
  text: "query SchemePage($id: String!) { schemes { id name } scheme(id: $id) { id version name publisher licence url codes { code label definition parent { code } mappings { relation confidence note to { scheme code label } } } } }",
};
