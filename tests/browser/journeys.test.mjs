// What people come for, done in a browser: each journey ends with its address, opened afresh, showing
// the same state.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, open, settled, visit } from './browser.mjs';
import { figure, heading, journeys, reproduces as alike } from './journey.mjs';
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

const here = () => ({ browser, server });
const journey = journeys(here);
const reproduces = (page) => alike(page, here());

journey('home answers three people at once, and its map leads to the explorer', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  assert.equal(await page.locator('.door').count(), 3);
  for (const door of await page.locator('.door').all()) assert.ok((await door.locator('.bars li').count()) > 0);
  const total = figure(await page.locator('.stats dd').first().innerText());
  assert.ok(total > 0);
  await page.locator('a.peek').click();
  await settled(page);
  assert.equal(new URL(page.url()).pathname, '/explore');
  assert.equal(figure(await heading(page)), total);
});

journey('the explorer narrows by filter, and back and forward follow', {}, async (page) => {
  await visit(page, server.url, '/explore?lang=en');
  const unfiltered = await heading(page);
  const option = page.locator('.rail .opt').filter({ hasText: 'Data & mapping' }).first();
  const promised = figure(await option.locator('.n').innerText());
  await option.click();
  await page.waitForSelector('.chips li');
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get('family'), 'data');
  // The count beside an option is what a click on it gives.
  assert.equal(figure(await heading(page)), promised);
  assert.equal(figure(await page.locator('.list-head h2').innerText()), promised);
  await reproduces(page);
  await page.goBack();
  await page.waitForFunction((text) => document.querySelector('main h1')?.innerText === text, unfiltered);
  assert.equal(await page.locator('.chips li').count(), 0);
  await page.goForward();
  await page.waitForSelector('.chips li');
  await page.locator('.chips button').first().click();
  await page.waitForFunction((text) => document.querySelector('main h1')?.innerText === text, unfiltered);
});

journey('map and table show the same organisations under one address', {}, async (page) => {
  await visit(page, server.url, '/explore?lang=en&grade=D');
  const total = figure(await page.locator('.list-head h2').innerText());
  const first = await page.locator('.orgs .nm').first().innerText();
  const pins = await page.locator('.pin').count();
  assert.ok(pins > 0, 'the map has symbols');
  await page.getByRole('link', { name: 'Table' }).click();
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get('grade'), 'D');
  assert.equal(figure(await heading(page)), total);
  assert.equal(await page.locator('.tw.big tbody th').first().innerText(), first);
  await page.getByRole('button', { name: 'Organisation', exact: true }).click();
  await page.waitForSelector('th[aria-sort="ascending"]');
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get('sort'), 'name');
  await reproduces(page);
});

/** Presses symbols until one opens its list, which has as many as the symbol says; `rest` waits for what a press does. */
async function openSeveral(page, rest) {
  const panel = page.locator('.panel');
  let said = '';
  // A symbol that stands for several places zooms in first; the next one may be a single place.
  for (let step = 0; step < 8 && !(await panel.isVisible()); step += 1) {
    const symbol = page.locator('.pin[aria-label*="organisations"]').first();
    said = await symbol.getAttribute('aria-label');
    await symbol.focus();
    await page.keyboard.press('Enter');
    await rest(panel);
  }
  await page.waitForSelector('.panel .orgs li');
  assert.equal(figure(await panel.locator('h2').innerText()), figure(said));
  return panel;
}

journey('several organisations on one point are one symbol that opens their list', {}, async (page) => {
  await visit(page, server.url, '/explore?lang=en');
  const panel = await openSeveral(page, (shown) => shown.waitFor({ timeout: 1500 }).catch(() => {}));
  assert.equal(await page.evaluate(() => document.querySelector('.panel')?.contains(document.activeElement)), true);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  // Focus returns to the symbol.
  await page.waitForFunction(() => document.activeElement?.classList.contains('pin'), null, { timeout: 2000 });
});

journey('without WebGL the map is drawn as SVG and says so', { webgl: false }, async (page) => {
  await visit(page, server.url, '/explore?lang=en');
  assert.ok((await page.locator('.plainmap path.st').count()) > 20);
  assert.ok((await page.locator('.plainmap .pin').count()) > 0);
  assert.ok(await page.locator('.plain-key').getByText('This browser cannot draw the full map').isVisible());
  assert.ok((await page.locator('.orgs li').count()) > 0);
});

