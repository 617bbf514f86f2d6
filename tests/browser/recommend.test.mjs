// Whoever runs a study says what should become of an answer; a curator reads who says so and why, and decides. It brings a
// server of its own.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from './axe.mjs';
import { launch } from './browser.mjs';
import { signedIn, world } from './desk-world.mjs';

const BINARY = process.env.OD100_BINARY ?? fileURLToPath(new URL('../../target/debug/od100', import.meta.url));
const skip = existsSync(BINARY) ? false : `${BINARY} is not there: build it first`;
const WHY = 'Their site names the file and the year.';

let browser;
let made;

before(async () => {
  if (skip) return;
  browser = await launch();
  made = await world(browser);
});

after(async () => {
  await made?.close();
  await browser?.close();
});

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

test('a researcher recommends, a curator reads who and why, and decides', { skip }, async () => {
  const rosa = await signedIn(made, 'rosa', { lang: 'en', width: 390, height: 844 });
  await rosa.page.goto(`${made.url}/desk?lang=en`);
  assert.equal(await rosa.page.locator('h1').innerText(), '1 matter waits for your decision', 'the response that was sent is hers to look through; what waits for a curator is not hers to decide');
  const door = (path) => rosa.page.locator(`.doors li:has(a[href^="${path}"])`).innerText();
  assert.match(await door('/desk/studies'), /1 waits/);
  assert.match(await rosa.page.locator('.doors').innerText(), /a curator decides\.\s+\d+ waits?/);
  await rosa.page.goto(`${made.url}/desk/review?kind=code&lang=en`);
  assert.equal(await rosa.page.locator('[data-count]').count(), 0, 'who only recommends has no boxes to tick');
  await rosa.page.locator('main a[href*="/desk/review/"]').first().click();
  await rosa.page.waitForURL(/\/desk\/review\/[\w-]+/);
  const { pathname } = new URL(rosa.page.url());
  assert.deepEqual(await violations(rosa.page), []);
  assert.ok(!(await wide(rosa.page)), 'nothing is wider than the phone');
  assert.equal(await rosa.page.getByRole('button', { name: /^Accept/ }).count(), 0, 'it does not decide');
  // Without a reason nothing is sent.
  const recommend = rosa.page.getByRole('button', { name: 'Recommend accepting' });
  await recommend.click();
  assert.equal(await rosa.page.evaluate(() => document.activeElement.name), 'reason');
  await rosa.page.getByLabel('Why').fill(WHY);
  await Promise.all([rosa.page.waitForNavigation(), recommend.click()]);
  assert.match(await rosa.page.locator('p.note', { hasText: WHY }).innerText(), /Rosa Ibarra, Researcher.*recommends accepting/);
  assert.deepEqual(await violations(rosa.page), []);

  const cleo = await signedIn(made, 'cleo', { lang: 'en' });
  await cleo.page.goto(`${made.url}${pathname}?lang=en`);
  const note = await cleo.page.locator('p.note', { hasText: WHY }).innerText();
  assert.match(note, /Rosa Ibarra, Researcher.*recommends accepting/, 'who says so, as what, and why');
  assert.match(await cleo.page.locator('ol.events').innerText(), /Rosa Ibarra/);
  assert.deepEqual(await violations(cleo.page), []);
  await Promise.all([cleo.page.waitForNavigation(), cleo.page.getByRole('button', { name: /^Accept/ }).click()]);
  await cleo.page.goto(`${made.url}${pathname}?lang=en`);
  assert.match(await cleo.page.locator('p.marks').first().innerText(), /accepted/);

  // What is decided is not recommended any more.
  await rosa.page.reload();
  assert.equal(await recommend.count(), 0);
  assert.ok(await rosa.page.locator('p.note', { hasText: WHY }).isVisible(), 'what was said stays');
  for (const one of [rosa, cleo]) {
    assert.deepEqual(one.faults, []);
    await one.close();
  }
});
