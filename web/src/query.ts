// What a screen knows of a question it has asked: the answer, that it is on its way, that it is slow
// enough to say so, or why there is none.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ask, stable, type ApiError, type Operation } from './api.ts';
import { lang } from './navigate.ts';

/** Under this a skeleton would only flicker. */
export const SLOW_MS = 300;
/** Answers kept, so that going back is immediate. */
const KEPT = 60;

const answers = new Map<string, unknown>();

export interface Asked<Data> {
  /** The last answer; while another is on its way, that of the question before. */
  data: Data | undefined;
  error: ApiError | undefined;
  /** No answer to the present question yet. */
  pending: boolean;
  /** Pending for so long that it should be said. */
  slow: boolean;
  retry: () => void;
}

/** Called when any question has been answered, or has failed. */
let settled: (() => void) | undefined;
export function onSettled(callback: () => void): void {
  settled = callback;
}

/** Asks, and asks again when variables or language change. `null` variables: not yet. */
export function useQuery<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables | null): Asked<Data> {
  const language = lang.value;
  const key = variables === null ? null : `${operation.id} ${language} ${stable(variables)}`;
  const [, redraw] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const state = useRef<{ key: string | null; data: Data | undefined; error: ApiError | undefined; slow: boolean }>({ key: null, data: undefined, error: undefined, slow: false });
  const ready = key === null ? undefined : (answers.get(key) as Data | undefined);
  if (ready !== undefined && state.current.key !== key) state.current = { key, data: ready, error: undefined, slow: false };

  // Before the next frame, so that no drawing of the old answer passes for one of the new.
  useLayoutEffect(() => {
    if (key === null || variables === null || answers.has(key)) return undefined;
    const abort = new AbortController();
    const update = (change: Partial<typeof state.current>): void => {
      state.current = { ...state.current, ...change };
      redraw((count) => count + 1);
    };
    update({ error: undefined, slow: false });
    const timer = setTimeout(() => update({ slow: true }), SLOW_MS);
    asking(1);
    ask(operation, variables, { lang: language, signal: abort.signal })
      .then((data) => {
        keep(key, data);
        update({ key, data, error: undefined, slow: false });
        settled?.();
        return undefined;
      })
      .catch((error: ApiError) => {
        if (abort.signal.aborted) return;
        update({ key, error, slow: false });
        settled?.();
      })
      .finally(() => {
        clearTimeout(timer);
        asking(-1);
      });
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, attempt]);

  const retry = useMemo(() => () => {
    state.current = { ...state.current, key: null, error: undefined };
    setAttempt((count) => count + 1);
  }, []);
  const { data, error, slow } = state.current;
  const current = state.current.key === key;
  // Who was cut off need not press anything once the line is back.
  const isCutOff = current && error?.kind === 'offline';
  useEffect(() => {
    if (!isCutOff) return undefined;
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, [isCutOff, retry]);
  return { data, error: current ? error : undefined, pending: key !== null && !current, slow, retry };
}

/** Where the answer of the question before would pass for one to this: none, once this has failed. */
export function fresh<Data>(asked: Asked<Data>): Asked<Data> {
  return asked.error ? { ...asked, data: undefined } : asked;
}

let open = 0;

/** Marks the page while a question is open or about to be asked, for whoever waits for it to come to rest. */
export function asking(step: 1 | -1): void {
  open += step;
  if (open > 0) document.body.dataset['asking'] = String(open);
  else delete document.body.dataset['asking'];
}

function keep(key: string, data: unknown): void {
  answers.set(key, data);
  if (answers.size <= KEPT) return;
  const oldest = answers.keys().next().value;
  if (oldest !== undefined) answers.delete(oldest);
}

/** Forgets all answers, for tests and for data known to have changed. */
export function forget(): void {
  answers.clear();
}
