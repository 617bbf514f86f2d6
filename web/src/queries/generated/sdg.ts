// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Filter, Grade, Missing, Rollup } from './schema.ts';

export interface SdgPageData {
  sdg: {
    number: number;
    declaredCount: number;
    inferredCount: number;
    recoveredCount: number;
    inferredCoverage: {
      attribute: Attribute;
      answered: number;
      asked: number;
    };
    asked: boolean;
    askedDirectly: boolean;
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
    color: string;
    code: {
      id: string;
      code: string;
      label: string;
      definition: string | null;
    };
    levels: Array<{
      level: number;
      count: number;
    }>;
    targets: Array<{
      asked: boolean;
      declaredCount: number;
      inferredCount: number;
      code: {
        code: string;
        label: string;
      };
    }>;
    candidateCount: number;
    candidates: Array<{
      inferred: boolean;
      recovered: boolean;
      organisation: {
        slug: string;
        name: string;
        nameLang: string;
        family: string | null;
        sector: {
          label: string;
        } | null;
        sectorText: string | null;
        sectorMissing: Missing | null;
      };
      datasets: Array<{
        slug: string;
        title: string;
        titleLang: string;
      }>;
    }>;
    unusedDatasets: Array<{
      slug: string;
      title: string;
      titleLang: string;
      publisher: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
      };
    }>;
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

export type SdgPageVariables = {
  number: number;
  filter?: Filter | null;
  first?: number | null;
  after?: string | null;
  ask?: number | null;
};

export const SdgPage: Operation<SdgPageData, SdgPageVariables> = {
  id: '168f689ace24cac506680547832ab8c29ef9d46157c16954e6c941b8edb92fa5',
  text: "query SdgPage($number: Int!, $filter: Filter, $first: Int = 20, $after: String, $ask: Int = 12) { sdg(number: $number, filter: $filter) { number declaredCount inferredCount recoveredCount inferredCoverage { attribute answered asked } asked askedDirectly ...Figure color code { id code label definition } levels { level count } targets { asked declaredCount inferredCount code { code label } } candidateCount candidates(first: $ask) { inferred recovered organisation { slug name nameLang family sector { label } sectorText sectorMissing } datasets { slug title titleLang } } unusedDatasets(first: 8) { slug title titleLang publisher { ...PublisherRow } } organisations(first: $first, after: $after) { totalCount pageInfo { ...Page } nodes { ...OrganisationRow } } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }",
};
