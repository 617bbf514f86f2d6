// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, BlockingReason, Decision, Filter, Grade, IdentifierScheme, Missing, NameKind, OrganisationStatus, PublisherLevel, RelationKind, RequestStatus, Rollup } from './schema.ts';

export interface PublisherProfileData {
  publisher: {
    id: string;
    slug: string;
    name: string;
    nameLang: string;
    acronym: string | null;
    shortName: string;
    names: Array<{
      text: string;
      lang: string;
      kind: NameKind;
      validFrom: string | null;
      validTo: string | null;
    }>;
    level: PublisherLevel;
    levelLabel: string;
    website: string | null;
    status: OrganisationStatus;
    parent: {
      slug: string;
      name: string;
      nameLang: string;
      acronym: string | null;
      shortName: string;
    } | null;
    parentDecision: Decision | null;
    children: Array<{
      decision: Decision;
      userCount: number;
      publisher: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
      };
    }>;
    predecessors: Array<{
      kind: RelationKind;
      on: string | null;
      isDateUnverified: boolean;
      note: string | null;
      source: {
        title: string;
        titleLang: string | null;
        url: string | null;
      } | null;
      publisher: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
      };
    }>;
    successors: Array<{
      kind: RelationKind;
      on: string | null;
      isDateUnverified: boolean;
      note: string | null;
      source: {
        title: string;
        titleLang: string | null;
        url: string | null;
      } | null;
      publisher: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
      };
    }>;
    userCount: number;
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
    topDatasets: {
      othersOrganisationCount: number;
      rows: Array<{
        organisationCount: number;
        dataset: {
          slug: string;
          title: string;
          titleLang: string;
        };
      }>;
    };
    alsoUsed: Array<{
      sharedUsers: number;
      publisher: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
      };
    }>;
    scorecard: {
      users: number;
      gradeUsers: Array<{
        grade: Grade;
        count: number;
      }>;
      sectors: number;
      datasetsNamed: number;
      confirmed: number;
      datasetCoverage: {
        answered: number;
        asked: number;
      };
      usersOutsideCapital: number;
      areasOutsideCapital: number;
      usersWithPlace: number;
      publishedDatasets: number;
      usedDatasets: number;
      staleDatasetsWithUsers: number;
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
        asked: Array<Attribute>;
        responseRate: {
          unknown: number;
        };
      }>;
      coverage: {
        attribute: Attribute;
        answered: number;
        asked: number;
      };
    };
    requests: {
      nodes: Array<{
        slug: string;
        title: string;
        titleLang: string;
        blocking: BlockingReason;
        status: RequestStatus;
        isOpen: boolean;
        publisher: {
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        } | null;
        submittedOn: string;
        forwardedOn: string | null;
        dueOn: string | null;
        answeredOn: string | null;
        isOverdue: boolean;
        lateDays: number | null;
        heat: number;
        support: {
          organisationCount: number;
          personCount: number;
          blockedCount: number;
        };
      }>;
    };
    demand: {
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
      requestCount: number;
      organisationSupportCount: number;
      personSupportCount: number;
      openCount: number;
      punctuality: {
        answered: number;
        answeredInTime: number;
        overdue: number;
      };
    };
    reliance: {
      n: number;
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
      ifStopped: {
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
    organisation: {
      source: {
        title: string;
        titleLang: string | null;
        url: string | null;
        publishedOn: string | null;
        grade: Grade;
      } | null;
      identifiers: Array<{
        scheme: IdentifierScheme;
        value: string;
        url: string | null;
      }>;
    };
    sources: Array<{
      title: string;
      titleLang: string | null;
      url: string | null;
      publishedOn: string | null;
      grade: Grade;
    }>;
  } | null;
}

export type PublisherProfileVariables = {
  slug: string;
  filter?: Filter | null;
};

