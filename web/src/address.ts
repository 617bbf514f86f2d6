// The address is the state: the path says what is looked at, the query says how. This file turns one
// into the other and back, and knows nothing of the browser.

export type Lang = 'en' | 'es';
/** The pictures of the explorer, in the order of its switch. */
export const VIEWS = ['map', 'flow', 'network', 'table'] as const;
export type View = (typeof VIEWS)[number];

/** What the path names. */
export type Place =
  | { screen: 'home' }
  | { screen: 'explore' }
  | { screen: 'publishers' }
  | { screen: 'datasets' }
  | { screen: 'requests' }
  | { screen: 'method' }
  | { screen: 'schemes' }
  | { screen: 'about' }
  | { screen: 'organisation'; slug: string }
  | { screen: 'publisher'; slug: string }
  | { screen: 'dataset'; slug: string }
  | { screen: 'request'; slug: string }
  | { screen: 'sector'; code: string }
  | { screen: 'sdg'; code: string }
  | { screen: 'area'; code: string }
  | { screen: 'study'; slug: string }
  | { screen: 'wave'; slug: string }
  | { screen: 'scheme'; code: string }
  | { screen: 'missing'; path: string };

/** Filters that take several values: any of them inside one key, all of the keys together. */
export const FACETS = ['chapter', 'wave', 'sector', 'family', 'sdg', 'area', 'publisher', 'dataset', 'size', 'kind', 'model', 'grade', 'theme', 'criticality', 'access'] as const;
export type Facet = (typeof FACETS)[number];

/** Conditions that take one value. */
export const SINGLES = ['q', 'bbox', 'rollup', 'asOf', 'knownAt'] as const;
export type Single = (typeof SINGLES)[number];

/**
 * How a picture of the explorer is drawn: which form, what is opened, what stands in the middle, what
 * colours and sizes it, which columns, where the map has been moved to. None of them changes what is selected.
 */
export const LOOKS = ['form', 'skip', 'node', 'depth', 'colour', 'sized', 'columns', 'layer', 'at'] as const;
export type LookKey = (typeof LOOKS)[number];
export type Look = { [key in LookKey]?: string };

/** What narrows the board of requests down besides the filters that it shares with the explorer. */
export const BOARD = ['theme', 'status', 'need', 'overdue'] as const;
export type BoardKey = (typeof BOARD)[number];
export type Board = { [key in BoardKey]?: string };

export type Filter = { [key in Facet]?: string[] } & { [key in Single]?: string };

export interface Address {
  place: Place;
  view: View;
  /** Set once the reader has chosen a language; otherwise the page's own holds. */
  lang?: Lang;
  filter: Filter;
  look: Look;
  board: Board;
  sort?: string;
  after?: string;
}

/** An address without filters. */
export function at(place: Place): Address {
  return { place, view: 'map', filter: {}, look: {}, board: {} };
}

export function parse(path: string, query: string): Address {
  const params = new URLSearchParams(query);
  const address: Address = { place: parsePath(path), view: VIEWS.find((one) => one === params.get('view')) ?? 'map', filter: {}, look: {}, board: {} };
  for (const facet of FACETS) {
    const values = normal(params.getAll(facet).flatMap((value) => value.split(',')));
    if (values.length > 0) address.filter[facet] = values;
  }
  for (const single of SINGLES) {
    const value = params.get(single)?.trim();
    if (value && !(single === 'rollup' && DECIDED.test(value))) address.filter[single] = value;
  }
  for (const key of LOOKS) {
    const value = params.get(key)?.trim();
    if (value) address.look[key] = value;
  }
  for (const key of BOARD) {
    const value = params.get(key)?.trim();
    if (value && address.place.screen === 'requests') address.board[key] = value;
  }
  const lang = params.get('lang');
  if (lang === 'en' || lang === 'es') address.lang = lang;
  const sort = params.get('sort');
  if (sort) address.sort = sort;
  const after = params.get('after');
  if (after) address.after = after;
  return address;
}

