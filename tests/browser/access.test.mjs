// Somebody signs in by password and by a link that is sent, makes a token, and signs out. It needs a server
// with an account: OD100_TEST_ACCOUNT and OD100_TEST_PASSWORD name it, OD100_TEST_MAIL the folder of its letters.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { launch, open } from './browser.mjs';
import { awaited } from './letters.mjs';

const { OD100_TEST_URL: base, OD100_TEST_ACCOUNT: email, OD100_TEST_PASSWORD: password, OD100_TEST_MAIL: folder } = process.env;
const skip = base && email && password && folder ? false : 'no server with an account is named';

let browser;
before(async () => { if (!skip) browser = await launch(); });
after(async () => browser?.close());

async function clean(page) {
  assert.deepEqual(await violations(page), [], page.url());
}

/** The link of a letter that signs in, once there is one newer than `since`. */
const link = async (since) => (await awaited(folder, /\/sign-in\/link\/\S+/, { since }))[0];

// Each language, each width and each theme once: they do not meet in what is looked for.
for (const [lang, width, theme] of [['es', 390, 'dark'], ['en', 1280, 'light']]) {
  test(`the pages are free of barriers (${lang}, ${width})`, { skip }, async () => {
    const { page, faults, close } = await open(browser, base, { lang, width, theme });
    await page.goto(`${base}/sign-in?lang=${lang}`);
    await clean(page);
    await page.locator('form[action^="/sign-in?"] input[name="email"], form[action="/sign-in"] input[name="email"]').fill(email);
    await page.locator('input[name="password"]').fill(password);
    await page.locator('form:has(input[name="password"]) button').click();
    await page.waitForURL(/\/account/);
    await clean(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.deepEqual(faults, []);
    await close();
  });
}

test('a link signs in, a token is made, and signing out ends it', { skip }, async () => {
  const { page, faults, close } = await open(browser, base, { lang: 'en' });
  const since = Date.now() - 1000;
  await page.goto(`${base}/?lang=en`);
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await page.waitForURL(/\/sign-in/);
  await page.locator('form[action^="/sign-in/link"] input[name="email"]').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('status').waitFor();
  await page.goto(base + (await link(since)));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/account/);
  await page.getByLabel('Name of the token').fill('browser test');
  await page.getByRole('button', { name: 'Make the token' }).click();
  assert.match(await page.locator('.notice code').innerText(), /^od5_[\w-]{43}$/);
  await page.goto(`${base}/?lang=en`);
  await page.getByRole('link', { name: 'Your account' }).first().click();
  await page.getByRole('button', { name: 'Revoke browser test' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${base}/`);
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  assert.deepEqual(faults, []);
  await close();
});
