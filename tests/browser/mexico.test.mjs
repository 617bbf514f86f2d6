// What people come for, on the Mexican study itself: each journey ends with its address, which shows the same in
// a browser that has never been here. Runs against the server named by OD100_TEST_MX_URL, which holds that study
// alone; .ci/browser starts it where OD500_DIR names the study's files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { launch, open, settled, visit } from './browser.mjs';
import { figure, heading, reproduces } from './journey.mjs';

const url = process.env.OD100_TEST_MX_URL?.replace(/\/$/, '');
const skip = url ? false : 'OD500_DIR is not set, so there is no server with the Mexican study';

let browser;
before(async () => {
  assert.ok(url || process.env.CI !== 'true', 'set OD500_DIR to the folder that holds mx/ and us/');
  browser = skip ? undefined : await launch();
});
after(() => browser?.close());

function journey(name, steps, options = {}) {
  test(name, { skip }, async () => {
    const { page, faults, close } = await open(browser, url, options);
    try {
      await steps(page);
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  });
}

journey('conditions that no one claim meets draw nothing, and say why; facets that they empty keep their place', async (page) => {
  await visit(page, url, '/explore?view=flow&theme=geospatial_mapping&lang=en');
  assert.match(await page.locator('main').innerText(), /No answer that matches names a publisher/);
  const rail = page.locator('.rail .facet').filter({ has: page.locator('legend', { hasText: /^Uses data from/ }) });
  assert.match(await rail.innerText(), /No answer that matches names one/);
  await visit(page, url, '/explore?area=MX-CMX&lang=en');
  const { counts } = await api(page, '{ counts(by: AREA, filter: {area: ["MX-CMX"]}) { n coverage { answered asked } } }');
  const line = await page.locator('.strip').first().innerText();
  assert.ok(line.includes(`${counts.coverage.answered} of ${counts.coverage.asked}`), line);
  await visit(page, url, '/explore?view=flow&form=long&lang=en');
  assert.ok((await page.locator('.nd.guess').count()) > 0, 'goals that are inferred are hatched');
  assert.match(await page.locator('.flownote').innerText(), /never added to declared/);
});

const again = (page) => reproduces(page, { browser, server: { url } });

/** What the API answers, whatever the page says. */
async function api(page, query) {
  const response = await page.request.post(`${url}/graphql`, { data: { query } });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined);
  return data;
}

journey('a ministry finds its users, sees how sure that is, and prints them', async (page) => {
  await visit(page, url, '/?lang=es');
  const field = page.getByRole('combobox', { name: 'Su institución' });
  await field.pressSequentially('INEGI', { delay: 15 });
  await page.waitForSelector('.door [role="option"]');
  await field.press('ArrowDown');
  await field.press('Enter');
  await page.waitForURL(/\/publishers\/instituto-nacional-de-estadistica-y-geografia/);
  await settled(page);
  const { publisher } = await api(page, '{ publisher(slug: "instituto-nacional-de-estadistica-y-geografia") { users(first: 100) { totalCount nodes { name } } } }');
  const users = figure(await heading(page));
  assert.equal(users, publisher.users.totalCount);
  assert.ok(users > 20, `${users} users`);
  // All that is known of them is what they said themselves.
  assert.equal(figure((await page.locator('.gradebar .num').allInnerTexts())[3]), users);
  assert.deepEqual(await violations(page), []);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const printed = await page.locator('.cardlist li').evaluateAll((rows) => rows.filter((row) => row.checkVisibility()).map((row) => row.querySelector('.nm').textContent));
  assert.deepEqual([...printed].sort(), publisher.users.nodes.map((one) => one.name).sort(), 'each user is on paper, once');
  assert.ok((await page.pdf({ format: 'A4' })).length > 20_000);
  await page.emulateMedia({ media: 'screen' });
  await again(page);
});

journey('a researcher filters, cites, downloads, and the cited address shows the figure again', async (page) => {
  await visit(page, url, '/explore?view=table&lang=en');
  const whole = figure(await heading(page));
  assert.equal(whole, 105);
  const option = page.locator('.rail .opt').filter({ hasText: 'Data & mapping' }).first();
  const promised = figure(await option.locator('.n').innerText());
  await option.click();
  await page.waitForSelector('.chips li');
  await settled(page);
  assert.equal(figure(await heading(page)), promised);
  assert.ok(promised > 0 && promised < whole);
  const rows = () => page.locator('.tw.big tbody tr[aria-rowindex] th').allInnerTexts();
  assert.equal((await rows()).length, promised);
  await page.getByRole('button', { name: 'Cite or reproduce this figure' }).click();
  const cited = new URL(/https?:\S+/.exec(await page.locator('.strip .cite pre').innerText())[0]);
  for (const name of ['family', 'asOf', 'knownAt']) assert.ok(cited.searchParams.get(name), name);
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await page.waitForSelector('dialog .cite');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Organisations.*, CSV$/ }).click()]);
  const csv = readFileSync(await file.path(), 'utf8');
  const shown = await rows();
  assert.equal(csv.trim().split('\r\n').length - 1, promised);
  for (const name of shown) assert.ok(csv.includes(name.replaceAll('"', '""')), name);
  assert.ok(csv.includes('CC-BY-SA-4.0'), 'each row says under which licence');
  const fresh = await open(browser, url);
  await visit(fresh.page, url, cited.pathname + cited.search);
  assert.equal(figure(await heading(fresh.page)), promised);
  assert.deepEqual(await fresh.page.locator('.tw.big tbody tr[aria-rowindex] th').allInnerTexts(), shown);
  await fresh.close();
  await page.keyboard.press('Escape');
  await again(page);
});

