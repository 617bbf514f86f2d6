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
  server = site();
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

const param = (page, name) => new URL(page.url()).searchParams.get(name);
const focused = (page, what = 'aria-label') => page.evaluate((name) => document.activeElement?.getAttribute(name), what);

/** The day of the record, as the pages print it. */
const today = (page) => page.evaluate(() => new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date()));

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
    // Flow and network answer a question of their own, about as many organisations.
    const own = { flow: /^.+ feeds \d+ of the \d+ organisations that match \(.+\); no other publisher reaches more than \d+$/, network: /^\d+ of \d+ organisations \(.+\) are within 2 steps of .+$/ }[view];
    if (own) await page.waitForFunction((pattern) => new RegExp(pattern).test(document.querySelector('main h1').textContent), own.source);
    else assert.equal(await heading(page), said);
    if (own) assert.ok((await heading(page)).includes(` ${figure(said)} organisations`), await heading(page));
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

journey('on the way back each picture is drawn as it was left, and a citation names what is shown', {}, async (page) => {
  const words = { at: '20.67,-103.35,6.5', form: 'matrix', sort: 'name', sized: 'equal' };
  const kept = Object.entries(words).map(([name, value]) => `${name}=${value}`).join('&');
  await visit(page, server.url, `/explore?${kept}&lang=en`);
  await page.waitForFunction(() => document.body.dataset.map === 'ready');
  const near = async (name) => (await page.locator('.switch a', { hasText: name }).click(), settled(page));
  for (const [name, view, own] of [['Flow', 'flow', 'form'], ['Table', 'table', 'sort'], ['Network', 'network', 'sized'], ['Map', null, 'at']]) {
    await near(name);
    await page.waitForFunction((wanted) => new URL(location.href).searchParams.get('view') === wanted, view);
    if (!view) await page.waitForFunction(() => document.body.dataset.map === 'ready');
    for (const [word, value] of Object.entries(words)) assert.equal(param(page, word), value, `${word} in ${name}`);
    assert.equal(await page.locator('.note.strange').count(), 0, name);
    if (view === 'flow') assert.equal(await page.locator('.viewbar [aria-current="true"]').first().innerText(), 'Matrix');
    if (view === 'table') assert.equal(await page.locator('th[aria-sort="ascending"]').count(), 1);
    // It may be open from the picture before.
    await page.getByRole('button', { name: 'Cite or reproduce this figure', expanded: false }).click({ timeout: 500 }).catch(() => {});
    const cited = new URL(/https?:\S+/.exec(await page.locator('.strip .cite pre').innerText())[0]).searchParams;
    assert.deepEqual(Object.keys(words).filter((word) => cited.has(word)), [own], name);
  }
  // Another place that is chosen elsewhere is what the map shows.
  await near('Table');
  await page.locator('.rail fieldset', { hasText: 'Place' }).locator('.opt input').first().check();
  await page.waitForFunction(() => new URL(location.href).searchParams.has('area'));
  assert.equal(param(page, 'at'), null);
});

journey('a frame is titled by what is selected, whichever view it was taken from', {}, async (page) => {
  await visit(page, server.url, '/explore?family=data&lang=en');
  const selected = await heading(page);
  for (const view of ['network', 'flow']) {
    await visit(page, server.url, `/explore?view=${view}&family=data&lang=en`);
    await page.waitForFunction((sentence) => document.querySelector('main h1').textContent !== sentence, selected);
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    const title = / title="([^"]*)"/.exec(await page.locator('.embedding pre').innerText())[1];
    assert.equal(title.replaceAll('&amp;', '&').replaceAll('&quot;', '"'), selected.replaceAll('\u00a0', ' '), view);
  }
});

