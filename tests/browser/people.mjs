// What the journeys of people share: the program that makes accounts, signing in, letters, and a page without faults.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { violations } from './axe.mjs';
import { awaited } from './letters.mjs';

export const { OD100_TEST_URL: base, OD100_TEST_PASSWORD: password, OD100_TEST_MAIL: folder, OD100_TEST_ACCOUNT: admin, OD100_TEST_CURATOR: curator, DATABASE_URL: database } = process.env;
const binary = process.env.OD100_BINARY ?? fileURLToPath(new URL('../../target/debug/od100', import.meta.url));
export const skip = base && password && folder && database && existsSync(binary) ? false : 'no server with letters is named';

export const run = (args, input) => execFileSync(binary, args, { input, encoding: 'utf8' });

export async function ask(query) {
  const answer = await fetch(`${base}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  return (await answer.json()).data;
}

/** Asks again until it holds: a write is seen within seconds. */
export async function until(holds, what) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  throw new Error(what);
}

export function account(email, name, ...role) {
  run(['user', 'create', email, '--name', name, '--lang', 'en', '--password'], `${password}\n`);
  if (role.length > 0) run(['user', 'grant', email, ...role, '--reason', 'browser test']);
}

export async function signIn(page, email, lang = 'en') {
  await page.goto(`${base}/sign-in?lang=${lang}`);
  await page.locator('form:has(input[name="password"]) input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button').click();
  await page.waitForURL(/\/account/);
}

/** What a pattern matches in a letter to an address, once one has come. */
export const letter = (email, pattern) => awaited(folder, pattern, { words: email });

/** Nothing that axe finds, and nothing wider than the window. */
export async function clean(page) {
  assert.deepEqual(await violations(page), [], page.url());
  const wide = await page.evaluate(() => (document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 120))));
  assert.deepEqual(wide, [], `${page.url()}: nothing is cut off`);
}

/** Forms that anybody may send take nothing faster than a person fills them in, which is three seconds. */
export async function unhurried(page) {
  await page.waitForFunction(() => performance.now() > 4000);
}

export const LOOKS = [
  { lang: 'es', width: 390, theme: 'dark' },
  { lang: 'en', width: 390, theme: 'light' },
  { lang: 'es', width: 1280, theme: 'light' },
  { lang: 'en', width: 1280, theme: 'dark' },
];
