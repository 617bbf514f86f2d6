// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Rollup } from './schema.ts';

export interface RecordData {
  meta: {
    version: string;
    revision: number;
    asOf: string;
    beginsOn: string | null;
    recordedFrom: string | null;
    sampleLoaded: boolean;
    organisationCount: number;
    publisherCount: number;
    datasetCount: number;
    claimCount: number;
    methodVersion: string;
    defaultRollup: Rollup;
    chapters: Array<{
      code: string;
      title: string;
      beginsOn: string | null;
      organisationCount: number;
      study: {
        slug: string;
        title: string;
        url: string;
        attribution: {
          text: string;
          holder: string;
          licence: string;
          url: string;
        };
      };
    }>;
  };
}

export type RecordVariables = Record<string, never>;

export const Record: Operation<RecordData, RecordVariables> = {
  id: '66026e1603d153f44b24c6ac92ed751925146b1986fb0cd102253dfe57dc015a',
  text: "query Record { meta { version revision asOf beginsOn recordedFrom sampleLoaded organisationCount publisherCount datasetCount claimCount methodVersion defaultRollup chapters { code title beginsOn organisationCount study { slug title url attribution { text holder licence url } } } } }",
};
