// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Missing, ObservationStatus } from './schema.ts';

export interface ObservedData {
  indicatorObservations: {
    totalCount: number;
    nodes: Array<{
      id: string;
      period: string;
      low: string | null;
      central: string | null;
      high: string | null;
      currency: string | null;
      missing: Missing | null;
      status: ObservationStatus;
      indicator: {
        key: string;
        name: string;
        unit: string;
      };
      source: {
        title: string;
        titleLang: string | null;
        url: string | null;
        publishedOn: string | null;
      } | null;
      wave: {
        slug: string;
        title: string;
      } | null;
    }>;
  };
}

export type ObservedVariables = {
  area?: string | null;
  organisation?: string | null;
  sector?: string | null;
};

export const Observed: Operation<ObservedData, ObservedVariables> = {
  id: 'df4bfd4dab7764f89c0378e2680d969200a5acf0055309dd91c9365697ba5ed5',
  text: "query Observed($area: String, $organisation: String, $sector: String) { indicatorObservations(area: $area, organisation: $organisation, sector: $sector, first: 100) { totalCount nodes { id period low central high currency missing status indicator { key name unit } source { title titleLang url publishedOn } wave { slug title } } } }",
};
