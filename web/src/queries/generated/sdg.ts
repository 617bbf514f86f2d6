// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Grade, Missing, Rollup } from './schema.ts';

export interface SdgPageData {
  sdg: {
    number: number;
    declaredCount: number;
    inferredCount: number;
    asked: boolean;
    code: {
      code: string;
      label: string;
      definition: string | null;
    };
    levels: Array<{
      level: number;
      count: number;
    }>;
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
      pageInfo: {
        hasNextPage: boolean;
        endCursor: string | null;
      };
      nodes: Array<{
        slug: string;
        name: string;
        nameLang: string;
        family: string | null;
        sector: {
          code: string;
          label: string;
        } | null;
        sectorText: string | null;
        sectorMissing: Missing | null;
        area: {
          code: string;
          name: string;
        } | null;
        location: {
          locality: string | null;
        } | null;
        founded: string | null;
        sizeBand: string | null;
        sizeMissing: Missing | null;
        publishersUsed: number;
        datasetsUsed: number;
        bestGrade: Grade | null;
      }>;
    };
  } | null;
}

export type SdgPageVariables = {
  number: number;
  first?: number | null;
  after?: string | null;
};

export const SdgPage: Operation<SdgPageData, SdgPageVariables> = {
  id: '3eb0e62f8bd9a591f09653adf8c6cee4c16ad1e2daa7a2ae0ff6c2d55eda5843',
  text: "query SdgPage($number: Int!, $first: Int = 20, $after: String) { sdg(number: $number) { number declaredCount inferredCount asked code { code label definition } levels { level count } organisations(first: $first, after: $after) { totalCount ...Figure pageInfo { ...Page } nodes { ...OrganisationRow } } } }\nfragment Figure on Aggregate { asOf rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed datasetsUsed bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }",
};
