// From the public page of an organisation to speaking for it: somebody asks, a curator decides, and the door is open.
// It needs a server, its password, and the program itself, OD100_BINARY, to make the account.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from './axe.mjs';
import { launch, open } from './browser.mjs';

const { OD100_TEST_URL: base, OD100_TEST_PASSWORD: password, OD100_TEST_CURATOR: curator, DATABASE_URL: database } = process.env;
const binary = process.env.OD100_BINARY ?? fileURLToPath(new URL('../../target/debug/od100', import.meta.url));
const skip = base && password && curator && database && existsSync(binary) ? false : 'no server with a curator is named';
const email = 'tata@example.org';

let browser;
let slug;
let name;

before(async () => {
  if (skip) return;
  browser = await launch();
  const query = '{ organisations(first: 1) { nodes { slug name } } }';
  const answer = await fetch(`${base}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  [{ slug, name }] = (await answer.json()).data.organisations.nodes;
  execFileSync(binary, ['user', 'create', email, '--name', 'Tata Luz', '--lang', 'en', '--password'], { input: `${password}\n` });
});
after(async () => browser?.close());

async function clean(page) {
  assert.deepEqual(await violations(page), [], page.url());
  const wide = await page.evaluate(() => (document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => `${location.pathname} ${one.outerHTML.slice(0, 120)}`)));
  assert.deepEqual(wide, [], 'nothing is cut off');
}

async function signIn(page, who, lang = 'en') {
  await page.goto(`${base}/sign-in?lang=${lang}`);
  await page.locator('form[action^="/sign-in?"] input[name="email"], form[action="/sign-in"] input[name="email"]').fill(who);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button').click();
  await page.waitForURL(/\/account/);
}

test('an organisation is claimed from its page, decided on, and open', { skip }, async () => {
  const { page, faults, close } = await open(browser, base, { lang: 'en', width: 390 });
  await signIn(page, email);
  assert.equal((await page.goto(`${base}/desk/organisation?lang=en`)).status(), 403);
  faults.length = 0;
  await page.goto(`${base}/organisations/${slug}?lang=en`);
  await page.getByRole('link', { name: 'Is this your organisation?' }).click();
  await page.waitForURL(/\/desk\/takeover\?of=/);
  assert.equal(await page.locator('input[name="of"]').inputValue(), name);
  await clean(page);
  // Without a word about oneself no curator is asked.
  await page.getByRole('radio', { name: /A curator decides/ }).check();
  await page.getByRole('button', { name: 'Send the request', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await clean(page);
  faults.length = 0;
  await page.getByRole('radio', { name: /A curator decides/ }).check();
  await page.locator('textarea[name="note"]').fill('I am its director; my name is on its page.');
  await page.getByRole('button', { name: 'Send the request', exact: true }).click();
  await page.getByText('waits for a curator').waitFor();
  await clean(page);
  assert.deepEqual(faults, []);
  await close();

  const desk = await open(browser, base, { lang: 'en', width: 1280 });
  await signIn(desk.page, curator);
  await desk.page.goto(`${base}/desk`);
  await desk.page.locator('.doors').getByRole('link', { name: 'Who speaks for whom' }).click();
  await desk.page.getByText('I am its director').waitFor();
  await clean(desk.page);
  const form = desk.page.locator('li', { hasText: email }).locator('form');
  await form.locator('textarea').fill('The page names her.');
  await form.getByRole('button', { name: 'They may', exact: true }).click();
  await desk.page.waitForURL(/representatives/);
  assert.equal(await desk.page.getByText(email).count(), 0);
  assert.deepEqual(desk.faults, []);
  await desk.close();

  const own = await open(browser, base, { lang: 'en', width: 390 });
  await signIn(own.page, email);
  assert.equal((await own.page.goto(`${base}/desk/organisation?lang=en`)).status(), 200);
  await own.page.goto(`${base}/desk/takeover?lang=en`);
  await own.page.getByText('you speak for it').waitFor();
  await own.close();
});

// Each language, each width and each theme once: they do not meet in what is looked for.
for (const [lang, width, theme] of [['es', 390, 'dark'], ['en', 1280, 'light']]) {
  test(`its pages are free of barriers (${lang}, ${width})`, { skip }, async () => {
    const { page, faults, close } = await open(browser, base, { lang, width, theme });
    await signIn(page, curator, lang);
    for (const path of ['/desk/takeover', `/desk/takeover?of=/organisations/${slug}`, '/desk/representatives', '/desk/takeover/link/x']) {
      await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      await clean(page);
    }
    assert.deepEqual(faults, []);
    await close();
  });
}
