// The filter of the address as the API takes it. What the API would refuse is left out here, so that
// a mistyped address shows more rather than an error.
import type { Filter as Conditions } from './address.ts';
import type { Filter, Grade, Rollup } from './queries/generated/schema.ts';

const GRADES = new Set(['A', 'B', 'C', 'D', 'E']);
const ROLLUPS = new Set(['PUBLISHER', 'AS_STATED', 'ROOT', 'LEVEL', 'SUCCESSOR_CHAIN']);
const LISTS = ['chapter', 'wave', 'sector', 'family', 'sdg', 'area', 'publisher', 'dataset', 'size', 'kind', 'model'] as const;

export function apiFilter(conditions: Conditions): Filter {
  const filter: Filter = {};
  for (const key of LISTS) {
    const values = conditions[key];
    if (values && values.length > 0) filter[key] = values;
  }
  const grades = (conditions.grade ?? []).map((one) => one.toUpperCase()).filter((one) => GRADES.has(one)) as Grade[];
  if (grades.length > 0) filter.grade = grades;
  const rollup = conditions.rollup?.toUpperCase();
  if (rollup && ROLLUPS.has(rollup)) filter.rollup = rollup as Rollup;
  const box = parseBox(conditions.bbox);
  if (box) filter.bbox = box;
  if (conditions.q) filter.text = conditions.q;
  if (conditions.asOf && /^\d{4}-\d{2}-\d{2}$/.test(conditions.asOf)) filter.asOf = conditions.asOf;
  return filter;
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
