// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, Dimension, Filter, Grade, Missing, OrganisationOrder, Rollup } from './schema.ts';

export interface ExploreFacetsData {
  organisations: {
    totalCount: number;
    undisclosedCount: number | null;
    knownAt: string | null;
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
    facets: Array<{
      key: Dimension;
      more: number;
      coverage: {
        attribute: Attribute;
        answered: number;
        asked: number;
      };
      values: Array<{
        value: string;
        label: string;
        count: number;
        selected: boolean;
        missing: Missing | null;
        family: string | null;
      }>;
    }>;
  };
  places: {
    coverage: {
      attribute: Attribute;
      answered: number;
      asked: number;
    };
  };
}

export type ExploreFacetsVariables = {
  filter?: Filter | null;
};

export const ExploreFacets: Operation<ExploreFacetsData, ExploreFacetsVariables> = {
  id: '4d37d623b3e592625b7759262dd2c1c916cea787be2a0e343f2a108d40b73254',
  text: "query ExploreFacets($filter: Filter) { organisations(filter: $filter, first: 1) { totalCount undisclosedCount knownAt ...Figure facets(keys: [FAMILY, SECTOR, AREA, PUBLISHER, DATASET, SIZE, KIND, MODEL, SDG, GRADE, THEME, CHAPTER, WAVE], top: 100) { key more coverage { attribute answered asked } values { value label count selected missing family } } } places: counts(by: AREA, filter: $filter) { coverage { attribute answered asked } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }",
};

export interface ExploreWholeData {
  organisations: {
    facets: Array<{
      key: Dimension;
      values: Array<{
        value: string;
        label: string;
        count: number;
      }>;
    }>;
  };
}

export type ExploreWholeVariables = {
  filter?: Filter | null;
};

export const ExploreWhole: Operation<ExploreWholeData, ExploreWholeVariables> = {
  id: '44b90008fd38ad15f9458e2f54875c8fd62eb6e4ac22310f47dc8569e56e1cfa',
  text: "query ExploreWhole($filter: Filter) { organisations(filter: $filter, first: 1) { facets(keys: [CHAPTER], top: 40) { key values { value label count } } } }",
};

export interface ExploreCountedData {
  organisations: {
    facets: Array<{
      key: Dimension;
      more: number;
      coverage: {
        attribute: Attribute;
        answered: number;
        asked: number;
      };
      values: Array<{
        value: string;
        label: string;
        count: number;
        selected: boolean;
        missing: Missing | null;
        family: string | null;
      }>;
    }>;
  };
}

export type ExploreCountedVariables = {
  filter?: Filter | null;
  keys?: Array<Dimension> | null;
};

export const ExploreCounted: Operation<ExploreCountedData, ExploreCountedVariables> = {
  id: '6972f2f20138524fa8730d7035f0aa601566c4af09ea58c87be2e0e143071cfd',
  text: "query ExploreCounted($filter: Filter, $keys: [Dimension!]) { organisations(filter: $filter, first: 1) { facets(keys: $keys, top: 1) { key more coverage { attribute answered asked } values { value label count selected missing family } } } }",
};

export interface ExploreListData {
  organisations: {
    totalCount: number;
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
      missing: Array<{
        attribute: Attribute;
        code: Missing;
      }>;
    }>;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
  };
}

export type ExploreListVariables = {
  filter?: Filter | null;
  orderBy?: OrganisationOrder | null;
  first?: number | null;
  after?: string | null;
};

export const ExploreList: Operation<ExploreListData, ExploreListVariables> = {
  id: '920f387e1b9a11ff178334a63f08d136fabd857f5c0538e5fd6a79c469b73144',
  text: "query ExploreList($filter: Filter, $orderBy: OrganisationOrder = PUBLISHERS_USED, $first: Int = 20, $after: String) { organisations(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { totalCount nodes { ...OrganisationRow missing { attribute code } } pageInfo { ...Page } } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }",
};

export interface ExploreMapData {
  mapPoints: {
    points: Record<string, unknown[]>;
    symbols: Record<string, unknown[]>;
    areas: Record<string, unknown[]>;
    familyKeys: Array<string>;
    placed: number;
    unplaced: number;
  };
}

export type ExploreMapVariables = {
  filter?: Filter | null;
  bbox?: Array<number> | null;
  zoom?: number | null;
};

export const ExploreMap: Operation<ExploreMapData, ExploreMapVariables> = {
  id: '6eea36b0e36b864488a04b07cee934d53c443fbe8c64cfe350c0cfde8b8864ad',
  text: "query ExploreMap($filter: Filter, $bbox: [Float!], $zoom: Float) { mapPoints(filter: $filter, bbox: $bbox, zoom: $zoom) { points symbols areas familyKeys placed unplaced } }",
};

export interface ExploreAreasData {
  counts: {
    rows: Array<{
      value: string;
      label: string;
      count: number;
      missing: Missing | null;
    }>;
  };
}

export type ExploreAreasVariables = {
  filter?: Filter | null;
};

export const ExploreAreas: Operation<ExploreAreasData, ExploreAreasVariables> = {
  id: '1068b0597729d2b5b96975407e199205c5dc0cd56b0fd65fdd2f344099827bdf',
  text: "query ExploreAreas($filter: Filter) { counts(by: AREA, filter: $filter) { rows { value label count missing } } }",
};

export interface ExploreTableData {
  organisations: {
    totalCount: number;
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
      missing: Array<{
        attribute: Attribute;
        code: Missing;
      }>;
      kindLabel: string;
      claimCount: number;
      chapters: Array<string>;
      updatedAt: string;
    }>;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
  };
}

export type ExploreTableVariables = {
  filter?: Filter | null;
  orderBy?: OrganisationOrder | null;
  reverse?: boolean | null;
  first?: number | null;
  after?: string | null;
};

export const ExploreTable: Operation<ExploreTableData, ExploreTableVariables> = {
  id: '9af8c942b90f4576700c5072d060a11bb60cdefa694fe155847dcad7fa192a7a',
  text: "query ExploreTable($filter: Filter, $orderBy: OrganisationOrder, $reverse: Boolean, $first: Int, $after: String) { organisations(filter: $filter, orderBy: $orderBy, reverse: $reverse, first: $first, after: $after) { totalCount nodes { ...OrganisationRow missing { attribute code } kindLabel claimCount chapters updatedAt } pageInfo { ...Page } } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }",
};
