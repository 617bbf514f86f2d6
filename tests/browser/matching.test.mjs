// A curator finds a pair, sees what a merge would do, merges, and takes it back: the old address leads to the new one
// in between, and the history tells of both. It needs a server with a curator: OD100_TEST_CURATOR names the account.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { launch, open } from './browser.mjs';

const { OD100_TEST_URL: base, OD100_TEST_CURATOR: email, OD100_TEST_PASSWORD: password } = process.env;
const skip = base && email && password ? false : 'no server with a curator is named';

let browser;
before(async () => { if (!skip) browser = await launch(); });
after(async () => browser?.close());

async function clean(page) {
  assert.deepEqual(await violations(page), [], page.url());
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it fits its width');
}

async function signIn(page, lang) {
  await page.goto(`${base}/sign-in?lang=${lang}`);
  const form = page.locator('form:has(input[name="password"])');
  await form.locator('input[name="email"]').fill(email);
  await form.locator('input[name="password"]').fill(password);
  await form.locator('button').click();
  await page.waitForURL(/\/account/);
}

test('a curator merges a pair and takes it back', { skip }, async () => {
  const { page, faults, close } = await open(browser, base, { lang: 'en' });
  await signIn(page, 'en');
  await page.goto(`${base}/desk/matches?lang=en`);
  await page.getByRole('button', { name: 'Look for pairs' }).click();
  await page.waitForURL(/\/desk\/matches/);
  // Whatever sort of records the sample has alike; two bodies with two parents cannot become one.
  let place;
  for (const [kind, at] of [['organisation', 'organisations'], ['dataset', 'datasets'], ['body', 'publishers']]) {
    await page.goto(`${base}/desk/matches?kind=${kind}&lang=en`);
    const alike = page.locator('.pairs li', { hasText: /Alike\s·/ }).locator('a');
    const pairs = await alike.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    for (const pair of pairs) {
      await page.goto(base + pair);
      await page.locator('.keep a').first().click();
      await page.waitForURL(/keep=left/);
      if (await page.locator('.effect').count()) { place = at; break; }
    }
    if (place) break;
  }
  assert.ok(place, 'the sample has two records that may become one');
  const [old, now] = await page.locator('.effect code').allTextContents();
  assert.ok(old && now && old !== now);
  await page.locator('form:has(input[name="keep"]) input[name="reason"]').fill('the same organisation');
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.waitForURL(/\/desk\/matches\/merged/);
  await page.getByText('the same organisation').waitFor();
  // The public pages follow within moments.
  for (let tries = 0; tries < 50 && !page.url().endsWith(`/${place}/${now}`); tries += 1) {
    await page.goto(`${base}/${place}/${old}`);
    await page.waitForTimeout(100);
  }
  assert.equal(new URL(page.url()).pathname, `/${place}/${now}`, 'the old address leads to the new one');
  await page.goto(`${base}/${place}/${now}/history?lang=en`);
  assert.match(await page.locator('main').textContent(), /became part of.*is unbroken|is unbroken.*became part of/s);
  await page.goto(`${base}/desk/matches/merged?lang=en`);
  await page.locator('details summary').first().click();
  await page.locator('details input[name="reason"]').first().fill('two after all');
  await page.locator('details button').first().click();
  await page.getByText('Taken back on').first().waitFor();
  for (let tries = 0; tries < 50; tries += 1) {
    const response = await page.goto(`${base}/${place}/${old}/history?lang=en`);
    if (new URL(page.url()).pathname.includes(`/${old}/`) && response?.status() === 200) break;
    await page.waitForTimeout(100);
  }
  assert.match(await page.locator('main').textContent(), /Taken back:/);
  assert.deepEqual(faults, []);
  await close();
});

