// `unknown` in an address: whoever has no value, for whatever reason. The API lists the reasons one by one.
import type { Value } from './facets.ts';

export const ANY = 'unknown';

/** The values with one row for all reasons, where an address asks for it, in place of reasons that nobody has. */
export function withAnyReason(values: Value[], chosen: Set<string>, label: string): Value[] {
  if (!chosen.has(ANY)) return values;
  const reasons = values.filter((one) => one.value.startsWith(`${ANY}:`));
  const count = reasons.reduce((sum, one) => sum + one.count, 0);
  const idle = new Set(reasons.filter((one) => one.count === 0 && !chosen.has(one.value)));
  return [...values.filter((one) => !idle.has(one)), { value: ANY, label, count, selected: true, missing: null, family: null }];
}
