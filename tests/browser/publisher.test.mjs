// Whoever speaks for a publisher gets a letter, opens one of its links, presses one button, and the public page says
// so. It needs a server that sends its letters to a folder, OD100_TEST_MAIL, and the program itself, OD100_BINARY, to
// make the account.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from './axe.mjs';
import { launch, open } from './browser.mjs';
import { awaited } from './letters.mjs';

const { OD100_TEST_URL: base, OD100_TEST_PASSWORD: password, OD100_TEST_MAIL: folder, DATABASE_URL: database } = process.env;
const binary = process.env.OD100_BINARY ?? fileURLToPath(new URL('../../target/debug/od100', import.meta.url));
const skip = base && password && folder && database && existsSync(binary) ? false : 'no server with letters is named';
const email = 'lia@example.org';

let browser;
let slug;
const run = (args, input) => execFileSync(binary, args, { input, encoding: 'utf8' });
const ask = async (query) => {
  const answer = await fetch(`${base}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  return (await answer.json()).data;
};

before(async () => {
  if (skip) return;
  browser = await launch();
  slug = (await ask('{ publishers(first: 1) { nodes { slug } } }')).publishers.nodes[0].slug;
  run(['user', 'create', email, '--name', 'Lía Paz', '--lang', 'en', '--password'], `${password}\n`);
  run(['user', 'grant', email, 'agency_liaison', '--publisher', slug, '--reason', 'browser test']);
});
after(async () => browser?.close());

async function clean(page) {
  assert.deepEqual(await violations(page), [], page.url());
  const wide = await page.evaluate(() => (document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => `${location.pathname} ${one.outerHTML.slice(0, 120)}`)));
  assert.deepEqual(wide, [], 'nothing is cut off');
}

async function signIn(page, lang) {
  await page.goto(`${base}/sign-in?lang=${lang}`);
  await page.locator('form[action^="/sign-in?"] input[name="email"], form[action="/sign-in"] input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button').click();
  await page.waitForURL(/\/account/);
}

test('one press of a button in a letter, and the public page says so', { skip }, async () => {
  run(['letters', 'digest']);
  const [link] = await awaited(folder, /\/confirm\/[\w-]+\?lang=en/, { words: email });
  const { page, faults, close } = await open(browser, base, { lang: 'en', width: 390 });
  await page.goto(base + link);
  await clean(page);
  await page.getByRole('button', { name: 'Yes, I confirm it' }).click();
  await page.getByText('Confirmed by the body').waitFor();
  await clean(page);
  const profile = new URL(await page.getByRole('link', { name: 'Public profile' }).getAttribute('href'), base).pathname;
  const organisation = profile.split('/').at(-1);
  const confirmed = async () => {
    const { organisation: of } = await ask(`{ organisation(slug: "${organisation}") { claims(first: 100) { nodes { publisherAck } } } }`);
    return of.claims.nodes.some((claim) => claim.publisherAck === 'CONFIRMED');
  };
  for (let tries = 0; tries < 50 && !(await confirmed()); tries += 1) await new Promise((done) => { setTimeout(done, 200); });
  assert.ok(await confirmed());
  await page.goto(base + link);
  assert.equal(await page.getByRole('button', { name: 'Yes, I confirm it' }).count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

// Each language, each width and each theme once: they do not meet in what is looked for.
for (const [lang, width, theme] of [['es', 390, 'dark'], ['en', 1280, 'light']]) {
  test(`the publisher's desk is free of barriers (${lang}, ${width})`, { skip }, async () => {
    const { page, faults, close } = await open(browser, base, { lang, width, theme });
    await signIn(page, lang);
    for (const path of ['/desk', '/desk/publisher', '/desk/publisher/claims', '/desk/publisher/claims?ack=waiting']) {
      await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      await clean(page);
    }
    await page.locator('.cases h2 a').first().click();
    await clean(page);
    await page.goBack();
    await page.locator('.cases input').first().check();
    await page.locator('form:has(.cases) button').click();
    await page.waitForURL(/preview/);
    await clean(page);
    assert.deepEqual(faults, []);
    await close();
  });
}
