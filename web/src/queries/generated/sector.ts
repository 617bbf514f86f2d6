// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Confidence, Grade, MappingRelation, Missing, Rollup } from './schema.ts';

export interface SectorPageData {
  sector: {
    family: string;
    organisationCount: number;
    code: {
      code: string;
      label: string;
      definition: string | null;
      mappings: Array<{
        relation: MappingRelation;
        confidence: Confidence;
        note: string | null;
        to: {
          code: string;
          scheme: string;
          label: string;
        };
      }>;
    };
    topPublishers: Array<{
      value: string;
      label: string;
      count: number;
      publisher: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
      } | null;
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

export type SectorPageVariables = {
  code: string;
  first?: number | null;
  after?: string | null;
};

export const SectorPage: Operation<SectorPageData, SectorPageVariables> = {
  id: 'a039614cbf6f31d2293f510ef971f6532bbdd218182fcdfd69c4e65028821e01',
  text: "query SectorPage($code: String!, $first: Int = 20, $after: String) { sector(code: $code) { family organisationCount code { code label definition mappings { relation confidence note to { code scheme label } } } topPublishers(first: 10) { value label count publisher { ...PublisherRow } } organisations(first: $first, after: $after) { totalCount ...Figure pageInfo { ...Page } nodes { ...OrganisationRow } } } }\nfragment Figure on Aggregate { asOf rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed datasetsUsed bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }\nfragment PublisherRow on Publisher { slug name nameLang acronym }",
};
