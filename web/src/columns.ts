// Columns of equal length, as the map gets them, turned into rows; what is not a number or a text
// where one should be is dropped rather than drawn in the wrong place.

export type Columns = Record<string, unknown[]>;

export interface Point {
  id: string;
  slug: string;
  name: string;
  lon: number;
  lat: number;
  family: string;
  precision: string;
}
export interface MapSymbol {
  lon: number;
  lat: number;
  count: number;
  families: number[];
  coincident: boolean;
  area: string;
  /** All areas that they are in, those with most first. */
  areas: string[];
}

function cell(columns: Columns, name: string, index: number): unknown {
  return columns[name]?.[index];
}
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function rows(columns: Columns, name: string): number[] {
  return (columns[name] ?? []).map((_, index) => index);
}

export function points(columns: Columns): Point[] {
  return rows(columns, 'lon').flatMap((index) => {
    const lon = cell(columns, 'lon', index);
    const lat = cell(columns, 'lat', index);
    if (!isNumber(lon) || !isNumber(lat)) return [];
    return [{
      id: text(cell(columns, 'id', index)),
      slug: text(cell(columns, 'slug', index)),
      name: text(cell(columns, 'name', index)),
      lon,
      lat,
      family: text(cell(columns, 'family', index)),
      precision: text(cell(columns, 'precision', index)),
    }];
  });
}

export function symbols(columns: Columns): MapSymbol[] {
  return rows(columns, 'lon').flatMap((index) => {
    const lon = cell(columns, 'lon', index);
    const lat = cell(columns, 'lat', index);
    const count = cell(columns, 'count', index);
    if (!isNumber(lon) || !isNumber(lat) || !isNumber(count)) return [];
    const families = cell(columns, 'families', index);
    return [{
      lon,
      lat,
      count,
      families: Array.isArray(families) ? families.map((one) => (isNumber(one) ? one : 0)) : [],
      coincident: cell(columns, 'coincident', index) === true,
      area: text(cell(columns, 'area', index)),
      areas: texts(cell(columns, 'areas', index)),
    }];
  });
}

/** Organisations per area code. */
export function areaCounts(columns: Columns): Map<string, number> {
  return new Map(rows(columns, 'code').flatMap((index) => {
    const count = cell(columns, 'count', index);
    return isNumber(count) ? [[text(cell(columns, 'code', index)), count] as const] : [];
  }));
}
