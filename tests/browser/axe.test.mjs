// No page, in no state, theme, language or width, has anything that axe can find; none asks another
// host for anything, none writes an error to the console, none is wider than its window.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { violations } from './axe.mjs';
import { launch, open, visit } from './browser.mjs';
import { addresses, site } from './site.mjs';

const LOOKS = [
  { lang: 'en', theme: 'light', width: 1280 },
  { lang: 'es', theme: 'dark', width: 1280 },
  { lang: 'es', theme: 'light', width: 390 },
  { lang: 'en', theme: 'dark', width: 390 },
];

let server;
let browser;
let found;
before(async () => {
  server = await site();
  browser = await launch();
  const { page, close } = await open(browser, server.url);
  found = await addresses(page, server.url, visit);
  await close();
});
after(async () => {
  await browser?.close();
  server?.close();
});

const SCREENS = {
  home: () => '/',
  map: () => '/explore',
  table: () => '/explore?view=table',
  'map of states': () => '/explore?layer=areas',
  flow: () => '/explore?view=flow',
  'long flow': () => '/explore?view=flow&form=long',
  matrix: () => '/explore?view=flow&form=matrix',
  circle: () => '/explore?view=flow&form=chord',
  network: () => '/explore?view=network',
  'filtered to nothing': () => '/explore?q=zzzzzz&family=data',
  organisation: () => found.organisation,
  publisher: () => found.publisher,
  publishers: () => '/publishers',
  dataset: () => found.dataset,
  datasets: () => '/datasets',
  sector: () => found.sector,
  goal: () => '/sdgs/3',
  area: () => found.area,
  study: () => found.study,
  wave: () => found.wave,
  codes: () => '/schemes',
  crosswalk: () => '/schemes/od500_social_impact',
  about: () => '/about',
  method: () => '/method',
  'not found': () => '/publishers/nobody-of-that-name',
};

for (const look of LOOKS) {
  describe(`${look.lang}, ${look.theme}, ${look.width}`, () => {
    for (const [name, address] of Object.entries(SCREENS)) {
      test(name, async () => {
        const { page, faults, close } = await open(browser, server.url, look);
        try {
          const path = address();
          await visit(page, server.url, `${path}${path.includes('?') ? '&' : '?'}lang=${look.lang}`);
          assert.deepEqual(await violations(page), []);
          assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, 'wider than the window');
          assert.equal(await page.evaluate(() => document.documentElement.lang), look.lang);
          // A page that does not exist may be answered with 404, which the browser reports.
          assert.deepEqual(faults.filter((fault) => name !== 'not found' || !/404/.test(fault)), []);
        } finally {
          await close();
        }
      });
    }
  });
}

test('states that need a hand: search results, phone menu, filter sheet, table twin, citation, map list, downloads, columns', async () => {
  const { page, faults, close } = await open(browser, server.url, { width: 1280 });
  await visit(page, server.url, '/?lang=en');
  await page.keyboard.press('/');
  await page.keyboard.type('a');
  await page.waitForSelector('[role="option"]');
  assert.deepEqual(await violations(page), [], 'search results');
  await visit(page, server.url, `${found.publisher}?lang=en`);
  await page.locator('main summary').first().click();
  await page.getByRole('button', { name: 'Cite or reproduce this figure' }).click();
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
