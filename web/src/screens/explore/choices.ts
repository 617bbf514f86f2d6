// What an address chooses stays on the rail: a value that the API no longer lists, and `unknown`, which stands for
// whoever has no value, for whatever reason. The API lists the reasons one by one.
import type { Value } from './facets.ts';

export const ANY = 'unknown';

/** The values with a row for each choice; one row for all reasons stands in place of those that nobody has. */
export function withChoices(values: Value[], chosen: Set<string>, anyReason: string): Value[] {
  const reasons = values.filter((one) => one.value.startsWith(`${ANY}:`));
  const idle = new Set(chosen.has(ANY) ? reasons.filter((one) => one.count === 0 && !chosen.has(one.value)) : []);
  const known = new Set(values.map((one) => one.value));
  const row = (value: string): Value => {
    const what = value === ANY ? { label: anyReason, count: reasons.reduce((sum, one) => sum + one.count, 0) } : { label: value, count: 0 };
    return { value, ...what, selected: true, missing: null, family: null };
  };
  return [...values.filter((one) => !idle.has(one)), ...[...chosen].filter((one) => !known.has(one)).map(row)];
}
