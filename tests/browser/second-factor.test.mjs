// Somebody sets a second factor up with an app that this file plays, signs out, signs in with its code, and once with a
// recovery code. Each look at the pages has an account of its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './browser.mjs';
import { account, base, clean, letter, password, signIn, skip } from './people.mjs';
import { STEP, codeOf } from './totp.mjs';

let browser;
before(async () => { if (!skip) browser = await launch(); });
after(async () => browser?.close());

/** Signs in as far as the page that asks for a code. */
async function half(page, email, lang) {
  await page.goto(`${base}/sign-in?lang=${lang}`);
  await page.locator('form:has(input[name="password"]) input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button').click();
  await page.waitForURL(/\/sign-in\/code/);
}

const field = (page) => page.locator('input[autocomplete="one-time-code"]').first();

// A long way, gone twice: each language, width and theme once.
for (const look of [{ lang: 'es', width: 390, theme: 'dark' }, { lang: 'en', width: 1280, theme: 'light' }]) {
  const { lang, width, theme } = look;
  const email = `factor-${lang}-${width}@example.org`;
  test(`a second factor, from setting it up to a lost telephone (${lang}, ${width}, ${theme})`, { skip }, async () => {
    account(email, 'Fe Códigos');
    const { page, faults, close } = await open(browser, base, look);
    await signIn(page, email, lang);
    await page.locator('#second-factor a').click();
    await clean(page);
    await page.locator('form[action*="/begin"] button').click();
    await clean(page);
    const drawn = await page.locator('svg.qr').boundingBox();
    assert.ok(drawn.width > 180 && drawn.width < width, `the picture is ${drawn.width} wide`);
    const key = await page.locator('code.seed').innerText();
    assert.match(await page.locator('a[href^="otpauth:"]').getAttribute('href'), new RegExp(`secret=${key.replaceAll(' ', '')}&`));
    await field(page).fill('000000');
    await page.locator('form[action*="/confirm"] button').click();
    await page.getByRole('alert').waitFor();
    const first = Date.now();
    await field(page).fill(codeOf(key, first));
    await page.locator('form[action*="/confirm"] button').click();
    await page.locator('ol.codes').waitFor();
    await clean(page);
    const codes = await page.locator('ol.codes code').allInnerTexts();
    assert.equal(codes.length, 10);
    await page.locator('a.btn.main').click();
    await page.waitForURL(/\/account/);
    await page.locator('#second-factor a').click();
    await clean(page);
    await page.goto(`${base}/account?lang=${lang}`);
    await page.locator('form[action="/sign-out"] button').click();
    await page.waitForURL(`${base}/`);

    await half(page, email, lang);
    await clean(page);
    // The first code of this step was used: the next one is good already, for clocks that are ahead.
    await field(page).fill(` ${codeOf(key, first + STEP)} `);
    await page.locator('form').first().getByRole('button').click();
    await page.waitForURL(/\/account/);
    assert.ok((await page.context().cookies()).every((cookie) => !cookie.name.endsWith('od100-half')));

    await page.locator('form[action="/sign-out"] button').click();
    await page.waitForURL(`${base}/`);
    await half(page, email, lang);
    await page.goto(`${base}/account?lang=${lang}`);
    assert.match(page.url(), /\/sign-in/, 'half a sign-in shows nothing of the account');
    await page.goto(`${base}/sign-in/code?lang=${lang}`);
    const recovery = page.locator('form').nth(1);
    await recovery.locator('input[name="code"]').fill(codes[0]);
    await recovery.getByRole('button').click();
    await page.waitForURL(/\/account/);
    assert.match(await page.locator('#second-factor').innerText(), /9\./);
    // The same one is worth nothing now.
    await page.locator('form[action="/sign-out"] button').click();
    await page.waitForURL(`${base}/`);
    await half(page, email, lang);
    await recovery.locator('input[name="code"]').fill(codes[0]);
    await recovery.getByRole('button').click();
    await page.getByRole('alert').waitFor();
    await clean(page);
    await letter(email, /account\?lang=en/);
    assert.deepEqual(faults.filter((fault) => !/422/.test(String(fault))), []);
    await close();
  });
}
