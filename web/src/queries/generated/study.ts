// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Frame, Grade, Missing, Rollup, WaveState } from './schema.ts';

export interface StudyPageData {
  study: {
    id: string;
    slug: string;
    chapter: string;
    title: string;
    url: string;
    attribution: {
      text: string;
      licence: string;
      url: string;
    };
    limits: Array<string>;
    organisationCount: number;
    waves: Array<{
      slug: string;
      title: string;
      opensOn: string;
      closesOn: string | null;
      frame: Frame;
      nominationPath: string | null;
      organisationCount: number;
      responseRate: {
        eligible: number;
        answered: number;
        desk: number;
        unknown: number;
      };
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
    areas: {
      rows: Array<{
        value: string;
        label: string;
        count: number;
        missing: Missing | null;
        family: string | null;
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
    topDatasets: {
      totalCount: number;
    };
    datasetNamed: {
      coverage: {
        answered: number;
        asked: number;
      };
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
}

export type StudyPageVariables = {
  slug: string;
};

export const StudyPage: Operation<StudyPageData, StudyPageVariables> = {
  id: 'e2e0f0de95bfe6b26721ac6f63beb211231ac3f0e7f59f9264d0219395d4e8a0',
  text: "query StudyPage($slug: String!) { study(slug: $slug) { id slug chapter title url attribution { text licence url } limits organisationCount waves { slug title opensOn closesOn frame nominationPath organisationCount responseRate { eligible answered desk unknown } } sectors: counts(by: SECTOR) { ...Rows } grades: counts(by: GRADE) { ...Rows } areas: counts(by: AREA) { ...Rows } publishers(first: 8) { totalCount edges { userCount node { ...PublisherRow } } } topDatasets(first: 5) { totalCount } datasetNamed: counts(by: DATASET) { coverage { answered asked } } organisations(first: 1) { totalCount ...Figure } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }\nfragment Rows on Counts { rows { value label count missing family } }",
};

export interface StudyOrganisationsData {
  study: {
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

export type StudyOrganisationsVariables = {
  slug: string;
  first?: number | null;
  after?: string | null;
};

export const StudyOrganisations: Operation<StudyOrganisationsData, StudyOrganisationsVariables> = {
  id: 'bde4a35d08a73bee0c61336428f7d6f261e2966b266410fb52a20c11f706acca',
  text: "query StudyOrganisations($slug: String!, $first: Int = 20, $after: String) { study(slug: $slug) { organisations(first: $first, after: $after) { totalCount pageInfo { ...Page } nodes { ...OrganisationRow } } } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }",
};

export interface WavePageData {
  wave: {
    id: string;
    slug: string;
    title: string;
    opensOn: string;
    closesOn: string | null;
    population: string;
    frame: Frame;
    state: WaveState;
    nominationPath: string | null;
    instrument: string;
    asked: Array<Attribute>;
    askedGoals: Array<number>;
    organisationCount: number;
    responseRate: {
      eligible: number;
      answered: number;
      desk: number;
      unknown: number;
      pendingReview: number;
    };
    study: {
      slug: string;
      title: string;
      chapter: string;
      url: string;
      limits: Array<string>;
      attribution: {
        text: string;
        licence: string;
        url: string;
      };
      waves: Array<{
        slug: string;
        title: string;
        opensOn: string;
      }>;
    };
    questions: Array<{
      attribute: Attribute;
      answered: number;
      asked: number;
      missing: Array<{
        code: Missing;
        count: number;
      }>;
      pendingReview: number | null;
    }>;
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
  scheme: {
    codes: Array<{
      code: string;
      label: string;
    }>;
  } | null;
}

export type WavePageVariables = {
  slug: string;
};

export const WavePage: Operation<WavePageData, WavePageVariables> = {
  id: 'e1bc01cb419524440fddb66af21866f4fe6551f020f9aef25f21b2857dc14737',
  text: "query WavePage($slug: String!) { wave(slug: $slug) { id slug title opensOn closesOn population frame state nominationPath instrument asked askedGoals organisationCount responseRate { eligible answered desk unknown pendingReview } study { slug title chapter url limits attribution { text licence url } waves { slug title opensOn } } questions { attribute answered asked missing { code count } pendingReview } organisations(first: 1) { totalCount ...Figure } } scheme(id: \"sdg\") { codes { code label } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }",
};

export interface WaveOrganisationsData {
  wave: {
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

export type WaveOrganisationsVariables = {
  slug: string;
  first?: number | null;
  after?: string | null;
};

export const WaveOrganisations: Operation<WaveOrganisationsData, WaveOrganisationsVariables> = {
  id: 'a45273f62c918e07e1f6481e164b668cba555500eebf4f9823e9c028e1f8d487',
  text: "query WaveOrganisations($slug: String!, $first: Int = 20, $after: String) { wave(slug: $slug) { organisations(first: $first, after: $after) { totalCount pageInfo { ...Page } nodes { ...OrganisationRow } } } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }",
};
