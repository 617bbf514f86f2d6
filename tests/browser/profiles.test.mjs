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
  server = site();
  browser = await launch();
  const { page, close } = await open(browser, server.url);
  found = await addresses(page, server.url, visit);
  await close();
});
after(async () => {
  await browser?.close();
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

// The plain page stands beside the app for the moment in which that is drawn.
const heading = (page) => page.locator('main h1').last().innerText();
const figure = (text) => Number(/[\d.,\s]*\d/.exec(text)?.[0].replace(/\D/g, '') ?? 'NaN');

journey('on a phone a profile begins with the ways to its lists, which lead to their headings and back', { width: 390, height: 844 }, async (page) => {
  for (const path of [found.publisher, found.organisation]) {
    await visit(page, server.url, `${path}?lang=en`);
    const said = await heading(page);
    const ways = page.locator('.ways a');
    assert.ok((await ways.count()) > 1, path);
    for (let index = 0; index < (await ways.count()); index += 1) {
      const id = (await ways.nth(index).getAttribute('href')).slice(1);
      assert.equal((await page.locator(`#${id}`).innerText()).trim(), (await ways.nth(index).innerText()).trim(), 'a way is named as what it leads to');
      await ways.nth(index).click();
      await page.waitForFunction((name) => document.getElementById(name).getBoundingClientRect().top < innerHeight, id);
      await page.goBack();
      assert.equal(await heading(page), said);
    }
  }
});

journey('more places go on below those that were there, and whoever asked for them is at the first', {}, async (page) => {
  await visit(page, server.url, `${found.publisher}?lang=en`);
  const rows = page.locator('.where .rows').first().locator('a');
  const few = await rows.count();
  await page.locator('.where .rest button').press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('.where .rows')[0].querySelectorAll('a').length > count, few);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), await rows.nth(few).innerText());
  await page.locator('.where .rest button').click();
  assert.equal(await rows.count(), few);
});

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
  for (const hidden of ['header.top', '.crumb', 'main button']) assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
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
  const own = await page.locator('section[aria-labelledby="uses"] .claims tbody th').allInnerTexts();
  const peer = page.locator('section[aria-labelledby="peers"] li').filter({ hasText: 'both use' }).first();
  const shared = /both use ([^·]+)/.exec(await peer.innerText())[1].split(/, | and /).map((one) => one.trim());
  assert.ok(shared.length > 0 && own.length > 0);
  await peer.locator('a').click();
  await settled(page);
  const theirs = await page.locator('section[aria-labelledby="uses"] .claims tbody th').allInnerTexts();
  // Bodies of a claim may be shown by the name above the one that is shared.
  assert.ok(shared.some((one) => theirs.includes(one) || own.includes(one)), `${shared} in ${theirs}`);
  const again = await open(browser, server.url);
  await visit(again.page, server.url, new URL(page.url()).pathname + new URL(page.url()).search);
  assert.equal(await heading(again.page), await heading(page));
  await again.close();
});

/** Lets an answer of the server be changed before the page has it. */
async function changed(page, change) {
  await page.route('**/graphql?**', async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    if (body.data) change(body.data);
    await route.fulfill({ response, json: body });
  });
}

const stop = (page) => page.locator('section[aria-labelledby="stop"]');

journey('a steward sees what breaks, question by question, and how many answered', {}, async (page) => {
  await visit(page, server.url, `${found.publisher}?lang=en`);
  const users = figure(await heading(page));
  const asked = await stop(page).locator('.pair > div').filter({ has: page.locator('.bars') }).all();
  if (asked.length === 0) assert.equal(await stop(page).locator('.miss.asked').count(), 4);
  for (const part of asked) {
    const [answered, all] = /(\d+) of (\d+) asked/.exec(await part.innerText()).slice(1).map(Number);
    const values = await part.locator('.bars .val b').evaluateAll((list) => list.map((one) => Number(one.textContent)));
    assert.equal(values.reduce((sum, one) => sum + one, 0), all, 'each of those asked is in one row');
    assert.ok(answered <= all && all <= users);
    await part.locator('summary').click();
    const table = await part.locator('tbody td').evaluateAll((list) => list.map((one) => Number(one.textContent)));
    assert.deepEqual(table, values);
  }
});

