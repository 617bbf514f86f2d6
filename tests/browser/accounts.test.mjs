// Somebody makes an account by a letter; an administrator finds it, gives it a role, takes that away and disables it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './browser.mjs';
import { admin, base, clean, letter, LOOKS, signIn, skip, unhurried } from './people.mjs';

const email = 'nina@example.org';
let browser;
before(async () => {
  if (!skip) browser = await launch();
});
after(async () => browser?.close());

test('an account by a letter, then a role for it and its end', { skip }, async () => {
  const { page, faults, close } = await open(browser, base, { lang: 'en', width: 390 });
  await page.goto(`${base}/sign-in?lang=en`);
  await page.getByRole('link', { name: 'No account yet? Make one.' }).click();
  await page.waitForURL(/\/sign-up/);
  await clean(page);
  await page.locator('input[name="email"]').fill(email);
  await unhurried(page);
  await page.locator('main form button').click();
  await page.getByRole('status').waitFor();
  const [link] = await letter(email, /\/sign-up\/link\/[\w-]+\?lang=en/);
  await page.goto(base + link);
  await clean(page);
  await page.locator('input[name="displayName"]').fill('Nina Cruz');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-up'));
  await clean(page);
  // The link has been used.
  const late = await open(browser, base, { lang: 'en' });
  await late.page.goto(base + link);
  await late.page.locator('input[name="displayName"]').fill('Somebody Else');
  await late.page.getByRole('button', { name: 'Make the account' }).click();
  await late.page.getByText('This link was used').waitFor();
  await late.close();

  const desk = await open(browser, base, { lang: 'en' });
  await signIn(desk.page, admin);
  await desk.page.goto(`${base}/desk/accounts?lang=en`);
  await desk.page.locator('input[name="q"]').fill('nina');
  await desk.page.getByRole('button', { name: 'Find' }).click();
  await desk.page.getByRole('link', { name: 'Nina Cruz' }).click();
  await clean(desk.page);
  const give = desk.page.locator('form:has(select[name="role"])');
  await give.locator('select').selectOption('curator');
  await give.locator('input[name="reason"]').fill('She knows the datasets.');
  await give.getByRole('button').click();
  await desk.page.getByText('She knows the datasets.').waitFor();
  await page.goto(`${base}/desk/review?lang=en`);
  // With another role one signs in anew.
  await page.waitForURL(/\/sign-in/);
  await desk.page.getByRole('button', { name: /^Take away Curator/i }).click();
  await desk.page.getByText('She knows the datasets.').waitFor({ state: 'detached' });
  await desk.page.getByRole('button', { name: 'Disable the account' }).click();
  await desk.page.getByRole('button', { name: 'Enable the account' }).waitFor();
  await page.goto(`${base}/account?lang=en`);
  await page.waitForURL(/\/sign-in/);
  assert.deepEqual([...faults, ...desk.faults].filter((fault) => !/40[14]|422/.test(fault)), []);
  await desk.close();
  await close();
});

for (const look of LOOKS) {
  test(`the pages of accounts are free of barriers (${look.lang}, ${look.width}, ${look.theme})`, { skip }, async () => {
    const { page, faults, close } = await open(browser, base, look);
    for (const path of ['/sign-in', '/sign-up']) {
      await page.goto(`${base}${path}?lang=${look.lang}`);
      await clean(page);
    }
    await signIn(page, admin, look.lang);
    for (const path of ['/account', '/desk/accounts/contacts', '/desk/accounts']) {
      await page.goto(`${base}${path}?lang=${look.lang}`);
      await clean(page);
    }
    await page.locator('tbody th a').first().click();
    await clean(page);
    assert.deepEqual(faults, []);
    await close();
  });
}
