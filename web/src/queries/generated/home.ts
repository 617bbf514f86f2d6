// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Rollup } from './schema.ts';

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
      };
    }>;
  };
  organisations: {
    totalCount: number;
    asOf: string;
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
  concentration: {
    links: number;
  };
  mapPoints: {
    areas: Record<string, unknown[]>;
    points: Record<string, unknown[]>;
    symbols: Record<string, unknown[]>;
  };
}

export type HomeVariables = Record<string, never>;

export const Home: Operation<HomeData, HomeVariables> = {
  id: '876cc99728bbd6918a0857d30879cd4cebbcff74a9f5d046033a0ea19719f578',
  text: "query Home { publishers(first: 5) { totalCount edges { userCount node { ...PublisherRow } } } organisations(first: 1, orderBy: PUBLISHERS_USED) { totalCount ...Figure nodes { slug name nameLang publishersUsed peers(first: 12) { organisation { slug name nameLang publishersUsed } sharedPublishers { slug } } } } gradeD: organisations(first: 1, filter: { grade: [D] }) { totalCount } gradeC: organisations(first: 1, filter: { grade: [C] }) { totalCount } gradeAB: organisations(first: 1, filter: { grade: [A, B] }) { totalCount } publisherNamed: counts(by: PUBLISHER) { coverage { answered asked } } datasetNamed: counts(by: DATASET) { coverage { answered asked } } concentration(by: PUBLISHER) { links } mapPoints(zoom: 5) { areas points symbols } }\nfragment Figure on Aggregate { asOf rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment PublisherRow on Publisher { slug name nameLang acronym }",
};
