// A contributor proposes a use, a curator decides by keyboard alone, and the public page shows it; a visitor reports an
// error without an account, and it stands in the queue. It brings a server of its own.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from './axe.mjs';
import { launch, open } from './browser.mjs';

const BINARY = process.env.OD100_BINARY ?? fileURLToPath(new URL('../../target/debug/od100', import.meta.url));
const PASSWORD = 'cuatro palabras que riman';
const skip = existsSync(BINARY) ? false : `${BINARY} is not there: build it first`;

const server = { url: '', home: '', process: undefined };
let browser;

async function port() {
  const socket = createServer().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port: free } = socket.address();
  socket.close();
  return free;
}

before(async () => {
  if (skip) return;
  server.home = mkdtempSync(join(tmpdir(), 'od100-review-'));
  const listen = `127.0.0.1:${await port()}`;
  server.url = `http://${listen}`;
  const env = { ...process.env, DATABASE_URL: `sqlite://${server.home}/od100.db`, OD100_LISTEN: listen, OD100_PUBLIC_URL: server.url };
  const run = (input, ...args) => {
    const done = spawnSync(BINARY, args, { env, encoding: 'utf8', input });
    assert.equal(done.status, 0, `${args.join(' ')}\n${done.stdout}${done.stderr}`);
  };
  run('', 'sample', '--organisations', '40', '--seed', '1');
  for (const [name, role] of [['coco', 'contributor'], ['cleo', 'curator']]) {
    run(`${PASSWORD}\n`, 'user', 'create', `${name}@example.org`, '--name', name, '--lang', 'en', '--password');
    run('', 'user', 'grant', `${name}@example.org`, role, '--reason', 'for the test');
  }
  server.process = spawn(BINARY, ['serve'], { env, stdio: 'ignore' });
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`${server.url}/readyz`).then((answer) => answer.ok, () => false)) break;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (server.process) {
    server.process.kill();
    await once(server.process, 'exit');
  }
  if (server.home) rmSync(server.home, { recursive: true, force: true });
});

async function signedIn(name, options = {}) {
  const opened = await open(browser, server.url, { lang: 'en', ...options });
  const { page } = opened;
  await page.goto(`${server.url}/sign-in?lang=en`);
  const form = page.locator('form:has(input[name="password"])');
  await form.locator('input[name="email"]').fill(`${name}@example.org`);
  await form.locator('input[name="password"]').fill(PASSWORD);
  await form.getByRole('button').click();
  await page.waitForURL(/\/account/);
  return opened;
}

/** A dataset and an organisation of the record that do not go together yet. */
async function pair() {
  const ask = (query) => fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': 'en' }, body: JSON.stringify({ query }) }).then((answer) => answer.json());
  const { data } = await ask('{ organisations(first: 1) { nodes { slug name claims { nodes { dataset { slug } } } } } datasets(first: 60) { nodes { slug title } } }');
  const [organisation] = data.organisations.nodes;
  const used = new Set(organisation.claims.nodes.map((claim) => claim.dataset?.slug));
  return { organisation, dataset: data.datasets.nodes.find((one) => !used.has(one.slug)) };
}

