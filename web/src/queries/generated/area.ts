// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Filter, Grade, Missing, Rollup } from './schema.ts';

export interface AreaPageData {
  area: {
    id: string;
    code: string;
    name: string;
    parent: {
      code: string;
      name: string;
      parent: {
        code: string;
        name: string;
      } | null;
    } | null;
    children: Array<{
      code: string;
      name: string;
      organisationCount: number;
    }>;
    sectors: {
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
      unspecified: Array<{
        organisationCount: number;
      }>;
    };
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
    };
  } | null;
  whole: {
    n: number;
    rows: Array<{
      value: string;
      label: string;
      count: number;
      missing: Missing | null;
      family: string | null;
    }>;
  };
}

export type AreaPageVariables = {
  code: string;
  filter?: Filter | null;
};

export const AreaPage: Operation<AreaPageData, AreaPageVariables> = {
  id: '3542119e0a52b69b0c1a1be1e854fcc9c409c37f475d1e71c2bc973d9ca46f40',
  text: "query AreaPage($code: String!, $filter: Filter) { area(code: $code, filter: $filter) { id code name parent { code name parent { code name } } children { code name organisationCount } sectors: counts(by: SECTOR) { ...Rows } grades: counts(by: GRADE) { ...Rows } topDatasets(first: 8) { totalCount rows { organisationCount dataset { slug title titleLang } } unspecified { organisationCount } } publishers(first: 8) { totalCount edges { userCount node { ...PublisherRow } } } organisations(first: 1) { totalCount ...Figure } } whole: counts(by: SECTOR, filter: $filter) { n ...Rows } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }\nfragment Rows on Counts { rows { value label count missing family } }",
};

export interface AreaOrganisationsData {
  area: {
    organisations: {
      totalCount: number;
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
}

export type AreaOrganisationsVariables = {
  code: string;
  filter?: Filter | null;
  first?: number | null;
  after?: string | null;
};

export const AreaOrganisations: Operation<AreaOrganisationsData, AreaOrganisationsVariables> = {
  id: '852e71143776b1e792b1c93c098529237333d78d5a012ecb1f29f46b2a869419',
  text: "query AreaOrganisations($code: String!, $filter: Filter, $first: Int = 20, $after: String) { area(code: $code, filter: $filter) { organisations(first: $first, after: $after) { totalCount pageInfo { ...Page } nodes { ...OrganisationRow } } } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }",
};
