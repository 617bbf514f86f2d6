// A curator finds a pair, sees what a merge would do, merges, and takes it back: the old address leads to the new one
// in between, and the history tells of both. It needs a server with a curator: OD100_TEST_CURATOR names the account.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AxeBuilder, launch, open } from './browser.mjs';

const { OD100_TEST_URL: base, OD100_TEST_CURATOR: email, OD100_TEST_PASSWORD: password } = process.env;
const skip = base && email && password ? false : 'no server with a curator is named';

let browser;
before(async () => { if (!skip) browser = await launch(); });
after(async () => browser?.close());

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`), []);
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
  await page.goto(`${base}/desk/matches?kind=organisation&lang=en`);
  await page.locator('.pairs a').first().click();
  await page.waitForURL(/\/desk\/matches\/[0-9a-f-]{36}/);
  await page.locator('.keep a').first().click();
  await page.getByRole('heading', { name: 'What would happen' }).waitFor();
  const [old, now] = await page.locator('.effect code').allTextContents();
  assert.ok(old && now && old !== now);
  await page.locator('form:has(input[name="keep"]) input[name="reason"]').fill('the same organisation');
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.waitForURL(/\/desk\/matches\/merged/);
  await page.getByText('the same organisation').waitFor();
  // The public pages follow within moments.
  for (let tries = 0; tries < 50 && !page.url().endsWith(`/organisations/${now}`); tries += 1) {
    await page.goto(`${base}/organisations/${old}`);
    await page.waitForTimeout(100);
  }
  assert.equal(new URL(page.url()).pathname, `/organisations/${now}`, 'the old address leads to the new one');
  await page.goto(`${base}/organisations/${now}/history?lang=en`);
  assert.match(await page.locator('main').textContent(), /became part of.*is unbroken|is unbroken.*became part of/s);
  await page.goto(`${base}/desk/matches/merged?lang=en`);
  await page.locator('details summary').first().click();
  await page.locator('details input[name="reason"]').first().fill('two after all');
  await page.locator('details button').first().click();
  await page.getByText('Taken back on').first().waitFor();
  for (let tries = 0; tries < 50; tries += 1) {
    const response = await page.goto(`${base}/organisations/${old}/history?lang=en`);
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