journey('names in the flow stand whole: none is cut, lies over another or leaves the picture', {}, async (page) => {
  for (const form of ['', '&form=long', '&form=chord', '&skip=10']) {
    await visit(page, server.url, `/explore?view=flow${form}&lang=es`);
    await page.waitForSelector('svg.flow .nd');
    const found = await page.evaluate(() => {
      const svg = document.querySelector('svg.flow').getBoundingClientRect();
      const names = [...document.querySelectorAll('svg.flow .nd text')].map((one) => ({ text: one.textContent, ...one.getBoundingClientRect().toJSON() }));
      return {
        count: names.length,
        cut: names.filter((one) => one.text.includes('…')).map((one) => one.text),
        over: names.flatMap((a, index) => names.slice(index + 1).filter((b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 3 && b.top < a.bottom - 3).map((b) => `${a.text} / ${b.text}`)),
        out: names.filter((one) => one.left < svg.left - 1 || one.right > svg.right + 1 || one.bottom > svg.bottom + 1).map((one) => one.text),
      };
    });
    assert.ok(found.count > 10, form);
    assert.deepEqual({ cut: found.cut, over: found.over, out: found.out }, { cut: [], over: [], out: [] }, form);
  }
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
  // The numbers beside the bars, by column, are those in brackets behind the names, by level.
  const numbers = await page.locator('svg.flow .nd .v').allTextContents();
  const levels = () => page.evaluate(() => [...document.querySelectorAll('.steps table')].map((table) => [0, 1].map((cell) => [...new Map([...table.tBodies[0].rows].map((row) => [row.cells[cell].textContent, row.cells[cell].querySelector('.own').textContent.replace(/\D/g, '')])).values()])));
  const [first, second, third] = await levels();
  const told = [first[0], second[0], third[0], third[1]].flat();
  assert.deepEqual(told.toSorted(), numbers.map((one) => one.replace(/\D/g, '')).toSorted());
  await reproduces(page, here());
  // On a phone, where the tables are the picture, they are the same, and no number waits to be scrolled to.
  await page.setViewportSize({ width: 390, height: 844 });
  for (const lang of ['en', 'es']) {
    await visit(page, server.url, `/explore?view=flow&form=long&lang=${lang}`);
    for (let left = await page.locator('.steps button').count(); left > 0; left -= 1) await page.locator('.steps button').first().click();
    assert.equal(await page.locator('.steps tbody tr:visible').count(), bands, lang);
    const [one, two, three] = await levels();
    assert.deepEqual([one[0], two[0], three[0], three[1]].flat(), told, lang);
    const cut = await page.locator('.steps :is(th, td)').evaluateAll((cells) => cells.filter((cell) => cell.getBoundingClientRect().right > innerWidth || cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent));
    assert.deepEqual(cut, [], lang);
    assert.deepEqual(await page.locator('.steps .scroll').evaluateAll((all) => all.map((box) => box.scrollWidth - box.clientWidth)), [0, 0, 0], lang);
  }
});

journey('the flow by keyboard: arrows move, Enter filters, Escape takes back, others open', {}, async (page) => {
  await visit(page, server.url, '/explore?view=flow&lang=en');
  await page.waitForSelector('svg.flow .nd');
  assert.equal(await page.locator('svg.flow .nd').evaluateAll((nodes) => nodes.filter((one) => one.tabIndex === 0).length), 1, 'one tab stop');
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
  const other = page.locator('svg.flow .nd[aria-label*="other publisher" i]');
  await other.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.opened');
  await settled(page);
  assert.equal(param(page, 'skip'), '10');
  const { rows } = await tableOf(page);
  assert.ok(!rows.some((row) => first.startsWith(`${row.name}:`)), 'the first is passed over');
  await reproduces(page, here());
  await page.getByRole('link', { name: 'Back to the most used' }).click();
  await page.waitForSelector('.opened', { state: 'detached' });
  assert.equal(param(page, 'skip'), null);
});

journey('the circle by keyboard: arrows lead where they point', {}, async (page) => {
  await visit(page, server.url, '/explore?view=flow&form=chord&lang=en');
  await page.waitForSelector('svg.flow .nd');
  assert.equal(await page.locator('svg.flow .nd').evaluateAll((nodes) => nodes.filter((one) => one.tabIndex === 0).length), 1, 'one tab stop');
  await page.locator('svg.flow .nd[tabindex="0"]').focus();
  const place = () => page.evaluate(() => { const { x, y } = document.activeElement.querySelector('.hit').getBoundingClientRect(); return { x, y }; });
  const led = async (key, isThere) => {
    const from = await place();
    await page.keyboard.press(key);
    const to = await place();
    assert.ok(isThere(from, to), `${key}: ${JSON.stringify({ from, to })}`);
  };
  await led('ArrowDown', (a, b) => b.y > a.y && b.x === a.x);
  await led('ArrowLeft', (a, b) => b.x < a.x);
  // The neighbour may be the uppermost or the lowest: one of the two ways leads somewhere, and the other back.
  const { y } = await place();
  await page.keyboard.press('ArrowUp');
  const isUp = (await place()).y < y;
  if (!isUp) await led('ArrowDown', (a, b) => b.y > a.y && b.x === a.x);
  await led(isUp ? 'ArrowDown' : 'ArrowUp', (a, b) => b.x === a.x && b.y === y);
  await led('ArrowRight', (a, b) => b.x > a.x);
});

journey('the roll-up is in the address, and the figure line names it', {}, async (page) => {
  await visit(page, server.url, '/explore?view=flow&lang=en');
  await page.getByRole('link', { name: 'Today', exact: true }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get('rollup') === 'successor_chain');
  await settled(page);
  await page.waitForFunction(() => document.querySelector('.strip .figline')?.textContent.includes('With predecessors'));
  await reproduces(page, here());
});

journey('below 900 px the flow is stacked bars by family, with the numbers of their table', { width: 390, height: 844 }, async (page) => {
  await visit(page, server.url, '/explore?view=flow&lang=en');
  const bars = await page.locator('.stack-row').evaluateAll((all) => all.map((one) => ({
    name: one.querySelector('span').textContent,
    count: Number(one.querySelector('b').textContent),
    pieces: [...one.parentElement.querySelectorAll('.stack i')].map((piece) => [piece.className, Number(piece.style.flexGrow)]),
  })));
  const rows = await page.locator('.matrix.families').evaluate((table) => {
    const families = [...table.querySelectorAll('thead th.fam')].map((one) => one.className.split(' ').at(-1));
    return [...table.querySelectorAll('tbody tr')].map((row) => {
      const counts = [...row.querySelectorAll('td')].map((one) => Number(one.textContent.replace(/\D/g, '')));
      return { name: row.querySelector('th').textContent, count: counts.at(-1), pieces: families.map((one, index) => [one, counts[index]]).filter(([, count]) => count > 0) };
    });
  });
  assert.deepEqual(bars, rows);
  for (const row of rows) assert.equal(row.pieces.reduce((sum, [, count]) => sum + count, 0), row.count, row.name);
  // Only the row that gathers publishers may gather sectors.
  for (const row of rows.slice(0, -1)) assert.ok(!row.pieces.some(([piece]) => piece === 'other'), row.name);
  assert.equal(await page.locator('svg.flow').count(), 0);
  // As many as the publisher's own page of organisations without a sector: the filter says so.
  const first = rows[0];
  await page.locator('.stack-row').first().click();
  await page.waitForSelector('.chips li');
  await visit(page, server.url, `${new URL(page.url()).pathname}?publisher=${param(page, 'publisher')}&family=none&lang=en`);
  assert.equal(figure(await heading(page)) || 0, first.pieces.find(([piece]) => piece === 'none')?.[1] ?? 0);
});

journey('a table wider than a phone says that it goes on, until its end is reached', { width: 390, height: 844 }, async (page) => {
  await visit(page, server.url, '/explore?view=flow&lang=en');
  await page.waitForSelector('.more-right .hint:not(:empty)');
  await page.locator('.scrollbox .scroll').evaluate((box) => box.scrollTo(box.scrollWidth, 0));
  await page.waitForSelector('.more-right', { state: 'detached' });
});

/** What has the focus: its name, or the word for nothing. */
const holder = (page) => page.evaluate(() => {
  const one = document.activeElement;
  return one === null || one === document.body ? 'nothing' : (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent).trim();
});

journey('a button that goes when it is pressed leaves the focus to what stands in its place, or to the sentence', {}, async (page) => {
  await visit(page, server.url, '/explore?family=data,research&lang=en');
  const chip = page.locator('.chips button.chip');
  await chip.first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.chips button.chip').length === 1);
  const left = await chip.getAttribute('aria-label');
  await page.waitForFunction((name) => document.activeElement?.getAttribute('aria-label') === name, left);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.chips', { state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await settled(page);
  await page.locator('#rail-SECTOR button.more').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('#rail-SECTOR input'));
  const more = page.locator('.list-foot button');
  const rows = await page.locator('.list .orgs li').count();
  await more.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((count) => [...document.querySelectorAll('.list .orgs li')].findIndex((one) => one.contains(document.activeElement)) === count, rows);
});

journey('who leaves a button by a press beside it is not taken back', {}, async (page) => {
  await visit(page, server.url, '/explore?family=data&lang=en');
  await page.locator('.chips button.chip').focus();
  await page.evaluate(() => document.activeElement.blur());
  await page.locator('.rail input[type=checkbox]:checked').first().evaluate((box) => box.click());
  await page.waitForSelector('.chips', { state: 'detached' });
  await settled(page);
  assert.equal(await holder(page), 'nothing');
});

journey('the filters can be passed over, and the choice of columns closes behind the reader', {}, async (page) => {
  await visit(page, server.url, '/explore?view=table&lang=en');
  const skip = page.locator('.rail > .skip');
  await skip.focus();
  assert.equal(await skip.innerText(), 'Skip the filters');
  assert.ok((await skip.boundingBox()).x > 0, 'it shows while it has the focus');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'tablebox');
  const summary = page.locator('.drop > summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'SUMMARY');
  assert.equal(await page.locator('.drop[open]').count(), 0);
  await page.keyboard.press('Enter');
  await page.locator('.drop-box input').last().focus();
  await page.keyboard.press('Tab');
  assert.equal(await page.locator('.drop[open]').count(), 0, 'it does not lie over the table that the reader goes on in');
});

journey('a table of all columns says that it goes on, until its end is reached', {}, async (page) => {
  await visit(page, server.url, '/explore?view=table&columns=sector,place,kind,founded,size,publishers,datasets,claims,evidence,updated&lang=en');
  await page.waitForSelector('.viewbar .goes');
  await page.locator('.tablebox').evaluate((box) => box.scrollTo(box.scrollWidth, 0));
  await page.waitForSelector('.viewbar .goes', { state: 'detached' });
  const bar = await page.locator('.viewbar').boundingBox();
  assert.ok(bar.x > 0 && bar.x + bar.width <= 1280, 'what is said of the table stays in sight');
});

journey('in a narrow window the slash opens the menu with the search in it, and Escape leads back', { width: 390, height: 844 }, async (page) => {
  await visit(page, server.url, '/explore?lang=en');
  await page.keyboard.press('/');
  await page.waitForFunction(() => document.activeElement?.matches('.menu [data-find]'));
  await page.keyboard.press('Escape');
  await page.waitForSelector('.menu', { state: 'detached' });
  assert.equal(await holder(page), 'Menu');
});

journey('what a search finds shows, also where its field stood at the foot of the window', { width: 390, height: 844 }, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const field = page.locator('.door input[role="combobox"]').first();
  await field.evaluate((one) => scrollBy(0, one.getBoundingClientRect().bottom - innerHeight));
  await field.pressSequentially('a');
  await page.waitForSelector('.door [role="option"]');
  const list = await page.locator('.door .pop').boundingBox();
  assert.ok(list.y + list.height <= 844, `the list ends at ${list.y + list.height}`);
  assert.ok((await field.boundingBox()).y >= 0);
});

journey('a search of everything ends with all that mention the text, reached by keys', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const field = page.locator('header [data-find]');
  await field.pressSequentially('fictional');
  const row = page.locator('header .pop .mention');
  await row.waitFor();
  const count = Number((await row.locator('.kind').innerText()).replaceAll(/\D/g, ''));
  await field.press('ArrowUp');
  assert.equal(await row.getAttribute('aria-selected'), 'true');
  assert.equal(await field.getAttribute('aria-activedescendant'), await row.getAttribute('id'));
  await field.press('Enter');
  await page.waitForURL(/\/explore\?.*q=fictional/);
  const head = page.locator('.list-head h2');
  await head.waitFor();
  assert.equal(Number((await head.innerText()).replaceAll(/\D/g, '')), count);
});

