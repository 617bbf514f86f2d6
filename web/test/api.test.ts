import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { ApiError, ask, busy } from '../src/api.ts';

const question = { id: 'one', text: '{ one }' };
const given = globalThis.fetch;
afterEach(() => { globalThis.fetch = given; });

/** A server that answers in this order, the last one for good; says what it was asked. */
function server(...answers: (() => Response)[]): string[] {
  const asked: string[] = [];
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    return (answers[Math.min(asked.length, answers.length) - 1] as () => Response)();
  };
  return asked;
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => (): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const later = { 'retry-after': '0.01' };

test('a server that says when to come back is asked again then', async () => {
  const asked = server(json({ status: 429 }, 429, later), json({ errors: [{ message: 'that day is being prepared' }] }, 200, later), json({ data: { one: 1 } }));
  assert.deepEqual(await ask(question, {}, { lang: 'es' }), { one: 1 });
  assert.equal(asked.length, 3);
});

test('patience ends', async () => {
  const asked = server(json({ status: 503 }, 503, later));
  await assert.rejects(ask(question, {}, { lang: 'es' }), ApiError);
  assert.equal(asked.length, 21);
});

test('why a reader waits is said after some seconds, and no longer than it holds', async () => {
  const [timer, said] = [globalThis.setTimeout, [] as string[]];
  globalThis.setTimeout = ((then: () => void) => { said.push(busy.value); return timer(then, 0); }) as typeof setTimeout;
  const wait = { 'retry-after': '1' };
  const full = json({ status: 429 }, 429, wait);
  server(full, full, full, full, json({ errors: [] }, 503, wait), json({ data: { one: 1 } }));
  await ask(question, {}, { lang: 'es' });
  assert.deepEqual(said, ['', '', '', 'state.limited', 'state.busy']);
  assert.equal(busy.value, '');
  server(full);
  await assert.rejects(ask(question, {}, { lang: 'es' }), (error: ApiError) => error.kind === 'server');
  assert.equal(busy.value, 'state.limited', 'also where it is given up');
  globalThis.setTimeout = timer;
});

test('a failure without a moment to come back is told at once', async () => {
  const asked = server(() => new Response('down', { status: 503, headers: { 'content-type': 'text/plain' } }));
  await assert.rejects(ask(question, {}, { lang: 'es' }), (error: ApiError) => error.kind === 'server');
  assert.equal(asked.length, 1);
});

test('a question that the server does not know by its id goes with its text', async () => {
  const asked = server(json({ errors: [{ message: 'unknown', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] }, 400), json({ data: { one: 1 } }));
  assert.deepEqual(await ask(question, { a: undefined, b: 2 }, { lang: 'en' }), { one: 1 });
  assert.deepEqual(asked, ['/graphql?id=one&lang=en&variables=%7B%22b%22%3A2%7D', '/graphql?lang=en']);
});
