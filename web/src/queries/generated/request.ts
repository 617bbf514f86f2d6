// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, BlockingReason, DemandSide, RequestFilter, RequestOrder, RequestStatus, Rollup } from './schema.ts';

export interface RequestBoardData {
  requests: {
    totalCount: number;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
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
      answer: string | null;
      answerLang: string | null;
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
    blockedCount: number;
    heat: number;
    punctuality: {
      answered: number;
      answeredInTime: number;
      overdue: number;
      onTimeRate: number | null;
    };
    cells: Array<{
      side: DemandSide;
      heat: number;
      requestCount: number;
      supportCount: number;
      sector: {
        code: string;
        label: string;
      } | null;
    }>;
    themes: Array<{
      requestCount: number;
      theme: {
        code: string;
        label: string;
      } | null;
    }>;
  };
  all: {
    cells: Array<{
      publisher: {
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
      } | null;
      sector: {
        code: string;
        label: string;
      } | null;
    }>;
  };
  studies: Array<{
    chapter: string;
  }>;
}

export type RequestBoardVariables = {
  filter?: RequestFilter | null;
  order?: RequestOrder | null;
  first?: number | null;
  after?: string | null;
};

export const RequestBoard: Operation<RequestBoardData, RequestBoardVariables> = {
  id: '1503195d5d2daecec2470c1a368e381dd1ce4f85ec025069307ffe3422ca3622',
  text: "query RequestBoard($filter: RequestFilter, $order: RequestOrder = ORGANISATIONS, $first: Int = 50, $after: String) { requests(filter: $filter, orderBy: $order, first: $first, after: $after) { totalCount pageInfo { ...Page } nodes { ...RequestRow answer answerLang } } demand(filter: $filter) { ...Figure requestCount organisationSupportCount personSupportCount openCount blockedCount heat punctuality { answered answeredInTime overdue onTimeRate } cells { side heat requestCount supportCount sector { code label } } themes { requestCount theme { code label } } } all: demand { cells { publisher { ...PublisherRow } sector { code label } } } studies { chapter } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment Page on PageInfo { hasNextPage endCursor }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }\nfragment RequestRow on DataRequest { slug title titleLang blocking status isOpen publisher { ...PublisherRow } submittedOn forwardedOn dueOn answeredOn isOverdue lateDays heat support { organisationCount personCount blockedCount } }",
};

export interface RequestPageData {
  request: {
    id: string;
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
    description: string | null;
    purpose: string | null;
    themes: Array<{
      code: string;
      label: string;
    }>;
    study: {
      slug: string;
      title: string;
      attribution: {
        text: string;
        licence: string;
        url: string;
      };
    } | null;
    frequency: string | null;
    format: string | null;
    businessHeat: number;
    plannedOn: string | null;
    publishedOn: string | null;
    answer: string | null;
    answerLang: string | null;
    legalBasis: string | null;
    duplicateOf: {
      slug: string;
      title: string;
      titleLang: string;
    } | null;
    datasets: Array<{
      slug: string;
      title: string;
      titleLang: string;
    }>;
    named: {
      organisations: Array<{
        slug: string;
        name: string;
        nameLang: string;
        isPublisher: boolean;
        publishersUsed: number;
      }>;
    };
  } | null;
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
  };
}

export type RequestPageVariables = {
  slug: string;
};

export const RequestPage: Operation<RequestPageData, RequestPageVariables> = {
  id: 'a175119db66e57a31d957c97ad706c2804ad631b77ab57882ef2d7f7a65a5211',
  text: "query RequestPage($slug: String!) { request(slug: $slug) { id ...RequestRow description purpose themes { code label } study { slug title attribution { text licence url } } frequency format businessHeat plannedOn publishedOn answer answerLang legalBasis duplicateOf { slug title titleLang } datasets { slug title titleLang } named: support { organisations { slug name nameLang isPublisher publishersUsed } } } demand { ...Figure } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }\nfragment RequestRow on DataRequest { slug title titleLang blocking status isOpen publisher { ...PublisherRow } submittedOn forwardedOn dueOn answeredOn isOverdue lateDays heat support { organisationCount personCount blockedCount } }",
};