test('a contributor proposes, a curator decides by keyboard, the public page shows it', { skip }, async () => {
  const { organisation, dataset } = await pair();
  const coco = await signedIn('coco');
  await coco.page.goto(`${server.url}/desk/propose/use?lang=en&about=/organisations/${organisation.slug}`);
  assert.deepEqual(await violations(coco.page), []);
  await coco.page.locator('input[name="targetId"]').fill(`/datasets/${dataset.slug}`);
  await coco.page.locator('textarea[name="purpose"]').fill('To plan deliveries');
  await coco.page.locator('input[name="evidenceUrl"]').fill('https://example.org/report');
  await coco.page.locator('input[name="evidenceTitle"]').fill('Yearly report');
  await coco.page.getByRole('button', { name: 'Send' }).click();
  await coco.page.waitForURL(/\/desk\/propose\?/);
  assert.match(await coco.page.locator('.cases').innerText(), /waiting/);
  assert.deepEqual(await violations(coco.page), []);

  const cleo = await signedIn('cleo');
  await cleo.page.goto(`${server.url}/desk/review?lang=en`);
  assert.deepEqual(await violations(cleo.page), []);
  await cleo.page.keyboard.press('j');
  await cleo.page.keyboard.press('x');
  assert.equal(await cleo.page.locator('[data-count]').innerText(), '(1)');
  // The keys of a decision lead to the preview of what is chosen; a rejection needs its reason first.
  await cleo.page.keyboard.press('r');
  assert.equal(await cleo.page.evaluate(() => document.activeElement.name), 'reason');
  await cleo.page.evaluate(() => document.activeElement.blur());
  await cleo.page.keyboard.press('a');
  await cleo.page.waitForURL(/\/desk\/review\/many\?/);
  await cleo.page.goto(`${server.url}/desk/review?lang=en`);
  await cleo.page.keyboard.press('j');
  await cleo.page.keyboard.press('Enter');
  await cleo.page.waitForURL(/\/desk\/review\/[\w-]+/);
  assert.deepEqual(await violations(cleo.page), []);
  await cleo.page.keyboard.press('?');
  assert.ok(await cleo.page.locator('[data-keys]').getAttribute('open') !== null);
  await cleo.page.locator('h1').click();
  await cleo.page.keyboard.press('r');
  assert.equal(await cleo.page.evaluate(() => document.activeElement.name), 'reason', 'a rejection needs a reason');
  await cleo.page.keyboard.press('Tab');
  await cleo.page.locator('h1').click();
  await cleo.page.evaluate(() => document.activeElement.blur());
  await cleo.page.keyboard.press('a');
  await cleo.page.waitForURL(/\/desk\/review(?:\?|$)/);

  const visitor = await open(browser, server.url, { lang: 'en' });
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await fetch(`${server.url}/organisations/${organisation.slug}?lang=en`, { headers: { accept: 'text/html' } });
    if ((await answer.text()).includes(dataset.title)) break;
    await new Promise((done) => { setTimeout(done, 200); });
  }
  await visitor.page.goto(`${server.url}/organisations/${organisation.slug}?lang=en`);
  await visitor.page.getByText(dataset.title).first().waitFor();
  for (const one of [coco, cleo, visitor]) {
    assert.deepEqual(one.faults, []);
    await one.close();
  }
});

test('an organisation that is proposed with its sector and place comes onto the map', { skip }, async () => {
  const coco = await signedIn('coco', { width: 390, height: 844 });
  await coco.page.goto(`${server.url}/desk/propose/organisation?lang=en`);
  assert.deepEqual(await violations(coco.page), []);
  await coco.page.locator('input[name="name"]').fill('Mapas del Lago');
  await coco.page.locator('select[name="kind"]').selectOption('company');
  await coco.page.locator('select[name="sector"]').selectOption({ index: 1 });
  await coco.page.locator('select[name="area"]').selectOption({ label: 'Jalisco' });
  await coco.page.locator('input[name="locality"]').fill('Zapopan');
  await coco.page.locator('input[name="evidenceUrl"]').fill('https://example.org/about');
  await coco.page.locator('input[name="evidenceTitle"]').fill('About us');
  await coco.page.getByRole('button', { name: 'Send' }).click();
  await coco.page.waitForURL(/\/desk\/propose\?/);

  const cleo = await signedIn('cleo');
  await cleo.page.goto(`${server.url}/desk/review?lang=en&kind=organisation`);
  await cleo.page.getByRole('link', { name: /Mapas del Lago/ }).first().click();
  await cleo.page.getByText('Zapopan').first().waitFor();
  assert.deepEqual(await violations(cleo.page), []);
  await cleo.page.locator('h1').click();
  await cleo.page.keyboard.press('a');
  await cleo.page.waitForURL(/\/desk\/review(?:\?|$)/);

  // The map is of those that reuse data: it comes there with its first use.
  const { dataset } = await pair();
  await coco.page.goto(`${server.url}/desk/propose/use?lang=en&about=/organisations/mapas-del-lago`);
  await coco.page.locator('input[name="targetId"]').fill(`/datasets/${dataset.slug}`);
  await coco.page.locator('input[name="evidenceUrl"]').fill('https://example.org/data');
  await coco.page.locator('input[name="evidenceTitle"]').fill('What we use');
  await coco.page.getByRole('button', { name: 'Send' }).click();
  await coco.page.waitForURL(/\/desk\/propose\?/);
  await cleo.page.goto(`${server.url}/desk/review?lang=en&kind=use_claim`);
  await cleo.page.locator('main a[href^="/desk/review/"]').first().click();
  await cleo.page.locator('h1').click();
  await cleo.page.keyboard.press('a');
  await cleo.page.waitForURL(/\/desk\/review(?:\?|$)/);

  const query = '{ organisations(first: 5, filter: { text: "Mapas del Lago", area: ["MX-JAL"] }) { nodes { slug sector { code } location { locality latitude precision } } } }';
  const ask = () => fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) }).then((answer) => answer.json());
  let found;
  for (let tries = 0; tries < 50 && !found; tries += 1) {
    const { data } = await ask();
    [found] = data.organisations.nodes;
    if (!found) await new Promise((done) => { setTimeout(done, 200); });
  }
  assert.ok(found.sector?.code, 'it has a sector');
  assert.equal(found.location.locality, 'Zapopan');
  assert.ok(found.location.latitude > 20 && found.location.latitude < 21, 'and the point of its town');
  for (const one of [coco, cleo]) {
    assert.deepEqual(one.faults, []);
    await one.close();
  }
});

