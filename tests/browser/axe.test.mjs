// Every screen and state in English, and those states that need a hand; axe-es.test.mjs has them in Spanish.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './axe.mjs';
import { everywhere, here } from './axe-looks.mjs';
import { open, visit } from './browser.mjs';

everywhere([{ lang: 'en', width: 1280 }, { lang: 'en', width: 390 }]);

test('states that need a hand: search results, phone menu, filter sheet, table twin, citation, map list, downloads, columns', async () => {
  const { browser, server, found } = here();
  const { page, faults, close } = await open(browser, server.url, { width: 1280 });
  await visit(page, server.url, '/?lang=en');
  await page.keyboard.press('/');
  await page.keyboard.type('a');
  await page.waitForSelector('[role="option"]');
  assert.deepEqual(await violations(page), [], 'search results');
  await visit(page, server.url, `${found.publisher}?lang=en`);
  await page.locator('main summary').first().click();
  await page.getByRole('button', { name: 'Cite or reproduce this figure' }).first().click();
  assert.deepEqual(await violations(page), [], 'table twin and citation');
  await visit(page, server.url, '/explore?view=flow&lang=en');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await page.waitForSelector('dialog .cite');
  assert.deepEqual(await violations(page), [], 'downloads');
  await visit(page, server.url, '/explore?view=table&lang=en');
  await page.locator('.drop > summary').click();
  assert.deepEqual(await violations(page), [], 'columns');
  assert.deepEqual(faults, []);
  await close();
  const phone = await open(browser, server.url, { width: 390, height: 844 });
  await visit(phone.page, server.url, '/explore?lang=en');
  await phone.page.getByRole('button', { name: 'Menu' }).click();
  assert.deepEqual(await violations(phone.page), [], 'menu');
  await phone.page.getByRole('button', { name: 'Menu' }).click();
  await phone.page.getByRole('button', { name: 'All filters' }).click();
  assert.deepEqual(await violations(phone.page), [], 'sheet');
  assert.deepEqual(phone.faults, []);
  await phone.close();
});
