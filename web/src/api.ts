// The only file that fetches. Queries go out as persisted GETs, which every cache on the way may
// keep; a server that does not know the hash gets the text instead.
import { signal } from '@preact/signals';

export interface Operation<Data, Variables> {
  id: string;
  text: string;
  /** Only for the compiler: what the server answers, and what it is asked with. */
  readonly data?: Data;
  readonly variables?: Variables;
}

interface GraphQLError {
  message: string;
  extensions?: { code?: string; filter?: string; value?: string };
}
interface Answer<Data> {
  data?: Data | null;
  errors?: GraphQLError[];
}

/** Why there is no answer. `offline` is worth a retry at once, `gone` is not. */
export class ApiError extends Error {
  readonly kind: 'offline' | 'server' | 'query';
  /** The word of a filter that the record does not know, by the API's name of the filter. */
  readonly refused: { filter: string; value: string } | undefined;
  constructor(kind: 'offline' | 'server' | 'query', message: string, refused?: { filter: string; value: string }) {
    super(message);
    this.name = 'ApiError';
    this.kind = kind;
    this.refused = refused;
  }
}

/** The filter and the word that the API refuses: as it says, else as its sentence says. */
function refusedOf(errors: GraphQLError[]): { filter: string; value: string } | undefined {
  const error = errors.find((one) => one.extensions?.code === 'BAD_FILTER');
  if (!error) return undefined;
  const [, word, words] = /'(\w+)' has no value '(.*)'/s.exec(error.message) ?? [];
  const filter = error.extensions?.filter ?? word;
  const value = error.extensions?.value ?? words;
  return filter === undefined || value === undefined ? undefined : { filter, value };
}

/** When each revision of the record was last seen, by the server's clock. */
const seen = new Map<number, string>();

/** The last moment at which a revision was the newest, RFC 3339 in UTC; undefined if it never was. */
export function seenAt(revision: number): string | undefined {
  return seen.get(revision);
}

function note(headers: Headers): void {
  const [, revision] = /^(?:W\/)?"(\d+)-/.exec(headers.get('etag') ?? '') ?? [];
  const moment = new Date(headers.get('date') ?? '');
  if (!revision || Number.isNaN(moment.valueOf())) return;
  const now = moment.toISOString().replace('.000', '');
  if (now > (seen.get(Number(revision)) ?? '')) seen.set(Number(revision), now);
}

/**
 * How often a question is put again to a server that says when: it prepares the record of another day, or this address
 * has asked for much within a minute.
 */
const PATIENCE = 20;
/** The longest that a page waits before it asks again, in seconds. */
const LONGEST = 10;
/** After so many seconds it is said why nothing comes. */
const SAID = 3;

/** Why the server lets its readers wait, for as long as it does. */
export const busy = signal<'' | 'state.busy' | 'state.limited'>('');

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

export async function ask<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  how: { lang: string; signal?: AbortSignal },
): Promise<Data> {
  const printed = stable(variables ?? {});
  const init: RequestInit = { headers: { accept: ACCEPT } };
  if (how.signal) init.signal = how.signal;
  const once = async (): Promise<Answer<Data>> => {
    const answer = await send<Data>(addressOf(operation, variables, how.lang), init);
    if (!answer.errors?.some((error) => error.extensions?.code === 'PERSISTED_QUERY_NOT_FOUND')) return answer;
    return send<Data>(`/graphql?lang=${how.lang}`, {
      ...init,
      method: 'POST',
      headers: { accept: ACCEPT, 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(operation.text)},"variables":${printed}}`,
    });
  };
  const answer = await once();
  const refused = refusedOf(answer.errors ?? []);
  // Of several questions in one some may be answered where another's filter means nothing: that is no answer.
  if (!answer.data || refused) throw new ApiError('query', answer.errors?.map((error) => error.message).join('; ') ?? 'no data', refused);
  return answer.data;
}

/** Where a question and its answer can be read as JSON. */
export function addressOf<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables, lang: string): string {
  const query = new URLSearchParams({ id: operation.id, lang, variables: stable(variables ?? {}) });
  return `/graphql?${query.toString()}`;
}

/** A file that comes with the frontend, such as a basemap. */
export async function load<File>(url: string): Promise<File> {
  return (await send(url, {})) as File;
}

/** The bytes of a file that comes with the frontend, such as a typeface. */
export async function bytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new ApiError('server', `HTTP ${response.status}`);
  return response.arrayBuffer();
}

async function send<Data>(url: string, init: RequestInit): Promise<Answer<Data>> {
  let response = await reach(url, init);
  const later = (): string | null => response.headers.get('retry-after');
  let waited = 0;
  try {
    for (let turn = 0; turn < PATIENCE && later(); turn += 1) {
      const seconds = Math.min(Number(later()) || 1, LONGEST);
      waited += seconds;
      if (waited > SAID) busy.value = response.status === 429 ? 'state.limited' : 'state.busy';
      await new Promise((resume) => { setTimeout(resume, seconds * 1000); });
      response = await reach(url, init);
    }
  } catch (error) {
    // Whoever left or went offline waits for nothing any more.
    busy.value = '';
    throw error;
  }
  if (!later()) busy.value = '';
  note(response.headers);
  const type = response.headers.get('content-type') ?? '';
  // A refused query explains itself in the body; anything else that failed does not.
  if (!response.ok && (later() || !type.includes('json'))) throw new ApiError('server', `HTTP ${response.status}`);
  try {
    return (await response.json()) as Answer<Data>;
  } catch {
    throw new ApiError('server', `HTTP ${response.status}, not JSON`);
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('offline', String(error));
  }
}

/** JSON with sorted keys and without what is undefined, so that one question has one address. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
