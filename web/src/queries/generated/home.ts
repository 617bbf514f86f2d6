// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Missing, Rollup } from './schema.ts';

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
  grades: {
    rows: Array<{
      value: string;
      label: string;
      count: number;
      missing: Missing | null;
      family: string | null;
    }>;
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
  id: '982e76eb5abcf302c2bc0964e5eb7c0d18b1da3130ec2aa0d85e67e53e04ba40',
  text: "query Home { publishers(first: 5) { totalCount edges { userCount node { ...PublisherRow } } } organisations(first: 1, orderBy: PUBLISHERS_USED) { totalCount ...Figure nodes { slug name nameLang publishersUsed peers(first: 5) { organisation { slug name nameLang publishersUsed } sharedPublishers { slug } } } } grades: counts(by: GRADE) { ...Rows } publisherNamed: counts(by: PUBLISHER) { coverage { answered asked } } datasetNamed: counts(by: DATASET) { coverage { answered asked } } concentration(by: PUBLISHER) { links } mapPoints(zoom: 3) { areas points symbols } }\nfragment Figure on Aggregate { asOf rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment PublisherRow on Publisher { slug name nameLang acronym }\nfragment Rows on Counts { rows { value label count missing family } }",
};