/** The conditions as the words of an address, without the rest of it; empty where there are none. */
export function filterWords(filter: Filter): string {
  return print({ ...at({ screen: 'explore' }), filter }).split('?')[1] ?? '';
}

/** One state has one address: keys in a fixed order, values sorted, defaults left out. */
export function print(address: Address): string {
  const pairs: [string, string][] = [];
  if (address.place.screen === 'explore' && address.view !== 'map') pairs.push(['view', address.view]);
  for (const facet of FACETS) {
    const values = normal(address.filter[facet] ?? []);
    if (values.length > 0) pairs.push([facet, values.join(',')]);
  }
  for (const single of SINGLES) {
    const value = address.filter[single];
    if (value) pairs.push([single, value]);
  }
  for (const key of LOOKS) {
    const value = address.look[key];
    if (value && address.place.screen === 'explore') pairs.push([key, value]);
  }
  for (const key of BOARD) {
    const value = address.board[key];
    if (value && address.place.screen === 'requests') pairs.push([key, value]);
  }
  if (address.sort) pairs.push(['sort', address.sort]);
  if (address.after) pairs.push(['after', address.after]);
  if (address.lang) pairs.push(['lang', address.lang]);
  const query = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%20', '+')}`).join('&');
  return printPath(address.place) + (query ? `?${query}` : '');
}

/** The same state with one value of a facet switched on or off; a page further down no longer fits. */
export function toggled(address: Address, facet: Facet, value: string): Address {
  const now = address.filter[facet] ?? [];
  return narrowed(address, facet, now.includes(value) ? now.filter((one) => one !== value) : [...now, value]);
}

/** The same state with other values of one facet. */
export function narrowed(address: Address, facet: Facet, values: string[]): Address {
  const filter = { ...address.filter };
  const sorted = normal(values);
  if (sorted.length > 0) filter[facet] = sorted;
  else delete filter[facet];
  return top({ ...address, filter }, facet === 'area' || facet === 'chapter');
}

/** The same state with another value of a single condition, or without it. */
export function stated(address: Address, single: Single, value: string | undefined): Address {
  const filter = { ...address.filter };
  if (value) filter[single] = value;
  else delete filter[single];
  return top({ ...address, filter });
}

/** The same selection drawn otherwise; undefined goes back to what is usual. */
export function looked(address: Address, change: { [key in LookKey]?: string | undefined }): Address {
  const look: Look = { ...address.look };
  for (const key of LOOKS) {
    if (!(key in change)) continue;
    const value = change[key];
    if (value) look[key] = value;
    else delete look[key];
  }
  return { ...address, look };
}

/** The same board with another value of one of its own conditions, or without it. */
export function boarded(address: Address, key: BoardKey, value: string | undefined): Address {
  const board = { ...address.board };
  if (value) board[key] = value;
  else delete board[key];
  return top({ ...address, board });
}

export function cleared(address: Address): Address {
  return top({ ...address, filter: {}, board: {} }, Boolean(address.filter.area ?? address.filter.chapter));
}

/** The same state on a day, as it was recorded by a moment: what a citation names. */
export function dated(address: Address, asOf: string, knownAt: string | undefined): Address {
  const filter = { ...address.filter, asOf };
  return { ...address, filter: knownAt ? { ...filter, knownAt } : filter };
}

/** The same state without its day: the record of today. */
export function today(address: Address): Address {
  const { asOf: _, knownAt: __, ...filter } = address.filter;
  return { ...address, filter };
}

/** The day and recording time of an address. */
export function dayOf({ filter: { asOf, knownAt } }: Address): Filter {
  return { ...(asOf ? { asOf } : {}), ...(knownAt ? { knownAt } : {}) };
}

/** The studies and waves that the page of a body or a dataset keeps to: of their organisations its users are counted. */
export function studiesOf({ filter: { chapter, wave } }: Address): { chapter?: string[]; wave?: string[] } {
  return { ...(chapter ? { chapter } : {}), ...(wave ? { wave } : {}) };
}