journey('an entrepreneur finds an organisation, and what it shares with another', async (page) => {
  await visit(page, url, '/?lang=en');
  const door = page.locator('.door').nth(2);
  const slug = new URL(await door.locator('.goto').getAttribute('href'), url).pathname.split('/').at(-1);
  const { organisation } = await api(page, `{ organisation(slug: "${slug}") { name peers(first: 5) { organisation { name } sharedPublishers { shortName } } } }`);
  const field = door.getByRole('combobox');
  await field.pressSequentially(organisation.name, { delay: 5 });
  await page.locator('.door [role="option"]', { hasText: organisation.name }).first().click();
  await page.waitForURL(/\/organisations\//);
  await settled(page);
  assert.equal(new URL(page.url()).pathname, `/organisations/${slug}`);
  const peers = page.locator('section[aria-labelledby="peers"] li:has(> a)');
  assert.deepEqual(await peers.locator('> a').allInnerTexts(), organisation.peers.map((peer) => peer.organisation.name));
  for (const [index, peer] of organisation.peers.entries()) assert.equal(figure(await peers.nth(index).locator('.num b').innerText()), peer.sharedPublishers.length);
  // What they share is a filter: both are among those it selects.
  await page.locator('section[aria-labelledby="peers"] a[href^="/explore"]').click();
  await page.waitForURL(/\/explore/);
  await settled(page);
  assert.ok((await page.locator('.tw.big tbody th').allInnerTexts()).includes(organisation.name));
  await again(page);
});

journey('the page without JavaScript and the application say the same of a figure', async (page) => {
  for (const lang of ['es', 'en']) {
    for (const path of ['/sdgs/3', '/sdgs/5', '/sdgs/16', '/datasets', '/publishers', '/explore', '/explore?sdg=3', '/explore?sdg=3&view=table', '/explore?view=table&publisher=unknown', '/studies/od100-mx', '/waves/od100mx-2014', '/sectors/data_technology', '/areas/MX-CMX', '/datasets/censos-economicos']) {
      const address = `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`;
      const plain = await (await page.request.get(url + address)).text();
      const [, line] = /<p class="figline">([^<]*)<\/p>/.exec(plain);
      // A name in another language is marked.
      const said = /<h1>(.*?)<\/h1>/s.exec(plain)[1].replace(/<[^>]*>/g, '');
      await visit(page, url, address);
      await page.waitForSelector('main .figline');
      assert.equal((await page.locator('main .figline').first().locator('span:not(.end):not(.nb)').allInnerTexts()).join('\u00a0· '), line, address);
      // The map goes on with what it shows, a dataset with how late it is.
      if (!/publisher=|^\/datasets\/|^\/explore$/.test(path)) assert.equal((await heading(page)).replaceAll('\u2060', ''), said, address);
    }
  }
  await visit(page, url, '/explore?view=table&publisher=unknown&lang=es');
  assert.equal(await heading(page), '1 de 105 organizaciones coincide con la selección (Usa datos de: sin dato)');
  assert.equal(await page.locator('.viewbar [role="status"]').innerText(), 'Mostrando 1 de 1 organización');
});

journey('the two figures of the printed report stand beside what the record gives, each difference explained', async (page) => {
  await visit(page, url, '/method?lang=en');
  await page.waitForSelector('.printed table');
  const { sectors, publishers } = await api(page, '{ sectors: counts(by: SECTOR, filter: { chapter: ["mx"] }) { rows { value count missing } } publishers: counts(by: PUBLISHER, filter: { chapter: ["mx"], rollup: AS_STATED }) { rows { value count missing } } }');
  const now = new Map([['sectors', sectors], ['publishers', publishers]].flatMap(([screen, { rows }]) => rows.filter((row) => !row.missing).map((row) => [`/${screen}/${row.value}`, row.count])));
  const tables = await page.locator('.printed table').evaluateAll((all) => all.map((table) => [...table.querySelectorAll('tbody tr')].map((row) => [row.querySelector('th a')?.pathname, ...[...row.children].map((cell) => cell.textContent)])));
  assert.equal(tables.length, 2);
  let compared = 0;
  for (const [path, label, printed, live, difference, why] of tables.flat()) {
    if (path) {
      compared += 1;
      assert.equal(Number(live), now.get(path), label);
    }
    if (/\d/.test(printed) && printed !== live) {
      assert.equal(Number(difference.replace('−', '-')), Number(live) - Number(printed), label);
      assert.ok(why.length > 20, `${label} differs without a reason`);
    }
  }
  assert.ok(compared > 20, `${compared} rows were compared`);
  await again(page);
});

for (const [lang, theme, width] of [['es', 'light', 390], ['en', 'dark', 1280]]) {
  journey(`axe finds nothing on the study's own pages, ${lang}, ${theme}, ${width}`, async (page) => {
    await visit(page, url, '/method?lang=en');
    const study = new URL(await page.locator('main a[href^="/studies/"]').first().getAttribute('href'), url).pathname;
    for (const address of ['/', '/explore', '/explore?layer=areas', '/explore?view=flow', '/explore?view=flow&form=matrix', '/explore?view=network', '/explore?view=table', '/publishers/instituto-nacional-de-estadistica-y-geografia', '/sdgs/3', '/areas/MX-CMX', '/method', study]) {
      await visit(page, url, `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
      assert.deepEqual(await violations(page), [], address);
      assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, `${address} is wider than the window`);
    }
  }, { lang, theme, width });
}

journey('a name that stands in a sentence of another language says which is its own', async (page) => {
  const INEGI = '/publishers/instituto-nacional-de-estadistica-y-geografia';
  await visit(page, url, `${INEGI}?lang=en`);
  const dataset = new URL(await page.locator('main a[href^="/datasets/"]').first().getAttribute('href'), url).pathname;
  const peer = '/organisations/el-instituto-mexicano-para-la-competitividad-a-c-imco';
  for (const [address, where] of [
    ['/explore?view=network', 'main h1'],
    ['/explore?view=network', '.net-foot .legend > p'],
    ['/explore?view=flow', 'main h1'],
    ['/explore?view=flow', '.matrix caption'],
    [dataset, 'main caption'],
    [peer, '[aria-labelledby="peers"] li > .tiny'],
  ]) {
    await visit(page, url, `${address}${address.includes('?') ? '&' : '?'}lang=en`);
    await page.locator(`:is(${where}) [lang="es"]`).first().waitFor({ state: 'attached', timeout: 5000 }).catch(() => assert.fail(`${address}: ${where}`));
  }
});

journey('where nobody has asked for data the board says so, and how to ask', async (page) => {
  await visit(page, url, '/requests?lang=es');
  assert.equal(await heading(page), 'Nadie ha pedido todavía datos que no están abiertos');
  assert.equal(await page.getByText('Ninguna solicitud coincide').count(), 0, 'no filter is to be taken away');
  assert.match(await page.getByRole('link', { name: 'Pedir datos' }).getAttribute('href'), /^\/requests\/new/);
  assert.deepEqual(await violations(page), []);
  await visit(page, url, '/publishers/instituto-nacional-de-estadistica-y-geografia?lang=es');
  assert.equal(await page.getByText('Nadie ha pedido aquí datos a este publicador.').isVisible(), true);
});

for (const script of [true, false]) {
  journey(`nothing of the study is wider than the narrowest window, ${script ? 'with' : 'without'} JavaScript`, async (page) => {
    // What these organisations are told of holds long addresses.
    for (const path of ['/studies/od100-mx', '/organisations/abison-burke', '/organisations/accenture']) {
      for (const lang of ['es', 'en']) {
        if (script) await visit(page, url, `${path}?lang=${lang}`);
        else await page.goto(`${url}${path}?lang=${lang}`);
        assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, `${path}, ${lang}`);
      }
    }
  }, { width: 320, height: 700, script });
}

journey('no word of a fact is broken, in either language and width', async (page) => {
  for (const lang of ['es', 'en']) {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await visit(page, url, `/organisations/el-instituto-mexicano-para-la-competitividad-a-c-imco?lang=${lang}`);
      const broken = await page.locator('main .rows dd').evaluateAll((all) => all.flatMap((one) => {
        const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walk.nextNode()) {
          for (const { 0: word, index } of walk.currentNode.data.matchAll(/[\p{L}\d]+/gu)) {
            const range = document.createRange();
            range.setStart(walk.currentNode, index);
            range.setEnd(walk.currentNode, index + word.length);
            if (new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size > 1) found.push(word);
          }
        }
        return found;
      }));
      assert.deepEqual(broken, [], `${lang} ${width}`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    }
  }
});