journey('what no wave asked is no zero', {}, async (page) => {
  await changed(page, ({ publisher }) => {
    for (const one of publisher?.reliance ? ['criticality', 'since', 'ifStopped'] : []) publisher.reliance[one] = { rows: [{ value: '2000', count: 0 }], coverage: { attribute: 'CRITICALITY', answered: 0, asked: 0 } };
  });
  await visit(page, server.url, `${found.publisher}?lang=en`);
  assert.deepEqual(await stop(page).locator('li').evaluateAll((rows) => rows.map((row) => row.lastElementChild.textContent)), Array(4).fill('not asked'));
  assert.equal(await stop(page).locator('.bars').count(), 0);
  assert.doesNotMatch(await stop(page).locator('ul').innerText(), /\d/);
  assert.deepEqual(await violations(page), []);
});

journey('an entrepreneur sees which data its peers use that it does not', {}, async (page) => {
  await visit(page, server.url, `${found.organisation}?lang=en`);
  const own = await page.locator('section[aria-labelledby="uses"] tbody th').allInnerTexts();
  const section = page.locator('section[aria-labelledby="beyond"]');
  const rows = await section.locator('tbody tr:not(.group):has(.num)').evaluateAll((list) => list.map((row) => [row.children[0].querySelector('a').textContent, Number(row.querySelector('.num b').textContent), row.querySelectorAll('td:last-child a').length]));
  assert.ok(rows.length > 0);
  for (const [name, count, peers] of rows) {
    assert.ok(!own.includes(name), `${name} is used already`);
    assert.equal(peers, Math.min(count, 3));
  }
  const n = Number(/n = (\d+)/.exec(await section.locator('.figline').innerText())[1]);
  assert.ok(rows.every(([, count]) => count <= n));
  // Every link that speaks of what they share says what it shows.
  const all = page.locator('section[aria-labelledby="peers"] a', { hasText: 'All that use' });
  const names = (await all.innerText()).replace('All that use ', '').split(/, | or /);
  const publishers = new URL(await all.getAttribute('href'), server.url).searchParams.get('publisher').split(',');
  assert.equal(publishers.length, names.length);
});

journey('a link to what peers share is not there where they share nothing', {}, async (page) => {
  await changed(page, ({ organisation }) => {
    for (const peer of organisation?.peers ?? []) peer.sharedPublishers = [];
  });
  await visit(page, server.url, `${found.organisation}?lang=en`);
  assert.equal(await page.locator('section[aria-labelledby="peers"] a[href^="/explore"]').count(), 0);
});

journey('studies are not added up: one speaks, and the address says which', {}, async (page) => {
  const wanted = [];
  await page.route('**/graphql?**', async (route) => {
    const url = new URL(route.request().url());
    const variables = url.searchParams.get('variables') ?? '';
    if (variables.includes('"chapter"')) wanted.push(JSON.parse(variables).filter?.chapter);
    // The second study is the first under another code.
    url.searchParams.set('variables', variables.replaceAll('["zz"]', '["sample"]'));
    const response = await route.fetch({ url: url.href });
    const body = await response.json();
    const chapters = body.data?.meta?.chapters;
    if (chapters) chapters.push({ ...chapters[0], code: 'zz', title: 'Another', study: { ...chapters[0].study, title: 'Another study' } });
    await route.fulfill({ response, json: body });
  });
  await visit(page, server.url, '/?lang=en');
  const total = await page.locator('.stats dd').first().innerText();
  assert.deepEqual(new Set(wanted.map(String)).size, 1, 'one study is asked');
  await page.locator('.homehero .switch').getByRole('link').nth(1).click();
  await settled(page);
  assert.ok(new URL(page.url()).searchParams.get('chapter'));
  assert.notDeepEqual(wanted.at(-1), wanted[0]);
  assert.equal(await page.locator('.stats dd').first().innerText(), total);
  assert.match(await page.locator('a.peek').getAttribute('href'), /chapter=/);
  assert.deepEqual(await violations(page), []);
});

journey('home and profile name the same peers in the same order', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const door = page.locator('.door').nth(2);
  const peers = await door.locator('.bars a.lab').evaluateAll((links) => links.map((link) => link.pathname));
  await visit(page, server.url, await door.locator('.goto').getAttribute('href'));
  assert.deepEqual(await page.locator('section[aria-labelledby="peers"] li > a').evaluateAll((links) => links.map((link) => link.pathname)), peers);
});