journey('without WebGL its circles are reached and pressed by keyboard, and it is zoomed by buttons', { webgl: false }, async (page) => {
  await visit(page, server.url, '/explore?lang=en');
  const names = () => page.locator('.plainmap .pin').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  const whole = await names();
  assert.ok(whole.every((one) => one !== null && one !== ''));
  // From the map itself, Tab comes to the largest circle.
  await page.locator('.plain-box').focus();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), whole[0]);
  const width = () => page.locator('.plainmap path.st').first().evaluate((one) => one.getBoundingClientRect().width);
  const wide = await width();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await settled(page);
  assert.ok((await width()) > wide * 1.5);
  assert.notDeepEqual(await names(), whole, 'closer up, circles come apart');
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await settled(page);
  assert.ok(Math.abs((await width()) - wide) < 1);
  assert.deepEqual(await names(), whole);
  // Several on one point are a list, as on the other map; several places come closer first.
  const panel = await openSeveral(page, () => settled(page));
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  // One alone opens its profile.
  await page.getByRole('button', { name: 'Show everything' }).click();
  await settled(page);
  const single = page.locator('.pin:not([aria-label*=" organisation"])').first();
  const name = await single.getAttribute('aria-label');
  await single.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/organisations\//);
  await settled(page);
  assert.ok((await heading(page)).includes(name), name);
});

journey('without WebGL a state is pressed to select it', { webgl: false }, async (page) => {
  await visit(page, server.url, '/explore?layer=areas&lang=en');
  const state = page.locator('.plainmap .pin').first();
  const said = await state.getAttribute('aria-label');
  await state.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => new URL(location.href).searchParams.get('area'));
  await settled(page);
  assert.equal(figure(await heading(page)), figure(said));
});

journey('where nothing matches the map keeps the borders of the states', { webgl: false }, async (page) => {
  await visit(page, server.url, '/explore?q=zzzz&lang=en');
  assert.ok((await page.locator('.plainmap path.st').count()) > 20);
  assert.equal(await page.locator('.plainmap .pin').count(), 0);
});

journey('a ministry finds its users by name', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const bar = page.locator('.door').first().locator('.bars li').first();
  const name = await bar.locator('.lab').innerText();
  const users = figure(await bar.locator('.val').innerText());
  const field = page.getByRole('combobox', { name: 'Your institution' });
  await field.click();
  await field.pressSequentially(name.slice(0, 12), { delay: 15 });
  await page.waitForSelector('.door [role="option"]');
  await field.press('ArrowDown');
  await field.press('Enter');
  await page.waitForURL(/\/publishers\//);
  await visit(page, server.url, `${found.publisher}?lang=en`);
  // The profile adds the users of predecessors to those of the ranking.
  assert.ok(figure(await heading(page)) >= users);
  const grades = await page.locator('.gradebar .num').allInnerTexts();
  assert.equal(grades.length, 4, 'A to D: a disputed use makes nobody a user');
  assert.ok((await page.locator('section[aria-labelledby="who"] .bars li').count()) > 0);
  assert.ok(await page.locator('section[aria-labelledby="datasets"] .hatch').count(), 'no dataset named is hatched');
  await reproduces(page);
});

journey('Enter before anything is found leads to what is found first', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const name = await page.locator('.door').first().locator('.bars li').first().locator('.lab').innerText();
  await page.route('**/graphql?**', async (route) => {
    await new Promise((resume) => { setTimeout(resume, 400); });
    await route.continue();
  });
  const field = page.getByRole('combobox', { name: 'Your institution' });
  await field.fill(name.slice(0, 12));
  await field.press('Enter');
  await page.waitForURL(/\/publishers\//);
  // Who goes on typing has not chosen.
  await visit(page, server.url, '/?lang=en');
  await field.fill(name.slice(0, 6));
  await field.press('Enter');
  await field.press('a');
  await settled(page);
  assert.equal(new URL(page.url()).pathname, '/');
});