journey('who finds no such organisation can put one forward, or look by sector', {}, async (page) => {
  await visit(page, server.url, '/?lang=es');
  const door = page.locator('.door').nth(2);
  const field = door.locator('input[role="combobox"]');
  await field.pressSequentially('qqzzxx');
  const ways = door.locator('.onward a');
  await ways.first().waitFor();
  assert.match(await ways.first().getAttribute('href'), /^\/desk\/propose\/organisation\?/);
  // What leads to them is said with what was not found; there is no list to go through.
  const said = door.locator('.pop [role="status"]');
  assert.match(await said.innerText(), /qqzzxx.*enlaces/);
  assert.deepEqual(await field.evaluate((one) => ['aria-expanded', 'aria-controls'].map((name) => one.getAttribute(name))), ['false', null]);
  // A press beside the links closes nothing, and Escape leads from them into the field.
  await said.click();
  await settled(page);
  await ways.first().focus();
  await page.keyboard.press('Escape');
  await ways.first().waitFor({ state: 'detached' });
  assert.equal(await field.evaluate((one) => one === document.activeElement && one.value), 'qqzzxx');
  await field.press('ArrowDown');
  await ways.first().waitFor();
  // By keys they follow the field, and what was found stays open.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await ways.nth(1).evaluate((one) => one === document.activeElement), true);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/explore\?.*view=table/);
  assert.equal(new URL(page.url()).searchParams.get('sort'), 'sector');
});

journey('while the list of a search has not come, that is said, and where it does not come too', {}, async (page, faults) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route('**/found-*.js', async (route) => {
    await held;
    await route.abort('connectionrefused');
  });
  await visit(page, server.url, '/?lang=en');
  const field = page.locator('.door input[role="combobox"]').first();
  await field.pressSequentially('a');
  const said = page.locator('.door .pop [role="status"]');
  await said.waitFor();
  assert.equal(await said.innerText(), 'Searching');
  assert.equal(await field.getAttribute('aria-controls'), null);
  release();
  await said.getByText('This did not load.').waitFor();
  await page.unroute('**/found-*.js');
  // Whoever asks again is answered.
  await field.press('Escape');
  await field.press('ArrowDown');
  const list = page.locator('.door [role="listbox"]');
  await list.waitFor();
  assert.equal(await field.getAttribute('aria-controls'), await list.getAttribute('id'));
  assert.equal(await field.getAttribute('aria-expanded'), 'true');
  faults.length = 0;
});

journey('on a phone a filter has its own way into the sheet', { width: 390, height: 844 }, async (page) => {
  await visit(page, server.url, '/explore?lang=en');
  for (const [button, legend] of [['Sector', 'Sector family'], ['Place', 'Place'], ['Publisher', 'Uses data from']]) {
    await page.locator('.filterbar').getByRole('button', { name: button, exact: true }).click();
    await page.waitForSelector('dialog.sheet[open]');
    assert.equal(await page.evaluate(() => document.activeElement.closest('fieldset')?.querySelector('legend')?.textContent), legend);
    assert.equal((await page.locator('.sheet-head').boundingBox()).y, 0, 'the way out stays in sight');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.sheet', { state: 'detached' });
  }
});

journey('a word that names nothing is named, with the way without it and no figure of others, as on the plain page', {}, async (page, faults) => {
  const cases = [['chapter=zz', /“Study” has no value “zz”/], ['publisher=nope', /“Uses data from” has no value “nope”/], ['sector=nope', /“Sector” has no value “nope”/], [`q=${'a'.repeat(201)}`, /longer than 200/], ['grade=Z', /“Best evidence” has no value “Z”/], ['asOf=2025-02-30', /“2025-02-30” is no day/]];
  for (const [at, [words, said]] of cases.entries()) {
    // One of them above a map, the others above what is drawn sooner.
    const rest = `family=data${at > 0 ? '&view=table' : ''}&lang=en`;
    await visit(page, server.url, `/explore?${words}&${rest}`);
    assert.match(await heading(page), said);
    const note = page.locator('.note.bad');
    assert.doesNotMatch(await note.innerText(), said, 'the heading says it');
    const plain = await (await page.request.get(`${server.url}/explore?${words}&${rest}`)).text();
    assert.equal(await heading(page), /<h1>([^<]*)<\/h1>/.exec(plain)[1]);
    assert.equal(await page.locator('.rail .opt, .opt .n, .figline').count(), 0, 'no figure of others stands beside it');
    assert.equal(await page.locator('.chips li').count(), 3, 'both conditions can be taken back, or all');
    await note.getByRole('button', { name: 'Remove it' }).click();
    await page.waitForSelector('.note.bad', { state: 'detached' });
    await settled(page);
    assert.equal(param(page, words.split('=')[0]), null);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'the reader goes on where the button was');
    assert.equal(param(page, 'family'), 'data');
    assert.ok(figure(await heading(page)) > 0);
  }
  // The browser reports each refusal of the API.
  assert.ok(faults.every((fault) => /status of 400/.test(fault)), faults.join());
  faults.length = 0;
});

journey('what is cited is an address with its day and what was recorded by then, and it shows the figure again', {}, async (page) => {
  await visit(page, server.url, '/explore?view=flow&family=data&lang=en');
  const said = await heading(page);
  await page.getByRole('button', { name: 'Cite or reproduce this figure' }).click();
  const cited = new URL(/https?:\S+/.exec(await page.locator('.strip .cite pre').innerText())[0]);
  assert.match(cited.searchParams.get('asOf'), /^\d{4}-\d{2}-\d{2}$/);
  assert.match(cited.searchParams.get('knownAt'), /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  await visit(page, server.url, cited.pathname + cited.search);
  assert.equal(await heading(page), said);
  assert.match(await page.locator('.chips').innerText(), /As of .*As recorded on .* UTC/s);
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await page.waitForSelector('dialog .cite');
  const files = await page.locator('dialog a[download]').evaluateAll((links) => links.map((one) => one.href));
  assert.ok(files.length >= 5);
  for (const file of files) for (const name of ['asOf', 'knownAt', 'family']) assert.equal(new URL(file).searchParams.get(name), cited.searchParams.get(name));
  // Before anything was recorded there is nothing.
  await visit(page, server.url, '/explore?knownAt=2001-01-01T00:00:00Z&view=table&lang=en');
  assert.equal(await heading(page), 'Nothing was recorded for ' + (await today(page)) + ' by 1 Jan 2001, 00:00 UTC');
  await page.locator('.chips button.chip').click();
  await page.waitForFunction(() => !new URL(location.href).searchParams.get('knownAt'));
});

journey('a day that the record does not reach has no figure in any picture, and leads back to today', {}, async (page) => {
  for (const view of ['map', 'flow', 'network', 'table']) {
    await visit(page, server.url, `/explore?view=${view}&asOf=1900-01-01&lang=en`);
    assert.equal(await heading(page), 'Nothing is recorded for 1 Jan 1900', view);
    assert.match(await page.locator('.unrecorded').innerText(), /The record begins on .* not even a zero/);
    assert.doesNotMatch(await page.locator('main').innerText(), /\b0 (?:of|organisations)|n = 0/, view);
    assert.equal(await page.getByRole('button', { name: 'Download', exact: true }).count(), 0, view);
  }
  await page.getByRole('link', { name: 'The record of today' }).click();
  await page.waitForFunction(() => !new URL(location.href).searchParams.get('asOf'));
  await settled(page);
  assert.match(await heading(page), /^\d+ organisations/);
});

journey('a day to come is answered with the latest record, which says so', {}, async (page, faults) => {
  await visit(page, server.url, '/explore?lang=en');
  const said = await heading(page);
  await visit(page, server.url, '/explore?asOf=2999-12-31&lang=en');
  assert.equal(await heading(page), said);
  assert.match(await page.locator('.to-come').innerText(), new RegExp(`^31 Dec 2999 has not come yet. This is the record of ${await today(page)}.`));
  // A chip does not turn what is no day into another one.
  await visit(page, server.url, '/explore?asOf=2015-02-31&lang=en');
  assert.match(await page.locator('.chips').innerText(), /2015-02-31/);
  assert.doesNotMatch(await page.locator('main').innerText(), /3 Mar/);
  // The server refuses the page of a day that does not exist.
  assert.ok(faults.every((one) => one.includes('400')), faults.join());
  faults.length = 0;
});

journey('what is too long to search for is refused, and shows no older answer', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const name = (await page.locator('.door a[href^="/publishers/"]').first().innerText()).trim();
  for (const field of [page.locator('header [data-find]'), page.locator('.door input[role="combobox"]').first()]) {
    await field.fill(name);
    await page.waitForSelector('.pop [role="option"]');
    await field.fill('a'.repeat(300));
    await page.waitForSelector('.pop [role="option"]', { state: 'detached' });
    assert.match(await page.locator('.pop').innerText(), /longer than 200 characters/);
    await field.fill('');
  }
});

