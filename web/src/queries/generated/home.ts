// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Filter, Rollup } from './schema.ts';

export interface HomeData {
  publishers: {
    totalCount: number;
    edges: Array<{
      userCount: number;
      node: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
      };
    }>;
  };
  organisations: {
    totalCount: number;
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
    nodes: Array<{
      slug: string;
      name: string;
      nameLang: string;
      publishersUsed: number;
      peers: Array<{
        organisation: {
          slug: string;
          name: string;
          nameLang: string;
          publishersUsed: number;
        };
        sharedPublishers: Array<{
          slug: string;
        }>;
      }>;
    }>;
  };
  gradeD: {
    totalCount: number;
  };
  gradeC: {
    totalCount: number;
  };
  gradeAB: {
    totalCount: number;
  };
  publisherNamed: {
    coverage: {
      answered: number;
      asked: number;
    };
  };
  datasetNamed: {
    coverage: {
      answered: number;
      asked: number;
    };
  };
  datasets: {
    totalCount: number;
  };
  concentration: {
    links: number;
  };
  mapPoints: {
    areas: Record<string, unknown[]>;
    points: Record<string, unknown[]>;
    symbols: Record<string, unknown[]>;
  };
}

export type HomeVariables = {
  filter?: Filter | null;
  d?: Filter | null;
  c?: Filter | null;
  ab?: Filter | null;
};

export const Home: Operation<HomeData, HomeVariables> = {
  id: 'c8873436600bdfb06130c680ea2e997779b7fb1c3fe096982e15bbf5c6899723',
  text: "query Home($filter: Filter, $d: Filter, $c: Filter, $ab: Filter) { publishers(first: 5, filter: $filter) { totalCount edges { userCount node { ...PublisherRow } } } organisations(first: 1, orderBy: PUBLISHERS_USED, filter: $filter) { totalCount ...Figure nodes { slug name nameLang publishersUsed peers(first: 5) { organisation { slug name nameLang publishersUsed } sharedPublishers { slug } } } } gradeD: organisations(first: 1, filter: $d) { totalCount } gradeC: organisations(first: 1, filter: $c) { totalCount } gradeAB: organisations(first: 1, filter: $ab) { totalCount } publisherNamed: counts(by: PUBLISHER, filter: $filter) { coverage { answered asked } } datasetNamed: counts(by: DATASET, filter: $filter) { coverage { answered asked } } datasets(filter: $filter, first: 1) { totalCount } concentration(by: PUBLISHER, filter: $filter) { links } mapPoints(zoom: 5, filter: $filter) { areas points symbols } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }",
};