/** How an address says that bodies are added up otherwise than is usual. */
export const ROLLUPS = /^(publisher|as_stated|root|level|successor_chain)$/i;
/** What holds where none is named: an address leaves it out. */
const DECIDED = /^as_decided$/i;

/** Whether the server's own page is shown: the application draws another day, and says what is wrong with a roll-up, in
 *  the explorer alone. */
export function isPlain(address: Address): boolean {
  const { place: { screen }, filter: { rollup = 'root' } } = address;
  return (screen !== 'explore' && Object.keys(dayOf(address)).length > 0) || (screen === 'publisher' && !ROLLUPS.test(rollup));
}

/** From the first page, with nothing opened that another selection may not have. Where it lies elsewhere, the map shows it
 *  and not where the reader had been. */
export function top(address: Address, isElsewhere = false): Address {
  const { after: _, ...rest } = address;
  const { skip: __, ...look } = rest.look;
  if (isElsewhere) delete look.at;
  return { ...rest, look };
}

/** Whether it selects anything; a roll-up only says how bodies are added up. */
export function isFiltered(filter: Filter): boolean {
  return Object.entries(filter).some(([key, value]) => key !== 'rollup' && value !== undefined && value.length > 0);
}

/** Screens whose path is their name. */
const ALONE = ['explore', 'publishers', 'datasets', 'requests', 'method', 'schemes', 'about'] as const;
function isAlone(word: string): word is (typeof ALONE)[number] {
  return ALONE.some((one) => one === word);
}

function parsePath(path: string): Place {
  const parts = path.split('/').filter(Boolean).map(decode);
  const [head, tail] = parts;
  if (parts.length === 0) return { screen: 'home' };
  if (parts.length === 1) {
    if (head && isAlone(head)) return { screen: head };
  } else if (parts.length === 2 && tail) {
    if (head === 'organisations') return { screen: 'organisation', slug: tail };
    if (head === 'publishers') return { screen: 'publisher', slug: tail };
    if (head === 'datasets') return { screen: 'dataset', slug: tail };
    // The form to ask for data is the server's.
    if (head === 'requests' && tail !== 'new') return { screen: 'request', slug: tail };
    if (head === 'sectors') return { screen: 'sector', code: tail };
    if (head === 'sdgs') return { screen: 'sdg', code: tail };
    if (head === 'areas') return { screen: 'area', code: tail };
    if (head === 'studies') return { screen: 'study', slug: tail };
    if (head === 'waves') return { screen: 'wave', slug: tail };
    if (head === 'schemes') return { screen: 'scheme', code: tail };
  }
  return { screen: 'missing', path };
}

function printPath(place: Place): string {
  switch (place.screen) {
    case 'home': return '/';
    case 'organisation': return `/organisations/${encodeURIComponent(place.slug)}`;
    case 'publisher': return `/publishers/${encodeURIComponent(place.slug)}`;
    case 'dataset': return `/datasets/${encodeURIComponent(place.slug)}`;
    case 'request': return `/requests/${encodeURIComponent(place.slug)}`;
    case 'sector': return `/sectors/${encodeURIComponent(place.code)}`;
    case 'sdg': return `/sdgs/${encodeURIComponent(place.code)}`;
    case 'area': return `/areas/${encodeURIComponent(place.code)}`;
    case 'study': return `/studies/${encodeURIComponent(place.slug)}`;
    case 'wave': return `/waves/${encodeURIComponent(place.slug)}`;
    case 'scheme': return `/schemes/${encodeURIComponent(place.code)}`;
    case 'missing': return place.path;
    default: return `/${place.screen}`;
  }
}

function normal(values: string[]): string[] {
  const kept = new Set(values.map((value) => value.trim()).filter(Boolean));
  return [...kept].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : 1));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