export const PublisherProfile: Operation<PublisherProfileData, PublisherProfileVariables> = {
  id: 'da0390c7c0ccdc74c2497297219b3ccfff1d8cb11a0f26f249fb3159c5495263',
  text: "query PublisherProfile($slug: String!, $filter: Filter) { publisher(slug: $slug) { id ...PublisherRow names { text lang kind validFrom validTo } level levelLabel website status parent { ...PublisherRow } parentDecision children { decision userCount publisher { ...PublisherRow } } predecessors { kind on isDateUnverified note source { title titleLang url } publisher { ...PublisherRow } } successors { kind on isDateUnverified note source { title titleLang url } publisher { ...PublisherRow } } userCount userStudies(filter: $filter) { chapters sentence } sectors: counts(by: SECTOR, filter: $filter) { ...Rows } areas: counts(by: AREA, filter: $filter) { ...Rows } topDatasets(first: 8, filter: $filter) { othersOrganisationCount rows { organisationCount dataset { slug title titleLang } } } alsoUsed(first: 6, filter: $filter) { sharedUsers publisher { ...PublisherRow } } scorecard(filter: $filter) { users gradeUsers { grade count } sectors datasetsNamed confirmed datasetCoverage { answered asked } usersOutsideCapital areasOutsideCapital usersWithPlace publishedDatasets usedDatasets staleDatasetsWithUsers } users(first: 1, filter: $filter) { totalCount ...Figure waves { asked responseRate { unknown } } } requests(orderBy: ORGANISATIONS, first: 6, status: [TRIAGED, FORWARDED, ACCEPTED_PLANNED, PARTIALLY_PUBLISHED]) { nodes { ...RequestRow } } demand { ...Figure requestCount organisationSupportCount personSupportCount openCount punctuality { answered answeredInTime overdue } } reliance(filter: $filter) { n criticality { ...Answered } since { ...Answered } ifStopped { ...Answered } } organisation { source { title titleLang url publishedOn grade } identifiers { scheme value url } } sources { title titleLang url publishedOn grade } } }\nfragment Answered on AnswerTally { rows { value count } coverage { attribute answered asked } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }\nfragment RequestRow on DataRequest { slug title titleLang blocking status isOpen publisher { ...PublisherRow } submittedOn forwardedOn dueOn answeredOn isOverdue lateDays heat support { organisationCount personCount blockedCount } }\nfragment Rows on Counts { rows { value label count missing family } }",
};

export interface PublisherContextData {
  sectors: {
    n: number;
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
      node: {
        slug: string;
      };
    }>;
  };
}

export type PublisherContextVariables = {
  filter?: Filter | null;
};

export const PublisherContext: Operation<PublisherContextData, PublisherContextVariables> = {
  id: '6e23adb3003a408b4f62d1f3643660a7c3c368d93ddb02d2e3a905e8221b07ec',
  text: "query PublisherContext($filter: Filter) { sectors: counts(by: SECTOR, filter: $filter) { n ...Rows } areas: counts(by: AREA, filter: $filter) { ...Rows } publishers(filter: $filter, first: 1) { totalCount edges { node { slug } } } }\nfragment Rows on Counts { rows { value label count missing family } }",
};

export interface PublisherUsersData {
  publisher: {
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

export type PublisherUsersVariables = {
  slug: string;
  first?: number | null;
  after?: string | null;
  filter?: Filter | null;
};

export const PublisherUsers: Operation<PublisherUsersData, PublisherUsersVariables> = {
  id: '0248b7be97712658f685926de6b48f45df9d837bdb239484a12cdab777db9c16',
  text: "query PublisherUsers($slug: String!, $first: Int = 20, $after: String, $filter: Filter) { publisher(slug: $slug) { users(orderBy: PUBLISHERS_USED, first: $first, after: $after, filter: $filter) { totalCount pageInfo { ...Page } nodes { ...OrganisationRow } } } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }",
};

export interface PublisherListData {
  publishers: {
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
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
        levelLabel: string;
        parent: {
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        } | null;
      };
    }>;
  };
}

export type PublisherListVariables = {
  filter?: Filter | null;
  first?: number | null;
  after?: string | null;
};

export const PublisherList: Operation<PublisherListData, PublisherListVariables> = {
  id: 'd589a8678a1e112d502975a7f620a997ab943831f609c7c2020e0e648505aed9',
  text: "query PublisherList($filter: Filter, $first: Int = 20, $after: String) { publishers(filter: $filter, first: $first, after: $after) { totalCount ...Figure pageInfo { ...Page } edges { userCount node { ...PublisherRow levelLabel parent { ...PublisherRow } } } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment Page on PageInfo { hasNextPage endCursor }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }",
};
