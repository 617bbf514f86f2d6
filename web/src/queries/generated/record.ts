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
  id: '13f07bb5be45976ca6bf5cb8b56ddc2f9db2e6ffc1719c3bc6da1764287aa5ef',
  text: "query Record { meta { version revision asOf sampleLoaded organisationCount publisherCount datasetCount claimCount methodVersion defaultRollup chapters { code title organisationCount study { title url attribution { text licence url } } } } }",
};
