// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Filter, Rollup } from './schema.ts';

export interface PublisherCardData {
  publisher: {
    scorecard: {
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
      users: number;
      acknowledged: number;
      confirmed: number;
      usersNamingDataset: number;
      sectors: number;
      publishedDatasets: number;
      usedDatasets: number;
      usersOutsideCapital: number;
      usersWithPlace: number;
      coreUsers: number;
      staleDatasetsWithUsers: number;
      rating: {
        n: number;
        mean: number | null;
      };
      requestsOpen: number;
      punctuality: {
        answered: number;
        answeredInTime: number;
        overdue: number;
        medianDays: number | null;
      };
      sdgs: Array<number>;
      criticalityCoverage: {
        answered: number;
        asked: number;
      };
      sdgCoverage: {
        answered: number;
        asked: number;
      };
      sectorCoverage: {
        answered: number;
        asked: number;
      };
      datasetCoverage: {
        answered: number;
        asked: number;
      };
      lateDatasets: Array<{
        slug: string;
        title: string;
        titleLang: string;
        risk: {
          overdueDays: number | null;
          users: number;
          coreUsers: number;
          risk: number;
        };
      }>;
      topUsers: Array<{
        organisation: {
          slug: string;
          name: string;
          nameLang: string;
        };
      }>;
      notConfirmedCount: number;
      notConfirmed: Array<{
        slug: string;
        name: string;
        nameLang: string;
      }>;
    };
  } | null;
  scheme: {
    codes: Array<{
      code: string;
      label: string;
    }>;
  } | null;
}

export type PublisherCardVariables = {
  slug: string;
  filter?: Filter | null;
};

export const PublisherCard: Operation<PublisherCardData, PublisherCardVariables> = {
  id: '06098959b709c454419970d5a91fe58c5a66fa6fed83bf5610ef2eb1afb56450',
  text: "query PublisherCard($slug: String!, $filter: Filter) { publisher(slug: $slug) { scorecard(filter: $filter) { ...Figure users acknowledged confirmed usersNamingDataset sectors publishedDatasets usedDatasets usersOutsideCapital usersWithPlace coreUsers staleDatasetsWithUsers rating { n mean } requestsOpen punctuality { answered answeredInTime overdue medianDays } sdgs criticalityCoverage { answered asked } sdgCoverage { answered asked } sectorCoverage { answered asked } datasetCoverage { answered asked } lateDatasets { slug title titleLang risk { overdueDays users coreUsers risk } } topUsers { organisation { slug name nameLang } } notConfirmedCount notConfirmed { slug name nameLang } } } scheme(id: \"sdg\") { codes { code label } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }",
};
