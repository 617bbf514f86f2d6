// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Filter, FlowLevel, Rollup } from './schema.ts';

export interface ExploreFlowData {
  flow: {
    asOf: string;
    isRecorded: boolean;
    rollup: Rollup;
    n: number;
    methodVersion: string;
    revision: number;
    filters: string;
    waves: Array<{
      slug: string;
      title: string;
      study: {
        chapter: string;
        title: string;
      };
    }>;
    coverage: {
      attribute: Attribute;
      answered: number;
      asked: number;
    };
    levels: Array<FlowLevel>;
    ownDataCount: number;
    unnamedCount: number;
    silentCount: number;
    nodes: Array<{
      key: string;
      level: FlowLevel;
      label: string;
      labelLang: string;
      organisationCount: number;
      family: string | null;
      special: string | null;
      folded: number;
      publisher: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
      } | null;
    }>;
    cells: Array<{
      source: string;
      target: string;
      organisationCount: number;
    }>;
  };
}

export type ExploreFlowVariables = {
  filter?: Filter | null;
  levels?: Array<FlowLevel> | null;
  top?: number | null;
  tops?: Array<number> | null;
  skip?: Array<number> | null;
};

export const ExploreFlow: Operation<ExploreFlowData, ExploreFlowVariables> = {
  id: '3cd5b752e98647c3a14ee44463f25b87c80c67b210c624770440215f7ae9bbf4',
  text: "query ExploreFlow($filter: Filter, $levels: [FlowLevel!], $top: Int, $tops: [Int!], $skip: [Int!]) { flow(filter: $filter, levels: $levels, top: $top, tops: $tops, skip: $skip) { ...Figure levels ownDataCount unnamedCount silentCount nodes { key level label labelLang organisationCount family special folded publisher { ...PublisherRow } } cells { source target organisationCount } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }",
};
