// The explorer's pictures: their numbers are those of their tables, the keyboard reaches what the
// pointer does, and each address shows the same in another browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { launch, settled, visit } from './browser.mjs';
import { figure, heading, journeys, reproduces } from './journey.mjs';
import { site } from './site.mjs';

let server;
let browser;
const here = () => ({ browser, server });
const journey = journeys(here);
before(async () => {
  server = await site();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
});

const param = (page, name) => new URL(page.url()).searchParams.get(name);
const focused = (page, what = 'aria-label') => page.evaluate((name) => document.activeElement?.getAttribute(name), what);

/** The table under a flow: its heads, and each row's name with its numbers. */
const tableOf = (page) => page.locator('.matrix').evaluate((table) => ({
  heads: [...table.querySelectorAll('thead th.up')].map((one) => one.textContent),
  rows: [...table.querySelectorAll('tbody tr')].map((row) => ({ name: row.querySelector('th').textContent, counts: [...row.querySelectorAll('td')].map((one) => Number(one.textContent.replace(/\D/g, ''))) })),
}));

/** The links of a drawing, by what their titles say. */
const bandsOf = (page) => page.locator('svg.flow .lk title').evaluateAll((titles) => titles.map((one) => one.textContent));

journey('the keys 1 to 4 switch the picture and leave the rest as it is', {}, async (page) => {
  await visit(page, server.url, '/explore?family=data,research&lang=en');
  const said = await heading(page);
  for (const [key, view] of [['2', 'flow'], ['3', 'network'], ['4', 'table'], ['1', null]]) {
    await page.keyboard.press(key);
    await page.waitForFunction((wanted) => new URL(location.href).searchParams.get('view') === wanted, view);
    await settled(page);
    assert.equal(await heading(page), said);
    assert.equal(param(page, 'family'), 'data,research');
    assert.equal(await page.locator('.chips button.chip').count(), 2);
  }
  // A digit typed into a field is text.
  await page.locator('.rail input[type="search"]').first().focus();
  await page.keyboard.type('4');
  assert.equal(param(page, 'view'), null);
  await page.goBack();
  await page.waitForFunction(() => new URL(location.href).searchParams.get('view') === 'table');
});

journey('bands, circle and matrix have the numbers of their tables', {}, async (page) => {
  for (const form of ['', '&form=chord']) {
    await visit(page, server.url, `/explore?view=flow${form}&lang=en`);
    await page.waitForSelector('svg.flow .nd');
    const { heads, rows } = await tableOf(page);
    const nodes = await page.locator('svg.flow .nd').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    assert.equal(nodes.length, heads.length + rows.length);
    for (const row of rows) assert.ok(nodes.some((one) => one.startsWith(`${row.name}: `) && Number(one.slice(row.name.length).replace(/\D/g, '')) === row.counts.at(-1)), `${row.name} ${form}`);
    const told = new Set(await bandsOf(page));
    let cells = 0;
    for (const row of rows) {
      row.counts.slice(0, -1).forEach((count, index) => {
        if (count === 0) return;
        cells += 1;
        assert.ok(told.has(`${count} ${count === 1 ? 'organisation' : 'organisations'} in ${heads[index]} use${count === 1 ? 's' : ''} ${row.name}`), `${row.name} ${heads[index]} ${count}`);
      });
      // Each organisation has one sector, or none: the cells of a row are its organisations.
      assert.equal(row.counts.slice(0, -1).reduce((sum, one) => sum + one, 0), row.counts.at(-1));
    }
    assert.equal(told.size, cells);
  }
  await visit(page, server.url, '/explore?view=flow&form=matrix&lang=en');
  const { rows } = await tableOf(page);
  assert.ok(rows.length > 5);
  assert.ok((await page.locator('.heat .q0').count()) > 0);
  await reproduces(page, here());
});

journey('the long flow says in tables what it draws', {}, async (page) => {
  await visit(page, server.url, '/explore?view=flow&form=long&lang=en');
  await page.waitForSelector('svg.flow .nd');
  const bands = await page.locator('svg.flow .lk').count();
  assert.equal(await page.locator('.steps tbody tr').count(), bands);
  assert.equal(await page.locator('.steps table').count(), 3);
  await reproduces(page, here());
});

