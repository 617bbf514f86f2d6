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
          licence: string;
          url: string;
        };
      };
    }>;
  };
}

export type RecordVariables = Record<string, never>;

export const Record: Operation<RecordData, RecordVariables> = {
  id: '858a4fec216b3915de1c8d534cf36ebdbe7f5f4979a19e654da916c790f5088d',
  text: "query Record { meta { version revision asOf beginsOn recordedFrom sampleLoaded organisationCount publisherCount datasetCount claimCount methodVersion defaultRollup chapters { code title beginsOn organisationCount study { slug title url attribution { text licence url } } } } }",
};
