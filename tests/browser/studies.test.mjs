// Two studies side by side are two samples: no sentence adds them up, each is offered alone, and a figure of
// one has that one's whole. Runs against the server named by OD100_TEST_STUDIES_URL, which holds two.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { launch, open, settled, visit } from './browser.mjs';
import { heading } from './journey.mjs';

const url = process.env.OD100_TEST_STUDIES_URL?.replace(/\/$/, '');
const skip = url ? false : 'OD100_TEST_STUDIES_URL is not set';

let browser;
before(async () => {
  browser = skip ? undefined : await launch();
});
after(() => browser?.close());

/** What a study is called, and how many organisations it has. */
const studies = (page) => page.locator('.studies a').evaluateAll((links) => links.map((one) => ({ name: one.querySelector('span').textContent, count: Number(one.querySelector('b').textContent) })));

test('two studies are said apart, and one alone has its own whole', { skip }, async () => {
  const { page, faults, close } = await open(browser, url);
  await visit(page, url, '/explore?lang=en');
  const found = await studies(page);
  assert.equal(found.length, 2);
  const all = await heading(page);
  for (const one of found) assert.ok(all.includes(`${one.count} in ${one.name}`), all);
  assert.deepEqual(await violations(page), []);
  // Narrowed, each part is a part of its own study.
  await visit(page, url, '/explore?grade=D&lang=en');
  const narrowed = await heading(page);
  for (const one of await studies(page)) assert.match(narrowed, new RegExp(`${one.count} of \\d+ in ${one.name}`));
  for (const { count, name } of found) {
    await visit(page, url, '/explore?view=flow&lang=en');
    await page.locator('.studies a', { hasText: name }).click();
    await page.waitForSelector('.studies', { state: 'detached' });
    await settled(page);
    await page.waitForFunction(() => / feeds /.test(document.querySelector('main h1').textContent));
    assert.match(await heading(page), new RegExp(` of ${count} organisations`));
    await page.keyboard.press('3');
    await page.waitForSelector('body[data-network="ready"]');
    await page.waitForFunction(() => /within 2 steps/.test(document.querySelector('main h1').textContent));
    assert.match(await heading(page), new RegExp(` of ${count} organisations`));
    await page.keyboard.press('1');
    await page.waitForFunction(() => !new URL(location.href).searchParams.get('view'));
    await settled(page);
    await page.locator('.rail .opt input').first().check();
    await page.waitForFunction((total) => document.querySelector('main h1').textContent.includes(` of ${total} organisations match`), count);
  }
  assert.deepEqual(faults, []);
  await close();
});

test('on pages of a sector, goal, place, and of all publishers, datasets and methods, one study speaks', { skip }, async () => {
  const { page, faults, close } = await open(browser, url);
  const choice = page.locator('main nav.rollup a');
  const n = async () => Number(/n = (\d+)/.exec(await page.locator('main .figline').first().innerText())[1]);
  for (const path of ['/sdgs/3', '/publishers', '/method']) {
    await visit(page, url, `${path}?lang=en`);
    const offered = await choice.evaluateAll((links) => links.map((link) => ({ count: Number(link.querySelector('.num').textContent), chapter: new URL(link.href).searchParams.get('chapter') })));
    assert.equal(offered.length, 2, path);
    // What is fictional does not speak unasked.
    assert.deepEqual(offered.map((one) => one.chapter), ['us', 'sample'], path);
    assert.equal(await n(), offered[0].count, path);
    await choice.nth(1).click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('chapter') === 'sample');
    await settled(page);
    await page.waitForFunction((count) => document.querySelector('main .figline')?.textContent.startsWith(`n = ${count}`), offered[1].count);
    assert.equal(await page.locator('main nav.rollup [aria-current]').count(), 1);
    assert.deepEqual(await violations(page), [], path);
  }
  // Only the sample has anybody there, and its figures say whose they are.
  await visit(page, url, '/areas/MX?lang=en');
  assert.equal(await choice.count(), 0);
  assert.match(await page.locator('main .hero').innerText(), /no other study has any here/);
  await visit(page, url, '/datasets?lang=en&chapter=sample');
  assert.match(await page.locator('main nav.rollup [aria-current]').innerText(), /\s40$/);
  assert.deepEqual(faults, []);
  await close();
});

test('the map of two studies is printed country by country, with its key and its conditions', { skip }, async () => {
  const { page, faults, close } = await open(browser, url);
  for (const [lang, names] of [['en', ['Mexico', 'United States']], ['es', ['Estados Unidos', 'México']]]) {
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1280, height: 900 });
    await visit(page, url, `/explore?lang=${lang}`);
    await page.emulateMedia({ media: 'print' });
    // As wide as A4 between its margins.
    await page.setViewportSize({ width: 680, height: 1000 });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const paper = page.locator('.stage .paper svg');
    await paper.locator('path.st').first().waitFor();
    assert.deepEqual((await paper.locator('text.country').allTextContents()).sort(), names);
    // Each country has its states and its circles, and all circles are everybody who has a place.
    const drawn = await paper.locator('g:has(> text.country)').evaluateAll((all) => all.map((one) => ({ states: one.querySelectorAll('path.st').length, circles: one.querySelectorAll('.rings > g').length, ...one.getBoundingClientRect().toJSON() })));
    assert.equal(drawn.length, 2);
    for (const one of drawn) assert.ok(one.states > 30 && one.circles > 0 && one.width > 200, JSON.stringify(one));
    const [first, second] = drawn.sort((a, b) => a.top - b.top);
    assert.ok(first.bottom <= second.top + 1, 'one below the other');
    // One key, below both: what circles, slices and shades are.
    const key = page.locator('.famkey');
    assert.equal(await page.locator('.famkey:visible, .paper .key:visible').count(), 1);
    assert.ok((await key.boundingBox()).y >= second.bottom - 1);
    for (const part of ['p', 'ul .sq', '.qkey']) assert.ok(await key.locator(part).first().isVisible(), part);
    // No name stands over another.
    const over = await paper.locator('text.over').evaluateAll((all) => {
      const boxes = all.map((one) => ({ text: one.textContent, ...one.getBoundingClientRect().toJSON() }));
      return boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3).map((b) => `${a.text} / ${b.text}`));
    });
    assert.deepEqual(over, []);
    assert.match(await page.locator('.strip .figline').innerText(), /^n = \d+/);
    assert.ok(await page.locator('.strip .figline').isVisible());
    const box = await paper.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 681, 'nothing is cut at the edge of the page');
    assert.ok((await page.pdf({ format: 'A4' })).length > 20_000);
  }
  assert.deepEqual(faults, []);
  await close();
});
