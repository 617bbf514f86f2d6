// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Confidence, Filter, Grade, MappingRelation, Missing, Rollup } from './schema.ts';

export interface SectorPageData {
  sector: {
    family: string;
    organisationCount: number;
    code: {
      id: string;
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
        shortName: string;
      } | null;
    }>;
    unusedPublishers: Array<{
      count: number;
      publisher: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
      } | null;
    }>;
    topDatasets: {
      totalCount: number;
      rows: Array<{
        organisationCount: number;
        dataset: {
          slug: string;
          title: string;
          titleLang: string;
        };
      }>;
    };
    areas: {
      rows: Array<{
        value: string;
        label: string;
        count: number;
        missing: Missing | null;
        family: string | null;
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
        publishersMissing: Missing | null;
        publishersUnspecified: boolean;
        datasetsUsed: number;
        datasetsMissing: Missing | null;
        bestGrade: Grade | null;
      }>;
    };
  } | null;
  demand: {
    requestCount: number;
  };
  schemes: Array<{
    id: string;
    name: string;
  }>;
  whole: {
    n: number;
    coverage: {
      attribute: Attribute;
      answered: number;
      asked: number;
      missing: Array<{
        code: Missing;
        count: number;
      }>;
    };
  };
}

export type SectorPageVariables = {
  code: string;
  filter?: Filter | null;
  first?: number | null;
  after?: string | null;
};

export const SectorPage: Operation<SectorPageData, SectorPageVariables> = {
  id: '6568d355248593fa9bf3aea74562c9ec04f240fd02602bbf7bf001af187eb671',
  text: "query SectorPage($code: String!, $filter: Filter, $first: Int = 20, $after: String) { sector(code: $code, filter: $filter) { family organisationCount code { id code label definition mappings { relation confidence note to { code scheme label } } } topPublishers(first: 10) { value label count publisher { ...PublisherRow } } unusedPublishers(first: 5) { count publisher { ...PublisherRow } } topDatasets(first: 8) { totalCount rows { organisationCount dataset { slug title titleLang } } } areas: counts(by: AREA) { ...Rows } grades: counts(by: GRADE) { ...Rows } organisations(first: $first, after: $after) { totalCount ...Figure pageInfo { ...Page } nodes { ...OrganisationRow } } } demand(filter: { sector: [$code], status: [TRIAGED, FORWARDED, ACCEPTED_PLANNED, PARTIALLY_PUBLISHED] }) { requestCount } schemes { id name } whole: counts(by: SECTOR, filter: $filter) { n coverage { attribute answered asked missing { code count } } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }\nfragment Rows on Counts { rows { value label count missing family } }",
};
