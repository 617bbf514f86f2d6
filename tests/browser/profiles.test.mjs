// What a reader does with a profile: finds it, prints it, cites it, takes it away, says that it is wrong;
// and what a page says while, or when, it has nothing to show.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { violations } from './axe.mjs';
import { launch, open, settled, visit } from './browser.mjs';
import { addresses, site } from './site.mjs';

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

function journey(name, options, steps, allowed = /^$/) {
  test(name, async () => {
    const { page, faults, close } = await open(browser, server.url, options);
    try {
      await steps(page);
      assert.deepEqual(faults.filter((fault) => !allowed.test(fault)), []);
    } finally {
      await close();
    }
  });
}

const heading = (page) => page.locator('main h1').innerText();
const figure = (text) => Number(/[\d.,\s]*\d/.exec(text)?.[0].replace(/\D/g, '') ?? 'NaN');

journey('a ministry finds its users and prints them', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const name = await page.locator('.door').first().locator('.bars .lab').first().innerText();
  const field = page.getByRole('combobox', { name: 'Your institution' });
  await field.pressSequentially(name.slice(0, 12), { delay: 15 });
  await page.waitForSelector('.door [role="option"]');
  await field.press('ArrowDown');
  await field.press('Enter');
  await page.waitForURL(/\/publishers\//);
  await settled(page);
  const users = figure(await heading(page));
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  // Every user is on paper, though the screen shows the first few.
  const rows = await page.locator('.cardlist li').evaluateAll((list) => list.filter((row) => row.checkVisibility()).length);
  assert.equal(rows, Math.min(users, 100));
  const top = (selector) => page.locator(selector).first().evaluate((node) => node.getBoundingClientRect().top);
  assert.ok((await top('main h1')) < (await top('main .figline')), 'the sentence comes first');
  assert.ok((await top('main .figline')) < (await top('main .lede')), 'its conditions come next');
  for (const hidden of ['header.top', '.crumb', 'main button', '.report']) assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  assert.match(await page.locator('[data-printed]').innerText(), /\/publishers\//);
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.ok(pdf.length > 20_000);
});

journey('a dark screen prints light', { theme: 'dark' }, async (page) => {
  await visit(page, server.url, `${found.organisation}?lang=es`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const ink = await page.evaluate(() => getComputedStyle(document.querySelector('main h1')).color);
  assert.equal(ink, 'rgb(28, 27, 25)');
});

journey('an entrepreneur finds an organisation, and what it shares with another', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const target = await page.locator('.door').nth(2).locator('.goto').getAttribute('href');
  await visit(page, server.url, target);
  const own = await page.locator('.claims tbody th').allInnerTexts();
  const peer = page.locator('section[aria-labelledby="peers"] li').filter({ hasText: 'both use' }).first();
  const shared = /both use ([^·]+)/.exec(await peer.innerText())[1].split(/, | and /).map((one) => one.trim());
  assert.ok(shared.length > 0 && own.length > 0);
  await peer.locator('a').click();
  await settled(page);
  const theirs = await page.locator('.claims tbody th').allInnerTexts();
  // Bodies of a claim may be shown by the name above the one that is shared.
  assert.ok(shared.some((one) => theirs.includes(one) || own.includes(one)), `${shared} in ${theirs}`);
  const again = await open(browser, server.url);
  await visit(again.page, server.url, new URL(page.url()).pathname + new URL(page.url()).search);
  assert.equal(await heading(again.page), await heading(page));
  await again.close();
});

journey('every record can be cited, copied, taken away and reported', {}, async (page) => {
  for (const address of [found.publisher, found.dataset, found.organisation, found.area, found.study, found.wave, found.sector, '/sdgs/3']) {
    await visit(page, server.url, `${address}?lang=en`);
    await page.locator('.take').getByRole('button', { name: 'APA, BibTeX, RIS' }).click();
    const words = () => page.locator('.take pre').innerText();
    assert.match(await words(), /^Open Data 100\. \(2\d{3}, /, address);
    await page.locator('.take').getByRole('radio', { name: 'BibTeX' }).check();
    assert.match(await words(), /^@misc\{od100-/, address);
    await page.locator('.take').getByRole('radio', { name: 'RIS' }).check();
    assert.match(await words(), /^TY {2}- DATA/, address);
    const lasting = new URL(await page.locator('.take .lasting').getAttribute('href')).pathname;
    assert.equal((await page.request.get(server.url + lasting, { headers: { accept: 'text/html' } })).status(), 200, lasting);
    for (const file of await page.locator('.take a[download]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
      assert.equal((await page.request.get(server.url + file)).status(), 200, file);
    }
    await page.getByRole('link', { name: 'Report an error' }).click();
    assert.equal(new URL(page.url()).hash, '#report');
    assert.ok(await page.locator('#report code').innerText());
  }
});

journey('what a wave asked is told apart from what it did not', {}, async (page) => {
  await visit(page, server.url, `${found.wave}?lang=en`);
  await page.locator('section[aria-labelledby="questions"] summary').click();
  const rows = await page.locator('section[aria-labelledby="questions"] tbody tr').evaluateAll((list) => list.map((row) => [...row.children].map((cell) => cell.textContent)));
  const bars = await page.locator('.questions li').evaluateAll((list) => list.map((row) => [row.querySelector('.lab').textContent, row.querySelector('.val').textContent.replace(/^\d+\s?%\s*/, '')]));
  assert.equal(rows.length, bars.length);
  for (const [index, [label, answered, asked]] of rows.entries()) {
    assert.equal(bars[index][0], label);
    assert.equal(bars[index][1], asked ? `${answered} of ${asked}` : '');
  }
});

journey('the address says whose users are counted', {}, async (page) => {
  await visit(page, server.url, `${found.publisher}?lang=en`);
  const whole = figure(await heading(page));
  const choice = page.locator('.rollup').getByRole('link', { name: 'Named itself' });
  if (!(await choice.count())) return;
  await choice.click();
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get('rollup'), 'PUBLISHER');
  assert.ok(figure(await heading(page)) <= whole);
  assert.equal(await choice.getAttribute('aria-current'), 'true');
});

describe('states', () => {
  const question = '**/graphql?**';

  journey('loading: a skeleton, but only when the wait is long', {}, async (page) => {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route(question, async (route) => { await held; await route.continue(); });
    await page.goto(`${server.url}${found.publisher}?lang=en`);
    await page.waitForSelector('main .skel');
    assert.deepEqual(await violations(page), []);
    release();
    await settled(page);
    assert.equal(await page.locator('main .skel').count(), 0);
  });

  journey('error: says so, and tries again', {}, async (page) => {
    let broken = true;
    await page.route(question, (route) => (broken ? route.fulfill({ status: 502, contentType: 'text/plain', body: 'no' }) : route.continue()));
    await page.goto(`${server.url}${found.dataset}?lang=en`);
    await page.waitForSelector('main [role="alert"]');
    assert.match(await page.locator('main [role="alert"]').innerText(), /This did not load/);
    assert.deepEqual(await violations(page), []);
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await settled(page);
    assert.ok(figure(await heading(page)) >= 0);
  }, /502/);

  journey('offline: says that there is no connection', {}, async (page) => {
    let cut = true;
    await page.route(question, (route) => (cut ? route.abort('internetdisconnected') : route.continue()));
    await page.goto(`${server.url}${found.sector}?lang=en`);
    await page.waitForSelector('main [role="alert"]');
    assert.match(await page.locator('main [role="alert"]').innerText(), /There is no connection/);
    cut = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await settled(page);
  }, /ERR_INTERNET_DISCONNECTED/);

  journey('stale: the last answer stays and says that it is old', {}, async (page) => {
    await visit(page, server.url, `${found.sector}?lang=en`);
    const headings = await page.locator('main h1').count();
    await page.route(question, (route) => route.abort('internetdisconnected'));
    await page.getByRole('link', { name: 'Español' }).click();
    await page.waitForSelector('main .stale');
    assert.equal(await page.locator('main h1').count(), headings);
    assert.deepEqual(await violations(page), []);
  }, /ERR_INTERNET_DISCONNECTED/);

  journey('not found: says so, and offers a search', {}, async (page) => {
    await visit(page, server.url, '/areas/XX-NONE?lang=en');
    assert.equal(await heading(page), 'There is no such page');
    assert.ok(await page.locator('main').getByRole('combobox').isVisible());
  }, /404/);

  journey('moved: the address becomes the new one, and the page says so', {}, async (page) => {
    const slug = found.publisher.split('/').pop();
    await page.route(question, async (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('variables', url.searchParams.get('variables').replace('an-old-name', slug));
      await route.continue({ url: url.href });
    });
    // The server would redirect; within the application only the API knows.
    await visit(page, server.url, `/publishers?lang=en`);
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = '/publishers/an-old-name?lang=en';
      link.textContent = 'old';
      document.querySelector('main').append(link);
    });
    await page.getByText('old', { exact: true }).click();
    await page.waitForURL(new RegExp(`/publishers/${slug}`));
    await settled(page);
    assert.match(await page.locator('main .note').first().innerText(), /has moved.*an-old-name/s);
  });

  journey('filtered to nothing: says what would bring something back', {}, async (page) => {
    await visit(page, server.url, '/explore?q=zzzzzz&family=data&lang=en');
    assert.ok(await page.locator('.empty').first().isVisible());
  });

  journey('sample data is never taken for real', {}, async (page) => {
    await visit(page, server.url, '/?lang=en');
    const sample = await page.evaluate(async () => (await (await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ meta { sampleLoaded } }"}' })).json()).data.meta.sampleLoaded);
    assert.equal((await page.locator('.banner').count()) > 0, sample);
  });
});