journey('a figure line calls each wave a wave once', {}, async (page) => {
  await visit(page, server.url, '/?lang=es');
  const waves = await page.locator('.figline').innerText();
  assert.match(waves, /Ola/);
  assert.doesNotMatch(waves, /Ola Ola/i);
});

journey('a screen that is entered after a change of language speaks it', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  await page.getByRole('link', { name: 'Español' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'es');
  for (const [name, path] of [['Explorar', '/explore'], ['Método', '/method']]) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
    await page.waitForURL((url) => url.pathname === path);
    await settled(page);
    await page.waitForSelector('main h1');
    // A text that is not there yet would be its key.
    assert.doesNotMatch(await page.locator('main').innerText(), /(?:^|\s)[a-z]+\.[a-z]+[A-Za-z_]*(?:\s|$)/m);
  }
});

journey('as many datasets are listed as the first page says are named', {}, async (page) => {
  await visit(page, server.url, '/?lang=en');
  const named = figure(await page.locator('.stats > div').nth(2).locator('dd').innerText());
  await visit(page, server.url, '/datasets?lang=en');
  assert.equal(figure(await heading(page)), named);
  const users = await page.locator('main tbody td:last-child').allInnerTexts();
  assert.ok(users.every((one) => Number(one) > 0), 'each has somebody who names it');
});

journey('the figures of a body are those of its plain page', {}, async (page) => {
  await visit(page, server.url, `${found.publisher}?lang=en`);
  const rows = page.locator('section[aria-labelledby="card"] tbody tr');
  await rows.first().waitFor();
  const shown = await rows.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  const plain = await (await page.request.get(`${server.url}${found.publisher}?lang=en`, { headers: { accept: 'text/html' } })).text();
  const said = await page.evaluate((html) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('dl.figures > div')].map((row) => [row.querySelector('dt').textContent, row.querySelector('dd').textContent]), plain);
  assert.ok(said.length >= 15, plain);
  assert.deepEqual(shown, said);
});

journey('no two publishers are called alike', {}, async (page) => {
  await visit(page, server.url, '/publishers?lang=en');
  await page.locator('main summary').first().click();
  const names = await page.locator('main table tbody th').allInnerTexts();
  assert.ok(names.length > 5);
  assert.equal(new Set(names).size, names.length);
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
    // The way to say that something is wrong names this very record.
    const report = new URL(await page.locator('.take').getByRole('link', { name: 'Report an error' }).getAttribute('href'), server.url);
    assert.equal(report.pathname, '/report');
    assert.equal(report.searchParams.get('about'), new URL(page.url()).pathname);
    // At the end of the page it stands once more, and nowhere else.
    assert.equal(await page.locator('footer').getByRole('link', { name: 'Report an error' }).getAttribute('href'), report.pathname + report.search);
    assert.equal(await page.getByRole('link', { name: 'Report an error' }).count(), 2, address);
    const form = await page.request.get(report.href, { headers: { accept: 'text/html' } });
    assert.equal(form.status(), 200, report.href);
    assert.ok((await form.text()).includes(`value="${report.searchParams.get('about')}"`));
  }
});

