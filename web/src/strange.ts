// Words of an address that mean nothing in the explorer.
import { FACETS, LOOKS, SINGLES, VIEWS, type LookKey } from './address.ts';
import { CENTRES, COLUMN_KEYS, COLOURS, DEPTHS, FORMS, LAYERS, SIZES } from './looks.ts';
import { parseStand } from './stand.ts';

/** Words that those who pass addresses on put into them. */
const PASSED_ON = /^(?:utm_.*|fbclid|gclid|ref)$/;
/** What the table can be ordered by. */
export const SORTS = ['name', 'sector', 'place', 'kind', 'founded', 'size', 'publishers', 'datasets', 'claims', 'evidence', 'updated'] as const;
const KNOWN: Set<string> = new Set([...FACETS, ...SINGLES, ...LOOKS, 'view', 'sort', 'after', 'lang']);
/** So many strange words are named. */
const STRANGE = 5;

const among = (words: readonly string[]) => (value: string): boolean => words.includes(value);
/** What each word of a look can say. */
const SAYS: Record<LookKey, (value: string) => boolean> = {
  form: among(FORMS),
  layer: among(LAYERS),
  colour: among(COLOURS),
  sized: among(SIZES),
  depth: among(DEPTHS),
  at: (value) => parseStand(value) !== undefined,
  skip: (value) => /^\d+(?:,\d+)*$/.test(value),
  node: (value) => CENTRES.some((kind) => value.startsWith(`${kind}:`)),
  columns: (value) => value.split(',').every(among(COLUMN_KEYS)),
};

export interface Strange {
  key: 'view' | 'sort' | 'look' | 'word';
  /** What is strange: the value of a view, an order or a look, else the word itself. */
  value: string;
  /** Of a look: which. */
  name?: LookKey;
}

/** What the address of the explorer says and means nothing there. */
export function strangeOf(query: string): Strange[] {
  const found = [...new URLSearchParams(query)].flatMap(([name, value]): Strange[] => {
    if (value === '') return [];
    if (name === 'view') return VIEWS.some((one) => one === value) ? [] : [{ key: 'view', value }];
    if (name === 'sort') return SORTS.some((one) => one === value.replace(/^-/, '')) ? [] : [{ key: 'sort', value }];
    const look = LOOKS.find((one) => one === name);
    if (look) return SAYS[look](value) ? [] : [{ key: 'look', name: look, value }];
    return KNOWN.has(name) || PASSED_ON.test(name) ? [] : [{ key: 'word', value: name }];
  });
  const isFirst = (one: Strange, at: number): boolean => at === found.findIndex(({ key, name, value }) => key === one.key && name === one.name && value === one.value);
  return found.filter(isFirst).slice(0, STRANGE);
}
