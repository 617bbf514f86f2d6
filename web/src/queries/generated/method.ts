// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Frame, Missing, Rollup } from './schema.ts';

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
  grades: {
    rows: Array<{
      value: string;
      label: string;
      count: number;
      missing: Missing | null;
      family: string | null;
    }>;
  };
  studies: Array<{
    slug: string;
    chapter: string;
    title: string;
    url: string;
    attribution: {
      text: string;
      licence: string;
      url: string;
    };
    waves: Array<{
      slug: string;
      title: string;
      opensOn: string;
      closesOn: string | null;
      population: string;
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

export type MethodVariables = Record<string, never>;

export const Method: Operation<MethodData, MethodVariables> = {
  id: '1852eff92c1d8176c1194d5aaf824ce0cfea61370e5e536f2240667881a26862',
  text: "query Method { sector: counts(by: SECTOR) { ...Covered ...Figure } area: counts(by: AREA) { ...Covered } size: counts(by: SIZE) { ...Covered } kind: counts(by: KIND) { ...Covered } model: counts(by: MODEL) { ...Covered } publisher: counts(by: PUBLISHER) { ...Covered } dataset: counts(by: DATASET) { ...Covered } sdg: counts(by: SDG) { ...Covered } grades: counts(by: GRADE) { ...Rows } studies { slug chapter title url attribution { text licence url } waves { slug title opensOn closesOn population frame organisationCount responseRate { eligible answered desk unknown } } } }\nfragment Covered on Counts { coverage { attribute answered asked missing { code count } } }\nfragment Figure on Aggregate { asOf rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment Rows on Counts { rows { value label count missing family } }",
};