journey('the flow by keyboard: arrows move, Enter filters, Escape takes back, others open', {}, async (page) => {
  await visit(page, server.url, '/explore?view=flow&lang=en');
  await page.waitForSelector('svg.flow .nd');
  assert.equal(await page.locator('svg.flow .nd[tabindex="0"]').count(), 1, 'one tab stop');
  await page.locator('svg.flow .nd[tabindex="0"]').focus();
  const first = await focused(page);
  await page.keyboard.press('ArrowDown');
  const second = await focused(page);
  assert.notEqual(second, first);
  assert.ok((await page.locator('.lk.on').count()) > 0, 'the neighbourhood shows');
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await focused(page), second);
  await page.keyboard.press('ArrowLeft');
  const publisher = await focused(page);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.chips li');
  await settled(page);
  assert.ok(param(page, 'publisher'));
  // The filter adds the users of predecessors, which the flow shows as bodies of their own.
  assert.ok(figure(await heading(page)) >= figure(publisher.split(': ')[1]));
  await page.locator('svg.flow .nd[tabindex="0"]').focus();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !new URL(location.href).searchParams.get('publisher'));
  await settled(page);
  const other = page.locator('svg.flow .nd[aria-label*="other publisher"]');
  await other.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.opened');
  await settled(page);
  assert.equal(param(page, 'skip'), '10');
  const { rows } = await tableOf(page);
  assert.ok(!rows.some((row) => first.startsWith(`${row.name}:`)), 'the first is passed over');
  await reproduces(page, here());
  await page.getByRole('link', { name: 'Back to the first' }).click();
  await page.waitForSelector('.opened', { state: 'detached' });
  assert.equal(param(page, 'skip'), null);
});

journey('the roll-up is in the address, and the figure line names it', {}, async (page) => {
  await visit(page, server.url, '/explore?view=flow&lang=en');
  await page.getByRole('link', { name: 'Today', exact: true }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get('rollup') === 'successor_chain');
  await settled(page);
  await page.waitForFunction(() => document.querySelector('.strip .figline')?.textContent.includes('With predecessors'));
  await reproduces(page, here());
});

journey('below 900 px the flow is stacked bars with the same numbers', { width: 390, height: 844 }, async (page) => {
  await visit(page, server.url, '/explore?view=flow&lang=en');
  const bars = await page.locator('.stack-row').evaluateAll((all) => all.map((one) => [one.querySelector('span').textContent, Number(one.querySelector('b').textContent)]));
  const { rows } = await tableOf(page);
  assert.deepEqual(bars, rows.map((row) => [row.name, row.counts.at(-1)]));
  assert.equal(await page.locator('svg.flow').count(), 0);
});

journey('the table sorts, chooses its columns and grows as one scrolls', {}, async (page) => {
  await visit(page, server.url, '/explore?view=table&lang=en');
  const total = figure(await heading(page));
  const rows = () => page.locator('.tw.big tbody tr[aria-rowindex]').count();
  assert.equal(await rows(), Math.min(100, total));
  await page.locator('.tablebox').evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await page.waitForFunction((all) => document.querySelectorAll('.tw.big tbody tr[aria-rowindex]').length === all, Math.min(total, 1000));
  assert.equal(Number(await page.locator('.tw.big').getAttribute('aria-rowcount')), total + 1);
  await page.getByRole('button', { name: 'Founded' }).click();
  await page.waitForSelector('th[aria-sort="ascending"]');
  await settled(page);
  const years = await page.locator('.tw.big tbody tr').evaluateAll((all) => all.slice(0, 20).map((row) => Number(row.querySelectorAll('td')[2]?.textContent)));
  assert.deepEqual(years, [...years].sort((a, b) => a - b));
  await page.locator('.drop > summary').click();
  await page.locator('.drop-box label', { hasText: 'Founded' }).click();
  await page.locator('.drop-box label', { hasText: 'Kind' }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get('columns')?.includes('kind'));
  assert.equal(await page.locator('.tw.big thead th', { hasText: 'Founded' }).count(), 0);
  assert.equal(await page.locator('.tw.big thead th', { hasText: 'Kind' }).count(), 1);
  await page.keyboard.press('Escape');
  await reproduces(page, here());
});