for (const [lang, width, theme] of [['es', 390, 'light'], ['en', 1280, 'dark']]) {
  test(`the rooms are free of barriers (${lang}, ${width}, ${theme})`, { skip }, async () => {
    const { page, faults, close } = await open(browser, base, { lang, width, theme });
    await signIn(page, lang);
    for (const path of ['/desk', '/desk/matches', '/desk/matches/merged', '/desk/relations']) {
      await page.goto(`${base}${path}?lang=${lang}`);
      await clean(page);
    }
    await page.goto(`${base}/desk/matches?lang=${lang}`);
    const pair = await page.locator('.pairs a').first().getAttribute('href');
    if (pair) {
      await page.goto(`${base}${pair}`);
      await clean(page);
      await page.locator('.keep a, section .btn').first().click();
      await clean(page);
    }
    await page.goto(`${base}/publishers?lang=${lang}`);
    const body = await page.locator('a[href^="/publishers/"]').first().getAttribute('href');
    await page.goto(`${base}${body.split('?')[0]}/history?lang=${lang}`);
    await clean(page);
    assert.deepEqual(faults, []);
    await close();
  });
}

/** An organisation of the sample that names much data, by the API. */
async function busiest() {
  const query = '{ organisations(first: 1, orderBy: PUBLISHERS_USED) { nodes { slug name } } waves { slug } }';
  const answer = await fetch(`${base}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  const { organisations, waves } = (await answer.json()).data;
  return { ...organisations.nodes[0], wave: waves[0].slug };
}

test('a curator splits a record that is two, and takes it back', { skip }, async () => {
  const { page, faults, close } = await open(browser, base, { lang: 'en' });
  await signIn(page, 'en');
  const { slug } = await busiest();
  await page.goto(`${base}/desk/split?lang=en`);
  await page.locator('input[name="record"]').fill(`/organisations/${slug}`);
  await page.getByRole('button', { name: 'Choose' }).click();
  await page.waitForURL(/record=organisation/);
  await page.locator('input[name="name"]').fill('The other half, invented');
  await page.locator('input[name="claim"]').first().check();
  await page.locator('button[name="show"]').click();
  await page.locator('.effect').waitFor();
  assert.match(new URL(page.url()).search, /show=1/, 'a preview has an address');
  await page.locator('input[name="reason"]').fill('two organisations under one name');
  await page.locator('form:has(input[name="reason"]) button.main').click();
  await page.waitForURL(/\/desk\/matches\/merged/);
  await page.getByText('two organisations under one name').waitFor();
  await page.locator('details summary').first().click();
  await page.locator('details input[name="reason"]').first().fill('one after all');
  await page.locator('details button').first().click();
  await page.getByText('Taken back on').first().waitFor();
  assert.deepEqual(faults, []);
  await close();
});

// Each language, each width and each theme once: they do not meet in what is looked for.
for (const [lang, width, theme] of [['es', 390, 'dark'], ['en', 1280, 'light']]) {
  test(`splitting, comparing, impact and refusals are free of barriers (${lang}, ${width})`, { skip }, async () => {
    const { page, close } = await open(browser, base, { lang, width, theme });
    await signIn(page, lang);
    const { slug, wave } = await busiest();
    const claim = async () => page.locator('input[name="claim"]').first().getAttribute('value');
    // (path, what answers): the last ones refuse, each as a page in the reader's language.
    const pages = [
      ['/desk/split', 200], [`/desk/split?record=/organisations/${slug}`, 200], ['/desk/split?record=nobody', 422],
      ['/desk/matches/compare', 200], [`/waves/${wave}/impact`, 200],
      ['/nothing/here', 404], ['/explore?sector=nonsense', 400], ['/requests?status=lost', 400], ['/desk/matches/00000000-0000-4000-8000-000000000000', 404],
    ];
    for (const [path, status] of pages) {
      const response = await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      assert.equal(response.status(), status, path);
      assert.equal(await page.locator('html').getAttribute('lang'), lang, path);
      await clean(page);
    }
    await page.goto(`${base}/desk/split?record=/organisations/${slug}&lang=${lang}`);
    const record = new URL(page.url()).searchParams.get('record');
    const shown = new URLSearchParams({ record, name: 'X inventada', claim: await claim(), show: '1', lang });
    await page.goto(`${base}/desk/split?${shown}`);
    await page.locator('.effect').waitFor();
    await clean(page);
    await close();
  });
}