journey('what the address of the explorer says and means nothing is named, and what holds instead', {}, async (page) => {
  await visit(page, server.url, '/explore?view=globe&sort=girth&sectr=21&utm_source=x&lang=xx');
  const note = (await page.locator('.strange').allInnerTexts()).join(' ');
  for (const word of ['globe', 'girth', 'sectr', 'xx']) assert.ok(note.includes(word), `${word}: ${note}`);
  assert.ok(!note.includes('utm_source'), note);
  // The map, once it stands, leaves the words in the address, and what is said of them.
  await visit(page, server.url, '/explore?view=globe&sectr=21&at=91,0,5&lang=en');
  await page.waitForSelector('body[data-map=ready]');
  await page.waitForTimeout(500);
  await settled(page);
  const kept = await page.locator('.strange').innerText();
  for (const word of ['globe', 'sectr', '91,0,5']) assert.ok(kept.includes(word), `${word}: ${kept}`);
  assert.equal(new URL(page.url()).search, '?view=globe&sectr=21&at=91,0,5&lang=en');
  await visit(page, server.url, '/explore?view=flow&lang=en');
  assert.equal(await page.locator('.strange').count(), 0);
});

journey('the part of the map that is in sight is taken as soon as it can be', {}, async (page) => {
  await page.goto(`${server.url}/explore?at=25.6,-100.3,6&lang=en`);
  await page.getByRole('button', { name: 'Only this part' }).click();
  await page.waitForURL((url) => url.searchParams.has('bbox'));
  const [west, south, east, north] = new URL(page.url()).searchParams.get('bbox').split(',').map(Number);
  assert.ok(west < -100.3 && -100.3 < east && south < 25.6 && 25.6 < north && east - west < 12, page.url());
});

journey('sentence, picture and figure line fill the window, whatever the sentence takes', {}, async (page) => {
  // The figure line is seen without scrolling, and the picture has the rest; in a low window it keeps what it needs.
  for (const [width, height] of [[1280, 900], [1280, 800], [1000, 860], [1280, 500]]) {
    await page.setViewportSize({ width, height });
    for (const view of ['map', 'flow', 'network', 'table']) {
      for (const condition of ['', '&family=data']) {
        await visit(page, server.url, `/explore?view=${view}${condition}&lang=es`);
        const [line, stage] = [await page.locator('.strip').boundingBox(), await page.locator('.cols').boundingBox()];
        const which = `${width}x${height}, ${view}${condition}`;
        const end = Math.round(line.y + line.height);
        assert.ok(stage.height >= 415, `${which}: ${stage.height}`);
        assert.ok(height < 800 || (end <= height && end > height - 12), `${which}: ends at ${end}`);
        const over = await page.locator('.rail').evaluate((rail) => rail.getBoundingClientRect().bottom - rail.parentElement.getBoundingClientRect().bottom);
        assert.ok(over <= 0, `${which}: the rail scrolls by itself`);
      }
    }
  }
});

journey('in a window of another size the map shows again what it showed, until the reader has moved it', {}, async (page) => {
  const stand = () => new URL(page.url()).searchParams.get('at');
  const listed = () => page.locator('.list-head h2').innerText();
  const resize = async (width, height) => {
    await page.setViewportSize({ width, height });
    await page.waitForFunction(() => { const [box, canvas] = [document.querySelector('.stage .map'), document.querySelector('.stage canvas')]; return box.clientWidth === canvas.clientWidth && box.clientHeight === canvas.clientHeight; });
    await settled(page);
  };
  await visit(page, server.url, '/explore?lang=en');
  const whole = await listed();
  for (const [width, height] of [[390, 844], [1280, 900], [700, 500]]) {
    await resize(width, height);
    assert.deepEqual([await listed(), stand()], [whole, null], `${width}`);
  }
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.waitForURL((url) => url.searchParams.has('at'));
  await settled(page);
  const near = stand();
  await resize(1280, 900);
  assert.equal(stand(), near);
});

journey('without WebGL the map stands where its address says, and its address and list follow it', { webgl: false }, async (page) => {
  const stand = () => new URL(page.url()).searchParams.get('at');
  const listed = () => page.locator('.list-head h2').innerText();
  const only = page.getByRole('button', { name: 'Only this part' });
  const rest = async () => {
    await page.waitForTimeout(300);
    await settled(page);
  };
  await visit(page, server.url, '/explore?lang=en');
  const whole = await listed();
  const width = () => page.locator('.plainmap path.st').first().evaluate((one) => one.getBoundingClientRect().width);
  const small = await width();
  assert.equal(stand(), null);
  assert.doesNotMatch(whole, /in sight/);
  assert.equal(await only.count(), 0);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.waitForURL((url) => url.searchParams.has('at'));
  await rest();
  const near = stand();
  assert.match(await listed(), /in sight/);
  assert.ok(await only.isVisible());
  await page.locator('.plain-box').focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((was) => new URL(location.href).searchParams.get('at') !== was, near);
  await rest();
  // A move upon which another size of the box comes before it is told is told all the same.
  const untold = stand();
  await page.locator('.plain-box').evaluate((box) => {
    const at = box.getBoundingClientRect();
    box.dispatchEvent(new WheelEvent('wheel', { deltaY: -240, clientX: at.x + at.width / 2, clientY: at.y + at.height / 2, bubbles: true, cancelable: true }));
    box.style.height = `${at.height - 4}px`;
  });
  await page.waitForFunction((was) => new URL(location.href).searchParams.get('at') !== was, untold);
  await rest();
  // No step back leads through each move, and a step back shows what it showed.
  const moved = stand();
  await page.getByRole('link', { name: 'Table' }).click();
  await page.waitForURL(/view=table/);
  await settled(page);
  await page.goBack();
  await rest();
  assert.equal(stand(), moved);
  assert.ok((await width()) > small * 1.5);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.waitForURL((url) => !url.searchParams.has('at'));
  await rest();
  assert.equal(await listed(), whole);
  assert.equal(await only.count(), 0);
  await visit(page, server.url, '/explore?at=25.6,-100.3,6&lang=en');
  await rest();
  assert.equal(stand(), '25.6,-100.3,6', 'an address that says where to look stays as it came');
  assert.ok((await width()) > small * 3);
  assert.match(await listed(), /in sight/);
  await only.click();
  await page.waitForURL((url) => url.searchParams.has('bbox'));
  const [west, south, east, north] = new URL(page.url()).searchParams.get('bbox').split(',').map(Number);
  assert.ok(west < -100.3 && -100.3 < east && south < 25.6 && 25.6 < north && east - west < 14, page.url());
});

