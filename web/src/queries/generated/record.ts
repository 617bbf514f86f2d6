// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Rollup } from './schema.ts';

export interface RecordData {
  meta: {
    version: string;
    revision: number;
    asOf: string;
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
      organisationCount: number;
      study: {
        slug: string;
        title: string;
        url: string;
        attribution: {
          text: string;
          licence: string;
          url: string;
        };
      };
    }>;
  };
}

export type RecordVariables = Record<string, never>;

export const Record: Operation<RecordData, RecordVariables> = {
  id: '77860e407cc13db98b47605b82d5951bf3ef00d71c5119089276db7ece070a00',
  text: "query Record { meta { version revision asOf sampleLoaded organisationCount publisherCount datasetCount claimCount methodVersion defaultRollup chapters { code title organisationCount study { slug title url attribution { text licence url } } } } }",
};
