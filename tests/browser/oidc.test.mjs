// Somebody signs in at a provider of identities, which runs as a process of its own on this machine. It needs a server
// that knows it: OD100_TEST_OIDC is the address of the provider.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AxeBuilder, launch } from './browser.mjs';

const { OD100_TEST_URL: base, OD100_TEST_ACCOUNT: email, OD100_TEST_OIDC: issuer } = process.env;
const skip = base && email && issuer ? false : 'no server with a provider of identities is named';

let browser, provider;
before(async () => {
  if (skip) return;
  const file = fileURLToPath(new URL('oidc-provider.mjs', import.meta.url));
  provider = spawn(process.execPath, [file, issuer, `${base}/sign-in/provider/back`], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(provider.stdout, 'data');
  browser = await launch();
});
after(async () => { await browser?.close(); provider?.kill(); });

/** Goes to the provider and signs in there as somebody. */
async function through(page, who) {
  await page.goto(`${base}/sign-in?lang=en`);
  await page.getByRole('link', { name: /^Continue with/ }).click();
  await page.locator('input[name="login"]').fill(who);
  await page.locator('input[name="password"]').fill('any');
  await page.locator('button[type="submit"]').click();
  await page.locator('button[type="submit"]').click();
}

test('a provider signs in who has an account, and links it', { skip }, async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await through(page, email);
  await page.waitForURL(/\/account/);
  assert.ok(await page.getByText(issuer).isVisible());
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map((one) => one.id), []);
  // The session is a session like any other; the second time the provider asks nothing more.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${base}/sign-in?lang=en`);
  await page.getByRole('link', { name: /^Continue with/ }).click();
  await page.waitForURL(/\/account/);
  await page.getByRole('button', { name: `Remove link ${issuer}` }).click();
  await page.waitForURL(/\/account/);
  assert.equal(await page.getByText(issuer).count(), 0);
  await context.close();
});

for (const who of ['nobody@example.org', `unverified-${email}`]) {
  test(`a provider does not sign in ${who}`, { skip }, async () => {
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await through(page, who);
    await page.getByRole('alert').waitFor();
    assert.match(await page.getByRole('alert').innerText(), /no account here/);
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map((one) => one.id), []);
    await context.close();
  });
}
