// No page, in no state, theme, language or width, has anything that axe can find; none asks another
// host for anything, none writes an error to the console, none is wider than its window.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { faultsOfColour, violations } from './axe.mjs';
import { launch, open, reader, visit } from './browser.mjs';
import { addresses, site } from './site.mjs';

let server;
let browser;
let found;
before(async () => {
  server = site();
  browser = await launch();
  const { page, close } = await open(browser, server.url);
  found = await addresses(page, server.url, visit);
  await close();
});
after(async () => {
  await browser?.close();
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
  'table filtered to nothing': () => '/explore?q=zzzzzz&view=table',
  'flow of others': () => '/explore?view=flow&skip=5',
  'network by steps': () => '/explore?view=network&depth=1&colour=steps',
  organisation: () => found.organisation,
  publisher: () => found.publisher,
  publishers: () => '/publishers',
  dataset: () => found.dataset,
  datasets: () => '/datasets',
  requests: () => '/requests',
  'requests narrowed to nothing': () => '/requests?q=zzzzzz',
  request: () => found.request,
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

/** What axe finds in either theme, and how much wider than its window the page is. */
async function fine(page, what) {
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(await violations(page), [], `${what}, light`);
  // A theme changes colours and nothing else.
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await faultsOfColour(page), [], `${what}, dark`);
  assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, `${what} is wider than the window`);
}

const withLang = (path, lang) => `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`;
const QUESTION = '**/graphql?**';
/** What a page without an answer asks by itself: it would try again while it is looked at. */
const READY = '**/readyz';

/** States that come from what the server does, or does not: how each is brought about, and what shows that it is there. */
const STATES = {
  loading: { on: () => found.publisher, route: () => new Promise(() => {}), shows: 'main .skel' },
  error: { on: () => found.dataset, route: (route) => route.fulfill({ status: 502, contentType: 'text/plain', body: 'no' }), shows: 'main [role="alert"]' },
  'error in the explorer': { on: () => '/explore?view=table', route: (route) => route.fulfill({ status: 502, contentType: 'text/plain', body: 'no' }), shows: 'main [role="alert"]' },
  offline: { on: () => found.sector, route: (route) => route.abort('internetdisconnected'), shows: 'main [role="alert"]' },
  'a record without organisations': { on: () => '/', change: ({ meta }) => { if (meta?.chapters) meta.chapters = []; }, shows: 'main code' },
  'a word that means nothing': { on: () => '/explore?publisher=nope', shows: '.note.bad' },
  'not found': { on: () => '/areas/XX-NONE', shows: 'main [role="combobox"]' },
};

/** Every screen and state in each of the looks, and in both themes. */
export function everywhere(looks) {
  for (const look of looks) {
    describe(`${look.lang}, ${look.width}`, () => {
      // One reader for all: what is loaded once is there for the next page.
      let within;
      before(async () => { within = await reader(browser, look); });
      after(() => within?.close());
      for (const [name, address] of Object.entries(SCREENS)) {
        test(name, async () => {
          const { page, faults, close } = await open(browser, server.url, { ...look, within });
          try {
            await visit(page, server.url, withLang(address(), look.lang));
            await fine(page, name);
            assert.equal(await page.evaluate(() => document.documentElement.lang), look.lang);
            // A page that does not exist may be answered with 404, which the browser reports.
            assert.deepEqual(faults.filter((fault) => name !== 'not found' || !/404/.test(fault)), []);
          } finally {
            await close();
          }
        });
      }
      for (const [name, { on, route, change, shows }] of Object.entries(STATES)) {
        test(`state: ${name}`, async () => {
          const { page, close } = await open(browser, server.url, { ...look, within });
          try {
            if (route) for (const asked of [QUESTION, READY]) await page.route(asked, route);
            if (change) {
              await page.route(QUESTION, async (one) => {
                const response = await one.fetch();
                const body = await response.json();
                if (body.data) change(body.data);
                await one.fulfill({ response, json: body });
              });
            }
            await page.goto(server.url + withLang(on(), look.lang));
            await page.waitForSelector(`#app:not([hidden]) ${shows}`);
            await fine(page, name);
          } finally {
            await close();
          }
        });
      }
      test('state: moved, and stale', async () => {
        const { page, close } = await open(browser, server.url, { ...look, within });
        try {
          const slug = found.publisher.split('/').pop();
          await visit(page, server.url, withLang('/publishers', look.lang));
          await page.route(QUESTION, async (one) => {
            const url = new URL(one.request().url());
            url.searchParams.set('variables', (url.searchParams.get('variables') ?? '').replace('an-old-name', slug));
            await one.continue({ url: url.href });
          });
          await page.evaluate((lang) => {
            const link = document.createElement('a');
            link.href = `/publishers/an-old-name?lang=${lang}`;
            link.textContent = 'old';
            document.querySelector('main').append(link);
          }, look.lang);
          await page.getByText('old', { exact: true }).click();
          await page.waitForURL(new RegExp(`/publishers/${slug}`));
          await page.locator('main .note').first().waitFor();
          await fine(page, 'moved');
          await visit(page, server.url, withLang(found.sector, look.lang));
          await page.unroute(QUESTION);
          for (const asked of [QUESTION, READY]) await page.route(asked, (one) => one.abort('internetdisconnected'));
          if (look.width < 500) await page.getByRole('button', { name: look.lang === 'es' ? 'Menú' : 'Menu' }).click();
          await page.getByRole('link', { name: look.lang === 'es' ? 'English' : 'Español' }).first().click();
          await page.waitForSelector('main .stale');
          await fine(page, 'stale');
        } finally {
          await close();
        }
      });
    });
  }
}

export const here = () => ({ browser, server, found });
