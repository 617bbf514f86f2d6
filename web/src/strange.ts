// Words of an address that mean nothing in the explorer.
import { FACETS, LOOKS, SINGLES, VIEWS } from './address.ts';

/** Words that those who pass addresses on put into them. */
const PASSED_ON = /^(?:utm_.*|fbclid|gclid|ref)$/;
/** What the table can be ordered by. */
export const SORTS = ['name', 'sector', 'place', 'kind', 'founded', 'size', 'publishers', 'datasets', 'claims', 'evidence', 'updated'] as const;
const KNOWN: Set<string> = new Set([...FACETS, ...SINGLES, ...LOOKS, 'view', 'sort', 'after', 'lang']);
/** So many strange words are named. */
const STRANGE = 5;

export interface Strange {
  key: 'view' | 'sort' | 'word';
  value: string;
}

/** What the address of the explorer says and means nothing there. */
export function strangeOf(query: string): Strange[] {
  const found = [...new URLSearchParams(query)].flatMap(([name, value]): Strange[] => {
    if (value === '') return [];
    if (name === 'view') return VIEWS.some((one) => one === value) ? [] : [{ key: 'view', value }];
    if (name === 'sort') return SORTS.some((one) => one === value.replace(/^-/, '')) ? [] : [{ key: 'sort', value }];
    return KNOWN.has(name) || PASSED_ON.test(name) ? [] : [{ key: 'word', value: name }];
  });
  return found.slice(0, STRANGE);
}