journey('what leads out of the explorer keeps its day', {}, async (page) => {
  const day = await page.evaluate(() => new Date().toISOString().slice(0, 10));
  await visit(page, server.url, `/explore?view=table&asOf=${day}&knownAt=2998-01-01T00:00:00Z&lang=en`);
  const link = page.locator('.tw.big tbody th a').first();
  assert.match(await link.getAttribute('href'), new RegExp(`asOf=${day}&knownAt=2998`));
  await link.click();
  await page.waitForURL(/\/organisations\//);
  await page.waitForLoadState('networkidle');
  assert.equal(await page.locator('[data-find]').count(), 0, 'the server’s own page of that day');
  assert.match(await page.locator('main').innerText(), /has not come yet/);
});

journey('another day of a page is the server’s own page, which the application leaves standing', {}, async (page) => {
  await page.goto(`${server.url}/publishers?asOf=2025-01-01&lang=en`);
  await page.waitForLoadState('networkidle');
  assert.equal(await page.locator('[data-find]').count(), 0);
  assert.ok(await page.locator('h1').isVisible());
});

journey('the ways on from a door do not lie on one another', {}, async (page) => {
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await visit(page, server.url, '/?lang=es');
    const boxes = await page.locator('.door .goto').evaluateAll((links) => links.map((one) => one.getBoundingClientRect().toJSON()));
    assert.equal(boxes.length, 4);
    boxes.forEach((a, index) => boxes.slice(index + 1).forEach((b) => {
      assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, `${width}: ${JSON.stringify([a, b])}`);
    }));
  }
});

journey('no circle is cut or lies under a control, on a desk and on a phone', {}, async (page) => {
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await visit(page, server.url, '/explore?lang=en');
    await page.waitForSelector('.pin');
    const hidden = await page.evaluate(() => {
      const stage = document.querySelector('.stage').getBoundingClientRect();
      const controls = [...document.querySelectorAll('.stage .ctrl')].map((one) => one.getBoundingClientRect());
      return [...document.querySelectorAll('.pin')].filter((pin) => {
        const box = pin.querySelector('.hole')?.getBoundingClientRect();
        if (!box) return false;
        const cut = box.left < stage.left || box.right > stage.right || box.top < stage.top || box.bottom > stage.bottom;
        return cut || controls.some((one) => box.left < one.right && one.left < box.right && box.top < one.bottom && one.top < box.bottom);
      }).map((pin) => pin.getAttribute('aria-label'));
    });
    assert.deepEqual(hidden, [], `${width} px`);
  }
});

journey('a figure is whole on paper, with its sentence and conditions and nothing to press', {}, async (page) => {
  for (const address of ['/explore', '/explore?view=flow', '/explore?view=flow&form=matrix', '/explore?view=network', '/explore?view=table']) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ media: 'screen' });
    await visit(page, server.url, `${address}${address.includes('?') ? '&' : '?'}lang=en`);
    await page.emulateMedia({ media: 'print' });
    // As wide as A4 between its margins.
    await page.setViewportSize({ width: 680, height: 1000 });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.ok(await page.locator('main h1').isVisible() && await page.locator('.strip .figline').isVisible(), address);
    const top = async (selector) => (await page.locator(selector).first().boundingBox())?.y ?? 0;
    assert.ok((await top('.strip .figline')) < (await top('.cols')), `${address}: the conditions come before what they hold of`);
    assert.deepEqual(await page.evaluate(() => new Set([...document.querySelectorAll('.bench h1, .strip .figline, .cols, .foot')].map((one) => Math.round(one.getBoundingClientRect().left))).size), 1, `${address}: all begins at one edge`);
    if (address === '/explore') {
      assert.ok(await page.locator('.stage .paper svg path').count() > 30, 'the map is drawn on paper');
      const names = (await page.locator('.stage .paper svg text').allTextContents()).filter((one) => /: \d+ of \d+$/.test(one));
      const key = await page.locator('.stage .paper p').allTextContents();
      assert.equal(key.length, Math.min(1, names.length), 'what “4 of 6” means stands below it');
      for (const one of key) assert.ok(names.some((name) => name.endsWith(/“(.+?)”/.exec(one)[1])), one);
    }
    const cut = () => page.evaluate(() => [...document.querySelectorAll('main table, main svg.flow')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1).map((one) => `${one.className} ${Math.round(one.getBoundingClientRect().right)}`));
    // What is drawn to measure is drawn again once the window has changed.
    for (let tries = 0; tries < 50 && (await cut()).length > 0; tries += 1) await page.waitForTimeout(100);
    assert.deepEqual(await cut(), [], address);
    assert.deepEqual(await page.locator('main .icon:visible, main .btn:visible, main .link:visible, main .switch:visible').evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 80))), [], address);
  }
});

journey('the flow on paper is the one on the screen, and its numbers are those of the API', {}, async (page) => {
  const ask = async (query) => (await (await page.request.post(`${server.url}/graphql?lang=en`, { data: { query } })).json()).data;
  const flowOf = async (tops) => {
    const { flow } = await ask(`{ flow(levels: [PUBLISHER, SECTOR], tops: [${tops}]) { nodes { key level family special label publisher { slug } } cells { source target organisationCount } } }`);
    const count = (from, to) => flow.cells.find((one) => one.source === from.key && one.target === to.key)?.organisationCount ?? 0;
    return { publishers: flow.nodes.filter((one) => one.level === 'PUBLISHER'), sectors: flow.nodes.filter((one) => one.level === 'SECTOR'), count };
  };
  const cut = await flowOf([10, 10]);
  const whole = await flowOf([10, 40]);
  assert.ok(cut.sectors.some((one) => one.special === 'other') && !whole.sectors.some((one) => one.special === 'other'), 'the sample has more sectors than a wide flow tells apart');
  const families = ['research', 'data', 'finance', 'business', 'media', 'land', 'place', 'public', null].filter((family) => whole.sectors.some((one) => one.family === family));
  const wide = cut.publishers.map((from) => cut.sectors.map((to) => cut.count(from, to)));
  const narrow = whole.publishers.map((from) => families.map((family) => whole.sectors.filter((to) => to.family === family).reduce((sum, to) => sum + whole.count(from, to), 0)));
  // A family is as many organisations as its filter finds.
  const { organisations } = await ask(`{ organisations(filter: { family: ["${families[0]}"], publisher: ["${whole.publishers[0].publisher.slug}"] }) { totalCount } }`);
  assert.equal(narrow[0][0], organisations.totalCount);

  await page.addInitScript(() => {
    window.look = () => ({
      heads: document.querySelectorAll('.matrix thead th').length - 2,
      rows: [...document.querySelectorAll('.matrix tbody tr')].map((row) => [...row.querySelectorAll('td:not(.tot)')].map((one) => Number(one.textContent.replace(/\D/g, '')))),
      picture: ['.sankey svg', '.stacks'].filter((one) => document.querySelector(one)?.checkVisibility()),
    });
  });
  for (const [width, rows, picture] of [[1280, wide, '.sankey svg'], [1700, wide, '.sankey svg'], [800, narrow, '.stacks'], [390, narrow, '.stacks']]) {
    await page.setViewportSize({ width, height: 900 });
    await visit(page, server.url, '/explore?view=flow&lang=en');
    const screen = await page.evaluate(() => window.look());
    assert.deepEqual(screen, { heads: rows[0].length, rows, picture: [picture] }, `${width}`);
    // What stands there when all is prepared for the pages, and when they have been made.
    await page.evaluate(() => {
      window.paper = [];
      for (const [moment, capture] of [['beforeprint', false], ['afterprint', true]]) window.addEventListener(moment, () => window.paper.push(window.look()), { capture });
    });
    for (const landscape of [false, true]) {
      const pdf = (await page.pdf({ format: 'A4', landscape })).toString('latin1');
      assert.ok((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length <= 2, `${width}: on two sheets`);
    }
    assert.deepEqual(await page.evaluate(() => window.paper), [screen, screen, screen, screen], `${width}: on paper`);
    assert.deepEqual(await page.evaluate(() => window.look()), screen, `${width}: afterwards`);
  }
});

journey('on paper, whichever way it lies, no word of a flow is smaller than 8 points, and no sheet has but a line', {}, async (page) => {
  // As large as A4 between its margins.
  for (const [width, height] of [[673, 994], [1001, 665]]) {
    for (const form of ['bands', 'long', 'chord', 'matrix']) {
      const which = `${form}, ${width > height ? 'across' : 'upright'}`;
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 1280, height: 900 });
      await visit(page, server.url, `/explore?view=flow&form=${form}&lang=es`);
      if (form === 'chord') {
        await page.emulateMedia({ media: null });
        const pdf = (await page.pdf({ format: 'A4', landscape: width > height })).toString('latin1');
        assert.equal((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length, 2, which);
      }
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width, height });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      const smallest = () => page.evaluate(() => {
        const points = (one, scale) => (Number.parseFloat(getComputedStyle(one).fontSize) * scale * 72) / 96;
        const drawings = [...document.querySelectorAll('.sankey svg, .chord svg')].map((svg) => ({ svg, box: svg.getBoundingClientRect() })).filter(({ box }) => box.width > 1);
        const words = drawings.flatMap(({ svg, box }) => {
          const { width: wide, height: high } = svg.viewBox.baseVal;
          return [...svg.querySelectorAll('text')].map((one) => points(one, Math.min(box.width / wide, box.height / high)));
        });
        const cells = [...document.querySelectorAll('.flowbox :is(th, td)')].map((one) => points(one, 1));
        return { drawings: drawings.length, least: Math.min(...words, ...cells) };
      });
      const { drawings, least } = await smallest();
      assert.equal(drawings, form === 'matrix' ? 0 : 1, `${which}: one of both drawings`);
      assert.ok(least > 7.99, `${which}: ${least} pt`);
    }
  }
});

