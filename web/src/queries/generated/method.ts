// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Filter, Frame, Missing, PrintedBy, Rollup } from './schema.ts';

export interface MethodData {
  sector: {
    coverage: {
      attribute: Attribute;
      answered: number;
      asked: number;
      missing: Array<{
        code: Missing;
        count: number;
      }>;
    };
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
  };
  area: {
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
  size: {
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
  kind: {
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
  model: {
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
  publisher: {
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
  dataset: {
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
  sdg: {
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
  meta: {
    methodVersion: string;
    formulas: Array<{
      key: string;
      name: string;
      lines: Array<string>;
      notes: Array<string>;
    }>;
  };
  studies: Array<{
    slug: string;
    chapter: string;
    title: string;
    attribution: {
      text: string;
      licence: string;
      url: string;
    };
    limits: Array<string>;
    printed: Array<{
      by: PrintedBy;
    }>;
    waves: Array<{
      slug: string;
      title: string;
      opensOn: string;
      closesOn: string | null;
      frame: Frame;
      organisationCount: number;
      responseRate: {
        eligible: number;
        answered: number;
        desk: number;
        unknown: number;
      };
    }>;
  }>;
}

export type MethodVariables = {
  filter?: Filter | null;
};

export const Method: Operation<MethodData, MethodVariables> = {
  id: '1a73a0ab0864f5473a5eb0ffbcff34ff713b2fbe369200240dae060ffb5247b4',
  text: "query Method($filter: Filter) { sector: counts(by: SECTOR, filter: $filter) { ...Covered ...Figure } area: counts(by: AREA, filter: $filter) { ...Covered } size: counts(by: SIZE, filter: $filter) { ...Covered } kind: counts(by: KIND, filter: $filter) { ...Covered } model: counts(by: MODEL, filter: $filter) { ...Covered } publisher: counts(by: PUBLISHER, filter: $filter) { ...Covered } dataset: counts(by: DATASET, filter: $filter) { ...Covered } sdg: counts(by: SDG, filter: $filter) { ...Covered } meta { methodVersion formulas { key name lines notes } } studies { slug chapter title attribution { text licence url } limits printed { by } waves { slug title opensOn closesOn frame organisationCount responseRate { eligible answered desk unknown } } } }\nfragment Covered on Counts { coverage { attribute answered asked missing { code count } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }",
};

export interface PrintedReportData {
  study: {
    title: string;
    printed: Array<{
      by: PrintedBy;
      printedTotal: number | null;
      nowTotal: number | null;
      rows: Array<{
        label: string;
        path: string | null;
        printed: number | null;
        now: number;
        note: string | null;
      }>;
    }>;
  } | null;
}

export type PrintedReportVariables = {
  slug: string;
};

export const PrintedReport: Operation<PrintedReportData, PrintedReportVariables> = {
  id: '485486123205fd59037c77645e45a72a4bf340b286a8d81fc61dead54967769c',
  text: "query PrintedReport($slug: String!) { study(slug: $slug) { title printed { by printedTotal nowTotal rows { label path printed now note } } } }",
};
