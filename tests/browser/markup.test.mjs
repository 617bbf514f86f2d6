// Texts that want to be markup: each text that the API answers is exchanged for one of 150 payloads, on every screen,
// with the content policy and once more without it, so that the policy is not the only wall. Nothing of them runs,
// loads, or becomes an element.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { launch, settled, visit, watch } from './browser.mjs';
import { addresses, site } from './site.mjs';

const { cores, wraps } = JSON.parse(await readFile(new URL('../fixtures/markup.json', import.meta.url), 'utf8'));
const PAYLOADS = cores.flatMap((core) => wraps.map((wrap) => wrap.replace('{}', core)));
/** Fields that hold what somebody wrote. Codes, addresses and dates are of other types, which the API checks. */
const WRITTEN = new Set(['name', 'title', 'text', 'label', 'description', 'summary', 'note', 'purpose', 'attribution', 'locality', 'legalForm', 'population', 'reason', 'comment', 'reply', 'definition', 'publisher', 'licence']);

let server;
let browser;
before(async () => {
  server = site();
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

/** Exchanges the written texts of an answer; says how many there were. */
function exchange(value, next, key = '') {
  if (typeof value === 'string') return WRITTEN.has(key) && value ? next() : value;
  if (Array.isArray(value)) return value.map((one) => exchange(one, next, key));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, exchange(one, next, name)]));
  return value;
}

describe('texts that want to be markup', () => {
  for (const bypassCSP of [false, true]) {
    test(bypassCSP ? 'without a content policy' : 'with the content policy', async () => {
      const context = await browser.newContext({ bypassCSP, locale: 'en-GB', reducedMotion: 'reduce' });
      const page = await context.newPage();
      watch(page);
      const faults = [];
      await page.exposeFunction('hit', () => faults.push('a payload ran'));
      page.on('dialog', (dialog) => { faults.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
      page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
      page.on('console', (message) => { if (/Content Security Policy/.test(message.text())) faults.push(message.text()); });
      page.on('request', (request) => {
        // An address of ours may carry a payload in its query, which is text there.
        const { host, pathname } = new URL(request.url());
        if (host === 'hit.invalid' || /^\/hit\.|\/x$/.test(pathname)) faults.push(`a payload asked for ${request.url()}`);
      });
      const known = await addresses(page, server.url, visit);
      let given = 0;
      await page.route('**/graphql*', async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        let answer;
        try { answer = JSON.parse(text); } catch { return route.fulfill({ response, body: text }); }
        const body = JSON.stringify(exchange(answer, () => PAYLOADS[given++ % PAYLOADS.length]));
        return route.fulfill({ response, body });
      });
      const screens = [
        '/', '/explore?view=table', '/explore?view=flow', '/explore?view=flow&form=long', '/explore?view=flow&form=matrix', '/explore?view=map',
        '/publishers', '/datasets', '/method', '/about', '/schemes', '/sdgs/3',
        ...Object.values(known),
      ];
      for (const address of screens) {
        const already = given;
        await page.goto(`${server.url}${address}${address.includes('?') ? '&' : '?'}lang=en`);
        await settled(page);
        const odd = await page.evaluate(() => {
          const list = 'script:not([src^="/"]):not([type="application/ld+json"]):not([type="application/json"]), iframe, object, embed, base, link[href*="hit"], meta[http-equiv], [onerror], [onload], [onfocus], [ontoggle], [onbegin], [srcdoc], [href^="javascript" i], [action^="javascript" i], template, math, animate, img[src="x"]';
          return [...document.querySelectorAll(list)].map((one) => one.outerHTML.slice(0, 200));
        });
        assert.deepEqual(odd, [], address);
        assert.deepEqual(faults, [], address);
        if (!['/about'].includes(address)) assert.ok(given > already, `${address} asked the API for no text`);
      }
      assert.ok(given > PAYLOADS.length, `${given} texts`);
      // What is not in an answer comes in by the address.
      for (const payload of PAYLOADS.filter((_, at) => at % 13 === 0)) {
        await page.goto(`${server.url}/explore?view=table&lang=en&q=${encodeURIComponent(payload)}`);
        await settled(page);
        assert.deepEqual(faults, [], payload);
      }
      // Answers on their way are let go.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    });
  }
});
