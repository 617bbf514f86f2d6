// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Filter, Grade, NetworkKind, Rollup } from './schema.ts';

export interface ExploreNetworkData {
  network: {
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
    beyond: number;
    nodes: Array<{
      key: string;
      kind: NetworkKind;
      slug: string;
      label: string;
      labelLang: string;
      acronym: string | null;
      family: string | null;
      depth: number;
      size: number;
    }>;
    links: Array<{
      source: string;
      target: string;
      grade: Grade | null;
    }>;
  } | null;
}

export type ExploreNetworkVariables = {
  filter?: Filter | null;
  kind: NetworkKind;
  slug: string;
  depth?: number | null;
  first?: number | null;
};

export const ExploreNetwork: Operation<ExploreNetworkData, ExploreNetworkVariables> = {
  id: 'c698796bef3cfeaadd048dff6f86d1a6b9965164693fdf5ae7a580590c6cb9d4',
  text: "query ExploreNetwork($filter: Filter, $kind: NetworkKind!, $slug: String!, $depth: Int, $first: Int) { network(filter: $filter, kind: $kind, slug: $slug, depth: $depth, first: $first) { ...Figure beyond nodes { key kind slug label labelLang acronym family depth size } links { source target grade } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }",
};

export interface NetworkStartData {
  topDatasets: {
    rows: Array<{
      dataset: {
        slug: string;
      };
    }>;
  };
  publishers: {
    nodes: Array<{
      slug: string;
    }>;
  };
}

export type NetworkStartVariables = {
  filter?: Filter | null;
};

export const NetworkStart: Operation<NetworkStartData, NetworkStartVariables> = {
  id: '4c7aa4467de8e32463b3db401ea7ed38c6b5a8618d4e6eafadbb2c41a17a58ce',
  text: "query NetworkStart($filter: Filter) { topDatasets(filter: $filter, first: 1) { rows { dataset { slug } } } publishers(filter: $filter, first: 1) { nodes { slug } } }",
};