test('every claim has a page on which it can be disputed', { skip }, async () => {
  const { organisation } = await pair();
  const coco = await signedIn('coco', { width: 390, height: 844, theme: 'dark' });
  await coco.page.goto(`${server.url}/organisations/${organisation.slug}?lang=en`);
  await coco.page.locator('a[href^="/desk/claims?about="]').first().click();
  await coco.page.waitForURL(/\/desk\/claims\?about=/);
  assert.ok((await coco.page.locator('.pills a').count()) > 1, 'of several kinds');
  assert.deepEqual(await violations(coco.page), []);
  await coco.page.locator('.cases a').first().click();
  await coco.page.waitForURL(/\/desk\/claims\/use\//);
  assert.deepEqual(await violations(coco.page), []);
  assert.ok(await coco.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(coco.faults, []);
  await coco.close();
});

test('a value of an indicator leads to a page on which it can be disputed', { skip }, async () => {
  const query = '{ indicatorObservations(first: 100) { nodes { area { code } } } }';
  const answer = await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/json' } });
  const { area } = (await answer.json()).data.indicatorObservations.nodes.find((one) => one.area);
  const coco = await signedIn('coco', { width: 390, height: 844, theme: 'dark' });
  await coco.page.goto(`${server.url}/areas/${area.code}?lang=en`);
  const way = coco.page.locator('a[href^="/desk/claims/observation/"]').first();
  await way.waitFor();
  assert.match(await way.getAttribute('aria-label'), /^Doubtful\? .+, \d{4}/);
  assert.deepEqual(await violations(coco.page), []);
  await way.click();
  await coco.page.waitForURL(/\/desk\/claims\/observation\//);
  assert.equal(await coco.page.locator('button[value="dispute"]').count(), 1);
  assert.equal(await coco.page.locator('button[value="retract"]').count(), 0);
  assert.deepEqual(await violations(coco.page), []);
  assert.ok(await coco.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(coco.faults, []);
  await coco.close();
});

for (const lang of ['es', 'en']) {
  test(`a visitor reports an error, and it stands in the queue (${lang})`, { skip }, async () => {
    const visitor = await open(browser, server.url, { lang, width: 390, height: 844 });
    const { organisation } = await pair();
    await visitor.page.goto(`${server.url}/organisations/${organisation.slug}?lang=${lang}`);
    await visitor.page.locator('footer a[href^="/report?"]').first().click();
    await visitor.page.waitForURL(/\/report\?/);
    assert.equal(await visitor.page.locator('input[name="about"]').inputValue(), `/organisations/${organisation.slug}`);
    assert.deepEqual(await violations(visitor.page), []);
    assert.ok(await visitor.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await visitor.page.locator('textarea').fill(`The name is wrong (${lang})`);
    // A form that is sent at once is shown again; a person takes longer.
    const since = Date.now();
    await visitor.page.waitForFunction((began) => Date.now() - began > 4_000, since);
    await visitor.page.locator('main button').click();
    await visitor.page.waitForURL(/said=sent/);
    assert.deepEqual(visitor.faults, []);
    await visitor.close();

    const cleo = await signedIn('cleo', { width: 390, height: 844 });
    await cleo.page.goto(`${server.url}/desk/review?kind=error_report&lang=${lang}`);
    await cleo.page.getByText(`The name is wrong (${lang})`).waitFor();
    assert.deepEqual(await violations(cleo.page), []);
    assert.ok(await cleo.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the phone');
    await cleo.close();
  });
}
