// What the journeys share: a page of their own that must behave, and the fresh browser in which an
// address has to show the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, settled } from './browser.mjs';

/** Journeys over what `here()` gives once it has started: a browser and a server. */
export function journeys(here) {
  return function journey(name, options, steps) {
    test(name, async () => {
      const { browser, server } = here();
      const { page, faults, close } = await open(browser, server.url, options);
      try {
        await steps(page, faults);
        assert.deepEqual(faults, []);
      } finally {
        await close();
      }
    });
  };
}

export const heading = (page) => page.locator('main h1').innerText();
export const figure = (text) => Number(/[\d.,\s]*\d/.exec(text)?.[0].replace(/\D/g, '') ?? 'NaN');

/** The address, in a browser that has never been here, shows what the page shows. */
export async function reproduces(page, { browser, server }) {
  const again = await open(browser, server.url);
  await again.page.goto(page.url());
  await settled(again.page);
  assert.equal(await heading(again.page), await heading(page));
  const texts = (one, selector) => one.locator(selector).allInnerTexts();
  for (const selector of ['.chips li', '[aria-current]']) assert.deepEqual(await texts(again.page, selector), await texts(page, selector), selector);
  const rows = '.orgs .nm, .tw.big tbody th, .matrix tr, .steps td';
  assert.deepEqual((await texts(again.page, rows)).slice(0, 40), (await texts(page, rows)).slice(0, 40));
  await again.close();
}