journey('the network and its list are the same nodes, and a row puts its node into the middle', {}, async (page) => {
  await visit(page, server.url, '/explore?view=network&lang=en');
  await page.waitForSelector('body[data-network="ready"]');
  const listed = await page.locator('.nodes li').count();
  assert.equal(figure(await page.locator('.list-head h2').innerText()), listed);
  assert.equal(figure(await page.locator('.stage.net .legend .muted').innerText()), listed);
  const row = page.locator('.nodes li > a:first-child').nth(1);
  const name = await row.locator('.nm').innerText();
  await row.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((text) => document.querySelector('.net-centre b')?.textContent === text, name);
  assert.ok(param(page, 'node'));
  await page.getByRole('link', { name: '1', exact: true }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get('depth') === '1');
  await settled(page);
  assert.ok(!(await page.locator('.nodes .meta').allInnerTexts()).some((text) => text.includes('2 steps')));
  await reproduces(page, here());
  await page.goBack();
  await page.goBack();
  await page.waitForFunction((text) => document.querySelector('.net-centre b')?.textContent !== text, name);
});

journey('without WebGL the network is drawn as SVG', { webgl: false }, async (page) => {
  await visit(page, server.url, '/explore?view=network&lang=en');
  await page.waitForSelector('.netsvg circle');
  assert.equal(await page.locator('.netsvg circle').count(), await page.locator('.nodes li').count());
});

journey('states alone are numbers that select them; the list follows the map by keyboard', {}, async (page) => {
  await visit(page, server.url, '/explore?lang=en');
  await page.getByRole('link', { name: 'States', exact: true }).click();
  await page.waitForSelector('.pin .alone');
  assert.equal(param(page, 'layer'), 'areas');
  const counts = await page.locator('.pin').evaluateAll((all) => all.map((one) => Number(one.textContent.replace(/\D/g, ''))));
  assert.deepEqual(counts, [...counts].sort((a, b) => b - a), 'the tab order is that of size');
  const biggest = page.locator('.pin').first();
  const said = await biggest.getAttribute('aria-label');
  await biggest.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.chips li');
  await settled(page);
  assert.ok(param(page, 'area'));
  assert.equal(figure(await heading(page)), figure(said));
  await reproduces(page, here());
  await page.goBack();
  await page.waitForSelector('.chips li', { state: 'detached' });
  await settled(page);
  const total = figure(await page.locator('.list-head h2').innerText());
  await page.locator('.maplibregl-canvas').focus();
  for (let press = 0; press < 4; press += 1) {
    await page.keyboard.press('+');
    await page.waitForTimeout(350);
  }
  await page.waitForFunction(() => /in sight/.test(document.querySelector('.list-head h2')?.textContent ?? ''));
  await settled(page);
  const near = figure(await page.locator('.list-head h2').innerText());
  assert.ok(near < total, `${near} of ${total} in sight`);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.waitForFunction(() => !/in sight/.test(document.querySelector('.list-head h2')?.textContent ?? ''));
});

journey('what is on screen is taken away: rows, picture, reference', {}, async (page) => {
  await visit(page, server.url, '/explore?view=flow&family=data&lang=en');
  const said = await heading(page);
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const take = async (action) => {
    const [file] = await Promise.all([page.waitForEvent('download'), action()]);
    return readFileSync(await file.path());
  };
  const rows = (await take(() => page.getByRole('link', { name: /^Organisations.*, CSV$/ }).click())).toString();
  assert.equal(rows.trim().split('\r\n').length - 1, figure(said));
  const places = JSON.parse(await take(() => page.getByRole('link', { name: /^Organisations.*GeoJSON$/ }).click()));
  assert.equal(places.type, 'FeatureCollection');
  const svg = (await take(() => page.getByRole('button', { name: 'SVG', exact: true }).click())).toString();
  for (const text of [`n = ${figure(said)}`, 'Method 1.0', said.split(' ')[0]]) assert.ok(svg.includes(text), text);
  assert.ok(!/class=|var\(--/.test(svg.replace(/<style>.*?<\/style>/s, '')), 'the picture stands alone');
  const png = await take(() => page.getByRole('button', { name: 'PNG', exact: true }).click());
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  for (const [form, mark] of [['APA', 'Open Data 100. ('], ['BibTeX', '@misc{'], ['RIS', 'TY  - DATA']]) {
    await page.locator(`dialog input[value=${form.toLowerCase()}]`).check();
    const text = await page.locator('dialog .cite pre').innerText();
    assert.ok(text.startsWith(mark) && text.includes('family=data'), form);
  }
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  const table = (await take(() => page.getByRole('button', { name: 'Save this table as CSV' }).click())).toString().trim().split('\r\n');
  assert.equal(table.length - 1, await page.locator('.matrix tbody tr').count());
});
