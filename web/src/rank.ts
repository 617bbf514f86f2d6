// The order of counted rows in a list.
import type { Lang } from './address.ts';

interface Counted {
  value: string;
  label: string;
  count: number;
  missing?: string | null;
}

/** Whether a row names nothing: no value is known, or it is on no list. */
const isNameless = (row: Counted): boolean => Boolean(row.missing) || /^(?:unknown|unlisted|unspecified)/.test(row.value);

/** Most first, of as many by name in the language of the page; what names nothing stays behind, as it came. */
export function ranked<Row extends Counted>(rows: Row[], lang: Lang): Row[] {
  const { compare } = new Intl.Collator(lang);
  const named = rows.filter((row) => !isNameless(row));
  return [...named.toSorted((a, b) => b.count - a.count || compare(a.label, b.label)), ...rows.filter(isNameless)];
}
