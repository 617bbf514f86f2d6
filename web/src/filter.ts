// The filter of the address as the API takes it. What cannot be one of its values is left out here, and
// named by `faultOf`, so that the page can say so.
import { ROLLUPS, type Facet, type Filter as Conditions, type Single } from './address.ts';
import { isDay, isMoment, TEXT } from './limits.ts';
import type { AccessMode, Criticality, Filter, Grade, Rollup } from './queries/generated/schema.ts';

const GRADES = new Set(['A', 'B', 'C', 'D', 'E']);
const CRITICALITIES = new Set(['CORE', 'SUPPORTING', 'OCCASIONAL', 'UNKNOWN']);
const ACCESS_MODES = new Set(['DOWNLOAD', 'API', 'SCRAPING', 'REQUEST', 'PURCHASE', 'INTERMEDIARY', 'UNKNOWN']);
/** Filters whose values are few and fixed, written small in the address. */
const FIXED = { grade: GRADES, criticality: CRITICALITIES, access: ACCESS_MODES } as const;
const LISTS = ['chapter', 'wave', 'sector', 'family', 'sdg', 'area', 'publisher', 'dataset', 'size', 'kind', 'model', 'theme'] as const;

export function apiFilter(conditions: Conditions): Filter {
  const filter: Filter = {};
  for (const key of LISTS) {
    const values = conditions[key];
    if (values && values.length > 0) filter[key] = values;
  }
  const grades = fixed(conditions, 'grade') as Grade[];
  if (grades.length > 0) filter.grade = grades;
  const criticality = fixed(conditions, 'criticality') as Criticality[];
  if (criticality.length > 0) filter.criticality = criticality;
  const access = fixed(conditions, 'access') as AccessMode[];
  if (access.length > 0) filter.access = access;
  const { rollup } = conditions;
  if (rollup && ROLLUPS.test(rollup)) filter.rollup = rollup.toUpperCase() as Rollup;
  const box = parseBox(conditions.bbox);
  if (box) filter.bbox = box;
  if (conditions.q && conditions.q.length <= TEXT) filter.text = conditions.q;
  if (conditions.asOf && isDay(conditions.asOf)) filter.asOf = conditions.asOf;
  if (conditions.knownAt && isMoment(conditions.knownAt)) filter.knownAt = conditions.knownAt;
  return filter;
}

/** The values of an address that its filter has, as the API spells them. */
function fixed(conditions: Conditions, key: keyof typeof FIXED): string[] {
  return (conditions[key] ?? []).map((one) => one.toUpperCase()).filter((one) => FIXED[key].has(one));
}

/** A condition that no record can meet: its word in the address, and what is wrong with it. */
export interface Fault {
  key: Facet | Single;
  value: string;
}

/** The first condition of an address that is no value of its filter, whatever is recorded. */
export function faultOf(conditions: Conditions): Fault | undefined {
  for (const [key, values] of Object.entries(FIXED) as [keyof typeof FIXED, Set<string>][]) {
    const value = conditions[key]?.find((one) => !values.has(one.toUpperCase()));
    if (value) return { key, value };
  }
  const { q, bbox, rollup, asOf, knownAt } = conditions;
  if (q && q.length > TEXT) return { key: 'q', value: q };
  if (bbox && !parseBox(bbox)) return { key: 'bbox', value: bbox };
  if (rollup && !ROLLUPS.test(rollup)) return { key: 'rollup', value: rollup };
  if (asOf && !isDay(asOf)) return { key: 'asOf', value: asOf };
  if (knownAt && !isMoment(knownAt)) return { key: 'knownAt', value: knownAt };
  return undefined;
}

/** West, south, east, north; undefined unless it is a box on Earth. */
export function parseBox(text: string | undefined): [number, number, number, number] | undefined {
  const numbers = (text ?? '').split(',').map(Number);
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || west === undefined || south === undefined || east === undefined || north === undefined) return undefined;
  if (!numbers.every(Number.isFinite) || west < -180 || east > 180 || south < -90 || north > 90 || south > north) return undefined;
  return [west, south, east, north];
}

/** A box with as many digits as a reader can use. */
export function printBox(box: readonly number[]): string {
  return box.map((one) => String(Math.round(one * 100) / 100)).join(',');
}

/** Of which day, and as recorded by when, an answer is. */
export interface Dated {
  asOf: string;
  knownAt: string | null;
}

/** Which condition of an address has not come yet, so that the latest record answers for it. */
export function toCome({ asOf, knownAt }: Conditions, of: Dated): 'asOf' | 'knownAt' | undefined {
  if (asOf && isDay(asOf) && asOf > of.asOf) return 'asOf';
  return knownAt && isMoment(knownAt) && of.knownAt === null ? 'knownAt' : undefined;
}