journey('a list that has no such place is read from its top, and says so', {}, async (page) => {
  const refused = { errors: [{ message: 'the cursor is not one of this list', extensions: { code: 'BAD_CURSOR' } }] };
  const isAfter = (url) => url.pathname === '/graphql' && /"after":"zz"/.test(url.searchParams.get('variables') ?? '');
  await page.route(isAfter, (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(refused) }));
  await visit(page, server.url, '/explore?view=table&after=zz&lang=en');
  await page.waitForSelector('.tablebox .strange');
  await page.waitForSelector('.tablebox tbody tr');
  assert.equal(await page.locator('[role="alert"]').count(), 0);
});

journey('a sector that is none is no page', {}, async (page, faults) => {
  const refused = { errors: [{ message: 'no', extensions: { code: 'BAD_FILTER', filter: 'sector', value: 'nope' } }] };
  const isOf = (url) => url.pathname === '/graphql' && (url.searchParams.get('variables') ?? '').includes('"nope"');
  await page.route(isOf, (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(refused) }));
  await visit(page, server.url, '/sectors/nope?lang=en');
  assert.equal(await heading(page), 'There is no such page');
  // The browser reports that the address itself was answered so.
  assert.ok(faults.every((fault) => /404/.test(fault)), faults.join('; '));
  faults.length = 0;
});

journey('every chart has its table, with the same numbers', {}, async (page) => {
  for (const address of ['/', found.publisher, found.dataset, found.sector, found.area, found.study, '/sdgs/3', '/publishers']) {
    await visit(page, server.url, `${address}?lang=en`);
    const charts = await page.locator('ul.bars').evaluateAll((lists) => lists.map((list) => {
      const table = list.nextElementSibling?.matches('details') ? list.nextElementSibling.querySelector('table') : null;
      return {
        bars: [...list.querySelectorAll('li')].map((row) => row.querySelector('.val b').textContent),
        wholes: [...list.querySelectorAll('li')].map((row) => /of ([\d,]+)/.exec(row.querySelector('.val').textContent)?.[1]),
        rows: [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
      };
    }));
    assert.ok(charts.length > 0, address);
    for (const { bars, wholes, rows } of charts) {
      assert.deepEqual(rows.map(([value]) => value), bars, address);
      for (const [index, whole] of wholes.entries()) if (whole) assert.equal(rows[index][1], whole, address);
    }
  }
});

journey('questions as bars have the numbers of their table', {}, async (page) => {
  for (const address of ['/method', found.wave]) {
    await visit(page, server.url, `${address}?lang=en`);
    const told = await page.locator('.questions li').evaluateAll((list) => list.map((row) => /(\d+) of (\d+)/.exec(row.querySelector('.val').textContent)?.slice(1) ?? ['', '']));
    const rows = await page.locator('.questions + details tbody tr').evaluateAll((list) => list.map((row) => [...row.querySelectorAll('td')].slice(0, 2).map((cell) => cell.textContent)));
    assert.ok(told.length > 5);
    assert.deepEqual(rows, told, address);
  }
});

journey('the map, as circles and as states, has the numbers of its table', {}, async (page) => {
  const table = async () => {
    await page.locator('.strip .twin summary').click();
    await page.waitForSelector('.strip .twin tbody tr');
    return new Map(await page.locator('.strip .twin tbody tr').evaluateAll((rows) => rows.map((row) => [row.querySelector('th').textContent, Number(row.querySelector('td').textContent)])));
  };
  await visit(page, server.url, '/explore?layer=areas&lang=en');
  const states = await table();
  const shown = await page.locator('.pin').evaluateAll((pins) => pins.map((pin) => pin.getAttribute('aria-label')));
  assert.ok(shown.length > 5);
  for (const label of shown) {
    const [name, count] = [...states].find(([state]) => label.includes(state)) ?? [];
    assert.ok(name, label);
    assert.equal(figure(label.replace(name, '')), count, label);
  }
  assert.equal([...states.values()].reduce((sum, count) => sum + count, 0), figure(await heading(page)));
  // Circles are the same organisations, wherever they are gathered, but for those without a place.
  await visit(page, server.url, '/explore?layer=circles&lang=en');
  const points = await page.evaluate(async () => {
    const body = JSON.stringify({ query: '{ mapPoints(zoom: 5) { points symbols unplaced } }' });
    const { data } = await (await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json();
    return data.mapPoints.points.lon.length + data.mapPoints.symbols.count.reduce((sum, count) => sum + count, 0) + data.mapPoints.unplaced;
  });
  assert.equal([...(await table()).values()].reduce((sum, count) => sum + count, 0), points);
});

journey('an organisation says what it uses, how sure that is and what is not known', {}, async (page) => {
  await visit(page, server.url, `${found.organisation}?lang=en`);
  assert.match(await heading(page), /builds on data from/);
  const claims = page.locator('section[aria-labelledby="uses"] .claims tbody tr');
  assert.ok((await claims.count()) > 0);
  assert.equal(await page.locator('section[aria-labelledby="uses"] .claims .grade').count(), await claims.count());
  await page.locator('section[aria-labelledby="uses"] .claims tbody th a').first().click();
  await settled(page);
  assert.match(new URL(page.url()).pathname, /^\/publishers\//);
  await page.goBack();
  await settled(page);
  await reproduces(page);
});

journey('the language switches in place and stays in the address', {}, async (page) => {
  await visit(page, server.url, `${found.publisher}?lang=en`);
  const english = await heading(page);
  await page.getByRole('link', { name: 'Español' }).click();
  // The heading of the loading page comes between the two.
  await page.waitForFunction(() => document.documentElement.lang === 'es' && /organizaci/.test(document.querySelector('main h1')?.innerText ?? ''));
  assert.equal(new URL(page.url()).searchParams.get('lang'), 'es');
  assert.match(await heading(page), /organizaci/);
  assert.equal(figure(await heading(page)), figure(english));
  await page.locator('header a', { hasText: 'Publicadores' }).click();
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get('lang'), 'es');
});

journey('the theme switches and is remembered on this device', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: 'Switch to dark colours' }).click();
  assert.notEqual(await ground(), light);
  await page.reload();
  await settled(page);
  assert.notEqual(await ground(), light);
});

