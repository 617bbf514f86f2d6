// What is written beside the symbols of an area: its name once, at the largest, with the count that no circle says.
import { holds } from './rings.ts';

interface Named {
  count: number;
  area: string;
}

/** One name or none for each symbol, largest first; `areas`: how many each area has. */
export function namesOf(symbols: Named[], areas: Map<string, number>, values: { value: string; label: string }[], per: number, number: (count: number) => string = String): (string | undefined)[] {
  const named = new Set<string>();
  return symbols.map(({ area, count }) => {
    if (named.has(area)) return undefined;
    named.add(area);
    const label = values.find((one) => one.value === area)?.label;
    const all = areas.get(area) ?? count;
    // In the circle stands the number already, where it is all of the area.
    return label === undefined || (all === count && holds(count, per)) ? label : `${label} ${number(all)}`;
  });
}