journey('why a sector is not known has a shape of its own; who was not asked has no bar', {}, async (page) => {
  await visit(page, server.url, `${found.study}?lang=en`);
  const rows = new Map(await page.locator('section[aria-labelledby="who"] .bars li').evaluateAll((all) => all.map((row) => [row.querySelector('.lab').textContent.toLowerCase(), [...row.querySelectorAll('.bar > *')].map((one) => one.className).join(' ')])));
  const shapes = { 'not asked': '', 'no answer': 'hatch', 'prefers not to say': 'hatch', 'does not apply': 'apply', 'withheld for privacy': 'held' };
  for (const [label, shape] of Object.entries(shapes)) assert.equal(rows.get(label), shape, label);
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
  const own = figure(await heading(page));
  assert.ok(own <= whole);
  assert.equal(await choice.getAttribute('aria-current'), 'true');
  // Every way on from here keeps it: files have as many rows as the figure beside them.
  const file = await page.locator('.take a[href*="/download/organisations.json"]').getAttribute('href');
  const rows = await (await page.request.get(new URL(file, server.url).href)).json();
  assert.equal(rows.rows.length, own);
  for (const link of await page.locator('main a[href^="/explore?"]').evaluateAll((list) => list.map((one) => one.getAttribute('href')))) {
    assert.match(link, /rollup=PUBLISHER/i, link);
  }
  // The server's own page of the address says the same, and refuses a word that is none; nothing is drawn over that.
  const plain = await (await page.request.get(page.url(), { headers: { accept: 'text/html' } })).text();
  assert.equal(figure(/<h1>(.*?)<\/h1>/.exec(plain)[1]), own);
  await page.goto(`${server.url}${found.publisher}?rollup=banana&lang=en`);
  assert.match(await page.locator('h1').innerText(), /has no value “banana”/);
}, /status of 400/);

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
    assert.match(await heading(page), /This did not load/);
    assert.match(await page.locator('main [role="alert"]').innerText(), /did not answer as expected/);
    assert.deepEqual(await violations(page), []);
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await settled(page);
    assert.ok(figure(await heading(page)) >= 0);
  }, /502/);

  journey('offline: says that there is no connection', {}, async (page) => {
    let cut = true;
    await page.route(question, (route) => (cut ? route.abort('internetdisconnected') : route.continue()));
    // The reader presses, and not the page by itself.
    await page.route('**/readyz', (route) => route.abort('internetdisconnected'));
    await page.goto(`${server.url}${found.sector}?lang=en`);
    await page.waitForSelector('main [role="alert"]');
    assert.match(await heading(page), /There is no connection/);
    assert.match(await page.locator('main [role="alert"]').innerText(), /when the connection is back/);
    cut = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await settled(page);
  }, /ERR_INTERNET_DISCONNECTED/);

  journey('offline: what failed comes by itself once the server answers again', {}, async (page) => {
    let cut = true;
    for (const asked of [question, '**/readyz']) await page.route(asked, (route) => (cut ? route.abort('connectionrefused') : route.continue()));
    await page.goto(`${server.url}${found.sector}?lang=en`);
    await page.waitForSelector('main [role="alert"]');
    // The line was never down for the browser, which therefore does not say that it is back.
    await page.waitForRequest('**/readyz');
    cut = false;
    await page.waitForSelector('main [role="alert"]', { state: 'detached' });
    await settled(page);
    assert.ok(figure(await heading(page)) >= 0);
  }, /ERR_CONNECTION_REFUSED/);

  journey('error: what was answered, if only by a refusal, is not asked for again by itself', {}, async (page) => {
    let asked = 0;
    await page.route(question, (route) => {
      asked += 1;
      return route.fulfill({ status: 502, contentType: 'text/plain', body: 'no' });
    });
    await page.goto(`${server.url}${found.sector}?lang=en`);
    await page.waitForSelector('main [role="alert"]');
    await page.waitForFunction(() => document.body.dataset.asking === undefined);
    const once = asked;
    await page.waitForTimeout(6000);
    assert.equal(asked, once);
  }, /502/);

  journey('stale: the last answer stays and says that it is old', {}, async (page) => {
    await visit(page, server.url, `${found.sector}?lang=en`);
    const headings = await page.locator('main h1').count();
    let cut = true;
    for (const asked of [question, '**/readyz']) await page.route(asked, (route) => (cut ? route.abort('internetdisconnected') : route.continue()));
    await page.locator('main h1').first().evaluate((one) => { one.dataset.kept = ''; });
    await page.getByRole('link', { name: 'Español' }).click();
    await page.waitForSelector('main .stale');
    assert.equal(await page.locator('main h1').count(), headings);
    assert.deepEqual(await violations(page), []);
    // The notice goes, and what is below it is drawn anew in its place.
    cut = false;
    await page.locator('main .stale button').evaluateAll((buttons) => { for (const one of buttons) one.click(); });
    await page.waitForSelector('main .stale', { state: 'detached' });
    await page.waitForFunction(() => document.documentElement.lang === 'es');
    await settled(page);
    assert.equal(await page.locator('main h1[data-kept]').count(), 1);
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

journey('the page that is open is marked where it is linked, and no other', {}, async (page) => {
  for (const [address, head, foot] of [['/about', [], ['About']], ['/method', ['Method'], ['How these figures are made']], ['/schemes', ['Method'], ['Codes and crosswalks']], ['/publishers', ['Publishers'], []]]) {
    await visit(page, server.url, `${address}?lang=en`);
    const marked = (selector) => page.locator(selector).evaluateAll((all) => all.map((one) => one.textContent));
    assert.deepEqual((await marked('header.top > nav a[aria-current]')).filter((one) => !/Español|English/.test(one)), head, address);
    assert.deepEqual(await marked('.foot a[aria-current]'), foot, address);
  }
});