journey('by keyboard alone: skip link, search, filter, result', {}, async (page) => {
  await visit(page, server.url, '/explore?view=table&lang=en');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox');
  await page.keyboard.press('Escape');
  const box = page.locator('.rail .opt input').first();
  await box.focus();
  await page.keyboard.press('Space');
  await page.waitForSelector('.chips li');
  await settled(page);
  // The filter was applied, and the reader is still where they were.
  assert.equal(await box.evaluate((one) => one === document.activeElement), true);
  assert.equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none' || document.activeElement.matches(':focus-visible')), true);
  // Keys that act alone do so from a box that is ticked: nothing is written there.
  await page.keyboard.press('2');
  await page.waitForURL(/view=flow/);
  await page.keyboard.press('4');
  await page.waitForURL(/view=table/);
  await settled(page);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox');
  await page.keyboard.press('Escape');
  await page.locator('.tw.big tbody th a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/organisations\//);
});

journey('on a phone the filters are a sheet that says what it will show', { width: 390, height: 844 }, async (page) => {
  await visit(page, server.url, '/explore?view=table&lang=en');
  await page.getByRole('button', { name: 'All filters' }).click();
  await page.locator('dialog .opt').filter({ hasText: 'Research' }).first().click();
  await page.waitForSelector('.chips li');
  await settled(page);
  const show = page.locator('dialog .main');
  const promised = figure(await show.innerText());
  await show.click();
  await page.waitForSelector('dialog', { state: 'detached' });
  assert.equal(figure(await heading(page)), promised);
  assert.ok((await page.locator('.orgs.cards li').count()) > 0);
});

journey('what fails says so, and a retry mends it', {}, async (page, faults) => {
  let fail = true;
  await page.route('**/graphql?**', (route) => (fail ? route.abort('connectionrefused') : route.continue()));
  // The reader presses, and not the page by itself.
  await page.route('**/readyz', (route) => route.abort('connectionrefused'));
  await page.goto(`${server.url}/publishers?lang=en`);
  const alert = page.locator('[role="alert"]');
  await alert.waitFor();
  fail = false;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.waitForSelector('main h1');
  // The refused requests are the journey's own doing, and the browser reports each.
  assert.ok(faults.every((fault) => /ERR_CONNECTION_REFUSED/.test(fault)));
  faults.length = 0;
});
