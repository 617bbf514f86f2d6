// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, DatasetAccess, DatasetStatus, Decision, DesignationKind, FeedbackDimension, FeedbackSeverity, FeedbackState, Filter, Grade, HttpState, Missing, RiskNote, Rollup } from './schema.ts';

export interface DatasetProfileData {
  dataset: {
    id: string;
    slug: string;
    title: string;
    titleLang: string;
    description: {
      value: string;
      lang: string;
    } | null;
    publisher: {
      slug: string;
      name: string;
      nameLang: string;
      acronym: string | null;
      shortName: string;
    };
    isSeries: boolean;
    series: {
      slug: string;
      title: string;
      titleLang: string;
    } | null;
    seriesDecision: Decision | null;
    source: {
      title: string;
      titleLang: string | null;
      url: string | null;
      publishedOn: string | null;
      grade: Grade;
    } | null;
    edition: string | null;
    editions: Array<{
      slug: string;
      title: string;
      titleLang: string;
      edition: string | null;
      userCount: number;
      seriesDecision: Decision | null;
    }>;
    status: DatasetStatus;
    access: DatasetAccess;
    landingPage: string | null;
    licence: string | null;
    frequency: string | null;
    issuedOn: string | null;
    modifiedOn: string | null;
    themes: Array<{
      code: string;
      label: string;
    }>;
    identifiers: Array<{
      scheme: string;
      value: string;
      url: string | null;
    }>;
    distributions: Array<{
      url: string;
      format: string | null;
      httpState: HttpState;
    }>;
    designations: Array<{
      kind: DesignationKind;
      code: string | null;
      by: string;
      validFrom: string | null;
    }>;
    rating: {
      n: number;
      mean: number | null;
      smallest: number;
    };
    feedback: Array<{
      id: string;
      on: string;
      rating: number | null;
      dimension: FeedbackDimension | null;
      severity: FeedbackSeverity | null;
      comment: string;
      lang: string;
      sampleUrl: string | null;
      state: FeedbackState;
      reply: string | null;
      fixedOn: string | null;
    }>;
    userCount: number;
    userCountWithEditions: number;
    userStudies: {
      chapters: Array<string>;
      sentence: string | null;
    };
    sectors: {
      rows: Array<{
        value: string;
        label: string;
        count: number;
        missing: Missing | null;
        family: string | null;
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
    risk: {
      due: string | null;
      overdueDays: number | null;
      note: RiskNote | null;
    };
    users: {
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
    reliance: {
      n: number;
      confirmed: number;
      useTypes: {
        rows: Array<{
          value: string;
          count: number;
        }>;
        coverage: {
          attribute: Attribute;
          answered: number;
          asked: number;
        };
      };
      criticality: {
        rows: Array<{
          value: string;
          count: number;
        }>;
        coverage: {
          attribute: Attribute;
          answered: number;
          asked: number;
        };
      };
      since: {
        rows: Array<{
          value: string;
          count: number;
        }>;
        coverage: {
          attribute: Attribute;
          answered: number;
          asked: number;
        };
      };
    };
    claims: {
      totalCount: number;
      nodes: Array<{
        id: string;
        countable: boolean;
        purpose: {
          value: string;
          lang: string;
        } | null;
        wave: {
          slug: string;
          title: string;
        } | null;
        organisation: {
          slug: string;
          name: string;
          nameLang: string;
        };
      }>;
    };
  } | null;
}

export type DatasetProfileVariables = {
  slug: string;
  filter?: Filter | null;
};

export const DatasetProfile: Operation<DatasetProfileData, DatasetProfileVariables> = {
  id: 'aa00f0a4d92f7f2b9390c7b06ba13122c53cfae5337ca4e82410827356740476',
  text: "query DatasetProfile($slug: String!, $filter: Filter) { dataset(slug: $slug) { id slug title titleLang description { value lang } publisher { ...PublisherRow } isSeries series { slug title titleLang } seriesDecision source { title titleLang url publishedOn grade } edition editions { slug title titleLang edition userCount(filter: $filter) seriesDecision } status access landingPage licence frequency issuedOn modifiedOn themes { code label } identifiers { scheme value url } distributions { url format httpState } designations { kind code by validFrom } rating { n mean smallest } feedback { id on rating dimension severity comment lang sampleUrl state reply fixedOn } userCount(filter: $filter) userCountWithEditions(filter: $filter) userStudies(filter: $filter) { chapters sentence } sectors: counts(by: SECTOR, filter: $filter) { ...Rows } areas: counts(by: AREA, filter: $filter) { ...Rows } grades: counts(by: GRADE, filter: $filter) { ...Rows } risk { due overdueDays note } users(first: 1, filter: $filter) { totalCount ...Figure } reliance(filter: $filter) { n confirmed useTypes { ...Answered } criticality { ...Answered } since { ...Answered } } claims(first: 100) { totalCount nodes { id countable purpose { value lang } wave { slug title } organisation { slug name nameLang } } } } }\nfragment Answered on AnswerTally { rows { value count } coverage { attribute answered asked } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }\nfragment Rows on Counts { rows { value label count missing family } }",
};

export interface DatasetUsersData {
  dataset: {
    users: {
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

export type DatasetUsersVariables = {
  slug: string;
  first?: number | null;
  after?: string | null;
  filter?: Filter | null;
};

export const DatasetUsers: Operation<DatasetUsersData, DatasetUsersVariables> = {
  id: '8f9b6d493d15aac2989e4a7f6ea96007350e29ed7ece46df1651cf4329bdf64e',
  text: "query DatasetUsers($slug: String!, $first: Int = 20, $after: String, $filter: Filter) { dataset(slug: $slug) { users(orderBy: PUBLISHERS_USED, first: $first, after: $after, filter: $filter) { totalCount pageInfo { ...Page } nodes { ...OrganisationRow } } } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }",
};

export interface DatasetListData {
  datasets: {
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
    edges: Array<{
      userCount: number;
      node: {
        slug: string;
        title: string;
        titleLang: string;
        isSeries: boolean;
        edition: string | null;
        publisher: {
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        };
      };
    }>;
  };
}

export type DatasetListVariables = {
  filter?: Filter | null;
  first?: number | null;
  after?: string | null;
};

export const DatasetList: Operation<DatasetListData, DatasetListVariables> = {
  id: '8f295a62fe6b4c28d1a8d5b9850d9407648667eece23ebcc86bbe5298b5e24d1',
  text: "query DatasetList($filter: Filter, $first: Int = 20, $after: String) { datasets(filter: $filter, first: $first, after: $after) { totalCount ...Figure pageInfo { ...Page } edges { userCount node { slug title titleLang isSeries edition publisher { ...PublisherRow } } } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment Page on PageInfo { hasNextPage endCursor }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }",
};