journey('on a usual desk the table is as wide as its room, and on a phone no switch writes over itself', {}, async (page) => {
  for (const lang of ['es', 'en']) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await visit(page, server.url, `/explore?view=table&lang=${lang}`);
    const over = await page.locator('.tablebox').evaluate((box) => box.scrollWidth - box.clientWidth);
    assert.ok(over <= 0, `${lang}: ${over} px`);
    await page.setViewportSize({ width: 390, height: 844 });
    await visit(page, server.url, `/explore?view=flow&lang=${lang}`);
    const cramped = await page.locator('.viewbar .switch a').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
    assert.deepEqual(cramped, [], lang);
    // What the fold says opens below the switches, which stay where they are.
    await page.setViewportSize({ width: 1280, height: 900 });
    const places = () => page.locator('.viewbar .switch').evaluateAll((all) => all.map((one) => [one.getBoundingClientRect().left, one.getBoundingClientRect().top].map(Math.round)));
    const folded = await places();
    await page.locator('.viewbar summary').click();
    assert.deepEqual(await places(), folded, lang);
    await page.setViewportSize({ width: 320, height: 700 });
    for (const address of ['/', '/explore?view=flow', '/publishers', '/method']) {
      await visit(page, server.url, `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
      await page.waitForSelector('header.top .icon:visible');
      assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, `${lang}: ${address} is wider than the narrowest window`);
    }
    // Where some relations are decided and some are not, a fourth way to count stands beside the others: it is the one
    // that an address leaves out.
    await page.route('**/graphql?**', async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      if (body.data?.meta?.defaultRollup) body.data.meta.defaultRollup = 'AS_DECIDED';
      await route.fulfill({ response, json: body });
    });
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await visit(page, server.url, `/explore?view=flow&rollup=as_decided&lang=${lang}`);
      const ways = page.locator('.viewbar .labelled a');
      assert.equal(await ways.count(), 4);
      assert.deepEqual(await ways.evaluateAll((all) => all.map((one) => one.getAttribute('aria-current'))), ['true', null, null, null]);
      assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, `${lang}: the flow is wider than ${width} px`);
    }
    await page.unroute('**/graphql?**');
  }
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
  // Pressed again, a head turns its order round; a table of any size is sorted by any column.
  const size = page.locator('.tw.big thead th', { hasText: 'Employees' });
  const sizes = () => page.locator('.tw.big tbody tr[aria-rowindex]').evaluateAll((all) => all.map((row) => Number.parseInt(row.querySelectorAll('td')[3]?.textContent.replaceAll(',', ''), 10)).filter((one) => !Number.isNaN(one)));
  for (const [direction, sign] of [['descending', -1], ['ascending', 1]]) {
    await size.getByRole('button').click();
    await page.waitForSelector(`th[aria-sort="${direction}"]`);
    await settled(page);
    assert.equal(await rows(), Math.min(100, total));
    const found = await sizes();
    assert.ok(found.length > 20, 'sizes are known');
    assert.deepEqual(found, [...found].sort((a, b) => sign * (a - b)), direction);
  }
  assert.equal(new URL(page.url()).searchParams.get('sort'), '-size');
  await page.locator('.drop > summary').click();
  await page.locator('.drop-box label', { hasText: 'Founded' }).click();
  await page.locator('.drop-box label', { hasText: 'Kind' }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get('columns')?.includes('kind'));
  assert.equal(await page.locator('.tw.big thead th', { hasText: 'Founded' }).count(), 0);
  assert.equal(await page.locator('.tw.big thead th', { hasText: 'Kind' }).count(), 1);
  await page.keyboard.press('Escape');
  await reproduces(page, here());
});

journey('a value of a long filter is found by its name, and chosen', {}, async (page) => {
  await visit(page, server.url, '/explore?view=table&lang=en');
  const facet = page.locator('#rail-DATASET');
  const label = await facet.locator('.opt .l').nth(2).innerText();
  await facet.locator('.find').fill(label.toUpperCase());
  await page.waitForFunction((name) => [...document.querySelectorAll('#rail-DATASET .opt .l')].some((one) => one.textContent.startsWith(name)) && document.querySelector('#rail-DATASET [role="status"]')?.textContent !== '', label);
  for (const one of await facet.locator('.opt .l').allInnerTexts()) assert.ok(label.split(' ').every((word) => one.toLowerCase().includes(word.toLowerCase())), one);
  await facet.locator('.opt', { hasText: label }).first().click();
  await page.waitForURL(/dataset=/);
  await settled(page);
  await facet.locator('.find').fill('zzzzzz');
  await page.waitForFunction(() => document.querySelector('#rail-DATASET [role="status"]')?.textContent === 'Nothing has that name.');
  await reproduces(page, here());
});

journey('the network and its list are the same nodes, and a row puts its node into the middle', {}, async (page) => {
  await visit(page, server.url, '/explore?view=network&lang=en');
  await page.waitForSelector('body[data-network="ready"]');
  const listed = await page.locator('.nodes li').count();
  assert.equal(figure(await page.locator('.list-head h2').innerText()), listed);
  assert.equal(figure(await page.locator('.stage.net .legend .muted').innerText()), listed);
  // The sentence under the picture counts what is drawn around the middle, by kind.
  const told = [...(await page.locator('.stage.net .legend p').innerText()).split(':').at(-1).matchAll(/\d+/g)].reduce((sum, [count]) => sum + Number(count), 0);
  assert.equal(told, listed - 1);
  // An organisation in the middle is none of those around it, which the sentence on top counts too.
  const slug = (await page.locator('.nodes a[href*="/organisations/"]').first().getAttribute('href')).split('?')[0].split('/').at(-1);
  await visit(page, server.url, `/explore?view=network&node=organisation:${slug}&lang=en`);
  await page.waitForSelector('body[data-network="ready"]');
  const [, around = '0'] = /(\d+) organisations?/.exec((await page.locator('.stage.net .legend p').innerText()).split(':').at(-1)) ?? [];
  assert.equal(/(\d+) of \d+ organisations/.exec(await heading(page))[1], around);
  await visit(page, server.url, '/explore?view=network&lang=en');
  await page.waitForSelector('body[data-network="ready"]');
  await inOrder(page);
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

/** The middle is marked and in the middle; no name is cut, or lies over another. */
async function inOrder(page) {
  const found = await page.evaluate(() => {
    const box = document.querySelector('.net-box').getBoundingClientRect();
    const marks = [...document.querySelectorAll('.netsvg .mark')].map((one) => one.getBoundingClientRect());
    const names = [...document.querySelectorAll('.netsvg text')].map((one) => ({ text: one.textContent, ...one.getBoundingClientRect().toJSON() }));
    const over = names.flatMap((a, index) => names.slice(index + 1).filter((b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 3 && b.top < a.bottom - 3).map((b) => `${a.text} / ${b.text}`));
    const cut = names.filter((one) => one.left < box.left - 1 || one.right > box.right + 1).map((one) => one.text);
    const [mark] = marks;
    return { marks: marks.length, off: mark && Math.hypot((mark.left + mark.right - box.left - box.right) / 2, (mark.top + mark.bottom - box.top - box.bottom) / 2), over, cut, names: names.length };
  });
  assert.equal(found.marks, 1);
  assert.ok(found.off < 2, `${found.off} px off the middle`);
  assert.deepEqual(found.over, []);
  assert.deepEqual(found.cut, []);
  assert.ok(found.names > 3);
}

journey('the network is pressed, dragged and zoomed; its list says the same by keyboard', { webgl: false }, async (page) => {
  await visit(page, server.url, '/explore?view=network&lang=en');
  assert.equal(await page.locator('.netsvg .spot').count(), await page.locator('.nodes li').count());
  // Kinds differ in shape, so that no colour has to say it.
  const shapes = await page.locator('.netsvg [data-key]').evaluateAll((all) => all.map((one) => [one.dataset.key.split(':')[0], one.querySelector('.spot').localName]));
  const SHAPES = { organisation: 'circle', dataset: 'rect', publisher: 'path' };
  assert.ok(new Set(shapes.map(([kind]) => kind)).size > 1);
  for (const [kind, shape] of shapes) assert.equal(shape, SHAPES[kind.toLowerCase()], kind);
  const place = () => page.locator('.netsvg [data-key] .mark').evaluate((one) => [Number(one.getAttribute('cx')), Number(one.getAttribute('cy'))]);
  const [x, y] = await place();
  const box = await page.locator('.net-box').boundingBox();
  await page.mouse.move(box.x + 30, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 50, { steps: 4 });
  await page.mouse.up();
  assert.deepEqual((await place()).map(Math.round), [Math.round(x + 60), Math.round(y + 30)]);
  await page.getByRole('button', { name: 'Show everything' }).click();
  assert.deepEqual(await place(), [x, y]);
  const reach = () => page.locator('.netsvg .wire').first().evaluate((one) => Math.hypot(one.x1.baseVal.value - one.x2.baseVal.value, one.y1.baseVal.value - one.y2.baseVal.value));
  const whole = await reach();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  assert.ok((await reach()) > whole * 1.2);
  await page.getByRole('button', { name: 'Show everything' }).click();
  // A row in focus shows its neighbours in the picture.
  await page.locator('.nodes li > a:first-child').nth(1).focus();
  await page.waitForSelector('.netsvg .wire.on');
  const key = await page.locator('.netsvg [data-key]').nth(1).getAttribute('data-key');
  await page.locator('.netsvg [data-key] .spot').nth(1).click();
  await page.waitForFunction((wanted) => new URL(location.href).searchParams.get('node') === wanted, key);
});

journey('on a phone the list of a network is short until all is asked for', { width: 390, height: 844 }, async (page) => {
  await visit(page, server.url, '/explore?view=network&lang=en');
  const all = figure(await page.locator('.list-head h2').innerText());
  assert.ok(all > 12);
  // The rest is there for paper alone.
  const rows = page.locator('.nodes li:visible');
  assert.equal(await rows.count(), 12);
  await inOrder(page);
  await page.getByRole('button', { name: `Show all ${all}` }).click();
  await page.waitForFunction((wanted) => [...document.querySelectorAll('.nodes li')].filter((one) => one.checkVisibility()).length === wanted, all);
  // The reader goes on with what came, as soon as it has come.
  await page.waitForFunction(() => [...document.querySelectorAll('.nodes li')].findIndex((one) => one.contains(document.activeElement)) === 12);
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
  // Where the reader has gone is in the address, which shows the same elsewhere, and no step back leads through it.
  assert.match(param(page, 'at'), /^-?[\d.]+,-?[\d.]+,[\d.]+$/);
  const steps = await page.evaluate(() => history.length);
  await reproduces(page, here());
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((last) => new URL(location.href).searchParams.get('at') !== last, param(page, 'at'));
  assert.equal(await page.evaluate(() => history.length), steps);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.waitForFunction(() => !/in sight/.test(document.querySelector('.list-head h2')?.textContent ?? ''));
  await page.waitForFunction(() => !new URL(location.href).searchParams.has('at'));
  // Back from an area to where the reader had gone: everything is everything there, and not that area.
  await page.locator('.maplibregl-canvas').focus();
  await page.keyboard.press('+');
  await page.waitForFunction(() => new URL(location.href).searchParams.has('at'));
  await settled(page);
  const stood = param(page, 'at');
  await page.locator('.pin').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => { const { searchParams } = new URL(location.href); return searchParams.has('area') && !searchParams.has('at'); });
  await settled(page);
  await page.goBack();
  await page.waitForFunction((at) => new URL(location.href).searchParams.get('at') === at, stood);
  await settled(page);
  await page.waitForFunction(() => /in sight/.test(document.querySelector('.list-head h2')?.textContent ?? ''));
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.waitForFunction(() => !new URL(location.href).searchParams.has('at'));
  await page.waitForFunction((all) => !/in sight/.test(document.querySelector('.list-head h2')?.textContent ?? '') && Number(document.querySelector('.list-head h2').textContent.replace(/\D/g, '')) === all, total);
});

journey('what is on screen is taken away: rows, picture, reference', {}, async (page) => {
  await visit(page, server.url, '/explore?view=flow&family=data&lang=en');
  const said = await heading(page);
  const n = Number(/of the (\d+) organisations/.exec(said)[1]);
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const take = async (action) => {
    const [file] = await Promise.all([page.waitForEvent('download'), action()]);
    return readFileSync(await file.path());
  };
  const rows = (await take(() => page.getByRole('link', { name: /^Organisations.*, CSV$/ }).click())).toString();
  assert.equal(rows.trim().split('\r\n').length - 1, n);
  const places = JSON.parse(await take(() => page.getByRole('link', { name: /^Organisations.*GeoJSON$/ }).click()));
  assert.equal(places.type, 'FeatureCollection');
  const svg = (await take(() => page.getByRole('button', { name: 'SVG', exact: true }).click())).toString();
  for (const text of [`n = ${n}`, 'Method 1.0', said.split(' ')[0]]) assert.ok(svg.includes(text), text);
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
  assert.match(table[0], /,attribution,licence,licence_url$/);
  for (const row of table.slice(1)) assert.match(row, /,https?:\/\/[^,]+$/, 'each row names its licence');
});

journey('the network on the screen is taken away as its nodes and its links', {}, async (page) => {
  await visit(page, server.url, '/explore?view=network&lang=en');
  await page.waitForSelector('body[data-network="ready"]');
  const listed = await page.locator('.nodes > li').count();
  const drawn = await page.locator('.netsvg .wire').count();
  await page.getByRole('button', { name: 'Download' }).click();
  const take = async (name) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
    return readFileSync(await file.path(), 'utf8');
  };
  const nodes = (await take('Nodes of the network on the screen, CSV')).trim().split('\r\n');
  assert.equal(nodes.length - 1, listed);
  const { meta, rows } = JSON.parse(await take('Links of the network on the screen, JSON'));
  assert.equal(rows.length, drawn);
  assert.equal(meta.count, drawn);
  assert.ok(meta.attribution.length > 0 && meta.method && meta.asOf, 'under its conditions, with whom to name');
  const keys = new Set(nodes.slice(1).map((row) => row.split(',')[0]));
  assert.ok(rows.every((row) => keys.has(row.source) && keys.has(row.target)), 'both ends of each link are among the nodes');
  const picture = await take('SVG');
  for (const text of ['in the middle', 'Publisher', 'Size: Links', 'Data &amp; mapping']) assert.ok(picture.includes(text), `its key says ${text}`);
});

journey('while its circles are long on their way the map says so, and the counts of a question before say so once it has failed', {}, async (page, faults) => {
  let held = [];
  let isLost = false;
  await page.route('**/readyz', (route) => route.abort('connectionrefused'));
  await page.route('**/graphql?**', (route) => {
    const asked = decodeURIComponent(route.request().url());
    if (isLost) return route.abort('connectionrefused');
    return held && asked.includes('"zoom"') ? void held.push(route) : route.continue();
  });
  const release = async () => {
    const all = held;
    held = undefined;
    await Promise.all(all.map((route) => route.continue().catch(() => {})));
  };
  const isSaid = async () => {
    await page.locator('.waits', { hasText: 'Loading the data' }).waitFor();
    await page.locator('.stage [aria-busy="true"]').waitFor();
  };
  await page.goto(`${server.url}/explore?lang=en`);
  await isSaid();
  await release();
  await page.locator('.pin').first().waitFor();
  await settled(page);
  assert.equal(await page.locator('.waits, .stage [aria-busy="true"]').count(), 0);
  held = [];
  await page.locator('.rail label.opt', { hasText: 'Data & mapping' }).click();
  await isSaid();
  await release();
  await settled(page);
  assert.equal(await page.locator('.waits, .rail .note').count(), 0);
  isLost = true;
  await page.locator('.rail label.opt', { hasText: 'Media & consumers' }).click();
  await page.locator('.rail .note', { hasText: 'What is shown is from before.' }).waitFor();
  isLost = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.locator('.rail .note').waitFor({ state: 'detached' });
  // The refused requests are the journey's own doing, and the browser reports each.
  assert.ok(faults.every((fault) => /ERR_CONNECTION_REFUSED/.test(fault)), faults.join('\n'));
  faults.length = 0;
});

/** Conditions of the rail, one after the other, and how the sentence names what is set. */
const CONDITIONS = [['Data & mapping', /\(Data & mapping\)/], ['Media & consumers', /\(Data & mapping\s*· Media & consumers\)/]];

journey('until a further filter is answered the headline stays whole, and then names it', {}, async (page) => {
  for (const view of ['map', 'flow', 'table']) {
    let held;
    await page.unroute('**/graphql?**');
    await page.route('**/graphql?**', (route) => (held ? void held.push(route) : route.continue()));
    await visit(page, server.url, `/explore?view=${view}&lang=en`);
    for (const [label, named] of CONDITIONS) {
      const old = [await heading(page), await page.title()];
      held = [];
      await page.locator('.rail label.opt', { hasText: label }).click();
      await page.locator('[aria-busy="true"]').first().waitFor();
      assert.deepEqual([await heading(page), await page.title()], old, `${view}, ${label}`);
      for (const chip of await page.locator('.chips li .chip').allInnerTexts()) assert.match(chip, /[A-Z…]/, `${view}: ${chip}`);
      const all = held;
      held = undefined;
      for (const route of all) await route.continue();
      await settled(page);
      assert.match(await heading(page), view === 'flow' ? /./ : named);
      assert.notEqual(await heading(page), old[0]);
    }
  }
});

journey('while the server is away the last picture stays with its sentence, and says so, until a retry brings the next', {}, async (page, faults) => {
  let isAway = false;
  for (const asked of ['**/graphql?**', '**/readyz']) await page.route(asked, (route) => (isAway ? route.abort('connectionrefused') : route.continue()));
  for (const [view, drawn] of [['map', '.pin'], ['flow', 'svg.flow .nd, .sankey .nd'], ['network', '.nodes li'], ['table', '.tw.big tbody tr']]) {
    isAway = false;
    await visit(page, server.url, `/explore?view=${view}&lang=en`);
    await page.locator(drawn).first().waitFor();
    // In a map that is a little lower circles may join.
    const look = async () => [await heading(page), view === 'map' ? (await page.locator(drawn).count()) > 20 : await page.locator(drawn).count(), await page.locator('.strip .figline').innerText()];
    const old = await look();
    isAway = true;
    await page.locator('.rail label.opt', { hasText: 'Data & mapping' }).click();
    const said = page.locator('.bench [role="alert"]');
    await said.getByText('The server cannot be reached.').waitFor();
    await page.waitForFunction(() => !document.querySelector('body[data-asking]'));
    assert.deepEqual(await look(), old, view);
    assert.equal(await page.locator('[role="alert"]').count(), 1, view);
    assert.deepEqual(await page.locator('.chips li').allInnerTexts(), ['Data & mapping']);
    assert.equal(await page.getByRole('button', { name: 'Download' }).count(), 0, view);
    isAway = false;
    await said.getByRole('button', { name: 'Try again' }).click();
    await said.waitFor({ state: 'detached' });
    await settled(page);
    assert.match(await heading(page), /Data & mapping/);
  }
  // A map that is moved meanwhile keeps what it knows of the same selection, and says so.
  await visit(page, server.url, '/explore?view=map&lang=en');
  isAway = true;
  for (let step = 0; step < 2; step += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
  const over = page.locator('.stage [role="alert"]');
  await over.getByText('The server cannot be reached.').waitFor();
  assert.ok((await page.locator('.stage .pin').count()) > 0);
  isAway = false;
  await over.getByRole('button', { name: 'Try again' }).click();
  await over.waitFor({ state: 'detached' });
  // The refused requests are the journey's own doing, and the browser reports each.
  assert.ok(faults.every((fault) => /ERR_CONNECTION_REFUSED/.test(fault)), faults.join('\n'));
  faults.length = 0;
});

journey('where the question of a picture fails, nothing is claimed or to be had of it, until the line is back', {}, async (page, faults) => {
  let fail = true;
  // The browser says when the line is back.
  await page.route('**/readyz', (route) => route.abort('connectionrefused'));
  // By the words that only its own question has.
  for (const [view, word, drawn] of [['flow', 'levels', 'svg.flow .nd'], ['network', 'depth', 'body[data-network="ready"]'], ['map', 'zoom', '.pin']]) {
    fail = false;
    await page.route('**/graphql?**', (route) => (fail && decodeURIComponent(route.request().url()).includes(`"${word}"`) ? route.abort('connectionrefused') : route.continue()));
    await visit(page, server.url, `/explore?view=${view}&lang=en`);
    await page.waitForSelector(drawn);
    fail = true;
    await page.locator('.rail label.opt', { hasText: 'Data & mapping' }).click();
    await page.getByRole('alert').waitFor();
    await page.waitForFunction(() => /^\d+ of \d+ organisations match \(Data & mapping\)/.test(document.querySelector('main h1').textContent));
    assert.equal(await page.getByRole('button', { name: 'Download' }).count(), 0, view);
    assert.equal(await page.locator('.strip .figline').count(), 0, view);
    assert.equal(await page.locator('svg.flow, .netsvg, .pin, .matrix').count(), 0, `${view}: nothing of the question before`);
    fail = false;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.waitForSelector(drawn);
    await page.getByRole('button', { name: 'Download' }).waitFor();
    await page.unroute('**/graphql?**');
  }
  // The refused requests are the journey's own doing, and the browser reports each.
  assert.ok(faults.every((fault) => /ERR_CONNECTION_REFUSED/.test(fault)), faults.join('\n'));
  faults.length = 0;
});

journey('the table is printed as one, its head on every page, and no page is empty', { width: 390 }, async (page) => {
  const pages = async (address) => {
    await visit(page, server.url, address);
    const pdf = (await page.pdf({ format: 'Letter', preferCSSPageSize: true })).toString('latin1');
    return (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
  };
  await visit(page, server.url, '/explore?view=table&lang=en');
  await page.emulateMedia({ media: 'print' });
  await page.waitForSelector('.tw.big tbody tr');
  assert.equal(await page.locator('.orgs.cards').count(), 0);
  assert.equal(await page.locator('.tw.big thead').evaluate((head) => getComputedStyle(head).display), 'table-header-group');
  // What can be pressed is not painted again where a head is repeated.
  assert.equal(await page.locator('.tw.big .sort').first().evaluate((one) => getComputedStyle(one).display), 'contents');
  assert.ok(await page.locator('.tw.big').evaluate((table) => table.scrollWidth <= 673));
  await page.emulateMedia({ media: null });
  assert.ok((await pages('/explore?view=flow&lang=en')) <= 2);
});

journey('a page looks the same before the explorer and after it', {}, async (page) => {
  for (const address of ['/publishers', '/method']) {
    await visit(page, server.url, `${address}?lang=en`);
    const hero = () => page.locator('main .hero').first().evaluate((one) => {
      const { backgroundColor, borderLeftWidth, borderTopWidth, position } = getComputedStyle(one);
      return { backgroundColor, borderLeftWidth, borderTopWidth, position };
    });
    const fresh = await hero();
    await page.getByRole('navigation').getByRole('link', { name: 'Explore' }).first().click();
    await page.locator('aside.list').waitFor();
    await page.goBack();
    await settled(page);
    assert.deepEqual(await hero(), fresh, address);
  }
});
