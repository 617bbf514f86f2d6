// A firm answers a survey on a phone: how many times it has to touch the screen, whether a keyboard and a
// screen reader get through, and whether it can do without a script. It brings a server of its own.
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
const PHONE = { width: 390, height: 844, lang: 'es' };
const skip = existsSync(BINARY) ? false : `${BINARY} is not there: build it first`;

const server = { url: '', home: '', process: undefined, links: [] };
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
  server.home = mkdtempSync(join(tmpdir(), 'od100-survey-'));
  const listen = `127.0.0.1:${await port()}`;
  server.url = `http://${listen}`;
  const env = { ...process.env, DATABASE_URL: `sqlite://${server.home}/od100.db`, OD100_LISTEN: listen, OD100_PUBLIC_URL: server.url };
  const run = (...args) => {
    const done = spawnSync(BINARY, args, { env, encoding: 'utf8' });
    assert.equal(done.status, 0, `${args.join(' ')}\n${done.stdout}${done.stderr}`);
    return done.stdout + done.stderr;
  };
  run('sample', '--organisations', '40', '--seed', '1');
  const begun = run('survey', 'start', '--es', 'Uso de datos públicos 2026', '--en', 'Use of public data 2026', '--country', 'MX', '--attribution', 'Un estudio ficticio', '--page', 'https://example.org/estudio');
  server.wave = /\/join\/([\w-]+)/.exec(begun)[1];
  const list = join(server.home, 'list.csv');
  (await import('node:fs')).writeFileSync(list, 'name\nDatos del Sur\nMapas del Norte\nSin guion\n');
  const invited = run('survey', 'invite', '--wave', server.wave, '--list', list, '--url', server.url);
  server.links = [...invited.matchAll(/http:\S+\/answer\/\S+/g)].map((match) => match[0]);
  assert.equal(server.links.length, 3);
  server.process = spawn(BINARY, ['serve'], { env, stdio: 'ignore' });
  for (let tries = 0; tries < 100; tries += 1) {
    const ready = await fetch(`${server.url}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) break;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (server.process) {
    const ended = once(server.process, 'exit');
    server.process.kill();
    await ended;
  }
  if (server.home) rmSync(server.home, { recursive: true, force: true });
});

/** A hand that counts what it does: one for each touch, one for each word that is typed or chosen. */
function hand(page) {
  const done = { count: 0 };
  const once1 = async (what) => { done.count += 1; await what; };
  return {
    done,
    tick: (name, value) => once1(page.locator(`[name="${name}"][value="${value}"]`).check()),
    type: (name, text) => once1(page.locator(`[name="${name}"]:visible`).fill(text)),
    pick: (name, value) => once1(page.locator(`[name="${name}"]`).selectOption(value)),
    press: (locator) => once1(locator.click()),
    on: async () => {
      done.count += 1;
      await Promise.all([page.waitForNavigation(), page.locator('.actions [value=next]').click()]);
    },
  };
}

test('a typical firm answers what is mandatory in under 40 interactions on a phone', { skip }, async () => {
  const { page, faults, close } = await open(browser, server.url, PHONE);
  await page.goto(server.links[0]);
  const { done, tick, pick, press, on } = hand(page);
  await press(page.locator('a.button.primary'));
  await page.waitForURL(/step\/name/);
  assert.equal(await page.locator('[name="q.name"]').inputValue(), 'Datos del Sur', 'what is known is there');
  assert.deepEqual(await violations(page), []);
  for (let step = 0; step < 4; step += 1) await on();
  const place = () => page.locator('.question').first().evaluate((one) => one.getBoundingClientRect().top + scrollY);
  const stood = await place();
  await tick('q.kind', 'company');
  await tick('q.size', '11-50');
  await page.getByRole('status').filter({ hasText: /Guardado a las/ }).waitFor();
  assert.equal(await place(), stood, 'nothing moves under a finger when an answer has been saved');
  await on();
  await pick('q.sector', 'energy');
  await on();
  const search = page.getByRole('combobox').first();
  done.count += 1;
  await search.pressSequentially('inst', { delay: 20 });
  const list = page.getByRole('listbox').first();
  await list.getByRole('option').first().waitFor();
  assert.deepEqual(await violations(page), []);
  await search.press('ArrowDown');
  await search.press('Enter');
  done.count += 2;
  assert.notEqual(await page.locator('[name="q.uses.0.what"]').inputValue(), '', 'what was chosen is of the register');
  await tick('q.uses.0.criticality', 'core');
  assert.ok((await page.locator('.rows > li:visible').count()) === 2, 'one more row is offered');
  await on();
  await on();
  await tick('q.use_types', 'product_service');
  await on();
  await tick('q.data_share', '26-50');
  await on();
  for (let step = 0; step < 4; step += 1) await on();
  assert.match(page.url(), /step\/consent/);
  assert.deepEqual(await violations(page), []);
  await tick('q.display', 'yes');
  await on();
  assert.match(page.url(), /review/);
  assert.deepEqual(await violations(page), []);
  const open1 = await page.locator('#public').innerText();
  assert.match(open1, /Datos del Sur/);
  assert.doesNotMatch(open1, /Del 26 al 50/);
  await press(page.getByRole('button', { name: 'Enviar' }));
  await page.getByRole('heading', { name: /Recibimos sus respuestas/ }).waitFor();
  console.log(`# interactions: ${done.count}`);
  assert.ok(done.count < 40, `${done.count} interactions`);
  assert.deepEqual(faults, []);
  await close();
});

test('a mistake is told after sending, by keyboard and without a script', { skip }, async () => {
  const said = 'Somos 12 personas, no 120.';
  const { page, faults, close } = await open(browser, server.url, PHONE);
  await page.goto(server.links[0]);
  await page.getByRole('heading', { name: /Recibimos sus respuestas/ }).waitFor();
  assert.deepEqual(await violations(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  // The browser itself asks for a text: nothing is sent without one.
  await page.getByRole('button', { name: 'Avisar' }).click();
  assert.equal(await page.locator('#mistake-text').evaluate((field) => field.validity.valueMissing), true);
  await page.locator('#mistake-text').fill('   ');
  await page.getByRole('button', { name: 'Avisar' }).click();
  await page.getByRole('alert').waitFor();
  assert.deepEqual(await violations(page), [], 'with what was wrong');
  faults.splice(0, faults.length, ...faults.filter((one) => !/422/.test(String(one))));
  await page.locator('#mistake-text').focus();
  await page.keyboard.insertText(said);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('status').waitFor();
  assert.deepEqual(await violations(page), [], 'thanked');
  await page.getByRole('link', { name: 'Volver' }).click();
  await page.locator('#mistake-text').waitFor();
  assert.equal(await page.locator('#mistake-text').inputValue(), '', 'it is shown to nobody who only has the link');
  assert.deepEqual(faults, []);
  await close();
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, locale: 'es-MX', colorScheme: 'dark' });
  const plain = await context.newPage();
  await plain.goto(server.links[0]);
  await plain.locator('#mistake-text').fill(`${said} Sin guion.`);
  await plain.getByRole('button', { name: 'Avisar' }).click();
  await plain.getByRole('status').waitFor();
  await context.close();
});

test('a list that was closed is opened by nothing that is still being looked for', { skip }, async () => {
  const { page, faults, close } = await open(browser, server.url, PHONE);
  await page.goto(`${server.links[1]}/step/uses`);
  let release;
  const held = new Promise((done) => { release = done; });
  await page.route(/\/graphql/, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  const search = page.getByRole('combobox').first();
  const asked = page.waitForRequest(/\/graphql/);
  await search.fill('inst');
  await asked;
  const dropped = page.waitForEvent('requestfailed', (request) => request.url().includes('/graphql'));
  await search.press('Escape');
  await dropped;
  release();
  assert.equal(await page.getByRole('listbox').count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

test('two devices on one link: both answers are shown, and the person chooses', { skip }, async () => {
  const at = `${server.links[1]}/step/purpose`;
  const [phone, desk] = [await open(browser, server.url, PHONE), await open(browser, server.url, { ...PHONE, width: 1280, height: 800 })];
  const field = ({ page }) => page.locator('[name="q.example"]');
  const saved = ({ page }) => page.getByRole('status').filter({ hasText: /Guardado a las/ }).waitFor();
  for (const one of [phone, desk]) await one.page.goto(at);
  await field(phone).fill('Un tablero de lluvias');
  await saved(phone);
  await field(desk).fill('Un tablero de pozos');
  const notice = desk.page.locator('.differs');
  await notice.waitFor();
  assert.match(await notice.innerText(), /Un tablero de lluvias[\s\S]*Un tablero de pozos/);
  assert.equal(await field(desk).inputValue(), 'Un tablero de pozos', 'what was typed stays');
  assert.deepEqual(await violations(desk.page), []);
  assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  await notice.getByRole('radio', { name: /guardada entretanto/ }).check();
  await notice.waitFor({ state: 'detached' });
  assert.equal(await field(desk).inputValue(), 'Un tablero de lluvias');
  // From here on the desk has seen it, and the telephone has not seen the desk's next word.
  await field(desk).fill('Un tablero de pozos y lluvias');
  await desk.page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.status() === 200);
  await field(phone).fill('Un tablero de nubes');
  await phone.page.locator('.differs').waitFor();
  await phone.page.locator('.differs').getByRole('radio', { name: /lo que escrib/ }).check();
  await phone.page.locator('.differs').waitFor({ state: 'detached' });
  await desk.page.goto(at);
  assert.equal(await field(desk).inputValue(), 'Un tablero de nubes');
  // Typing on and on is no second device.
  await field(desk).pressSequentially(' y de vientos', { delay: 120 });
  await Promise.all([desk.page.waitForNavigation(), desk.page.locator('.actions [value=next]').click()]);
  assert.match(desk.page.url(), /step\/(?!purpose)/, 'nobody is asked about their own words');
  for (const { faults, close } of [phone, desk]) {
    assert.deepEqual(faults.filter((one) => !/409/.test(String(one))), []);
    await close();
  }
});

test('a phone shows every step without scrolling sideways, in the dark as well', { skip }, async () => {
  const { page, faults, close } = await open(browser, server.url, { ...PHONE, theme: 'dark' });
  for (const below of ['', '/step/organisation', '/step/uses', '/step/value', '/step/requests', '/step/consent', '/review', '/step/all?lang=en']) {
    await page.goto(server.links[1] + below);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, below);
    assert.deepEqual(await violations(page), [], below);
  }
  assert.deepEqual(faults, []);
  await close();
});

test('it works without a script, and the language changes on the way', { skip }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, locale: 'es-MX' });
  const page = await context.newPage();
  await page.goto(`${server.links[2]}/step/name`);
  await page.locator('[name="q.name"]').fill('Sin guion');
  await page.locator('.actions [value=next]').click();
  await page.waitForURL(/step\/website/);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Address of the site').waitFor();
  await page.goto(`${server.links[2]}/step/uses`);
  await page.locator('[name="q.uses.0.name"]').fill('Something that nobody lists');
  await page.locator('.actions [value=next]').click();
  await page.waitForURL(/step\/source_count/);
  await page.goto(`${server.links[2]}/review`);
  await page.getByText('Something that nobody lists').waitFor();
  await context.close();
});

test('a row without a name is kept and marked, with a script and without', { skip }, async () => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 844 }, locale: 'es-MX' });
    const page = await context.newPage();
    await page.goto(`${server.links[1]}/step/requests?lang=es`);
    const row = (number, part) => page.locator(`[name="q.requests.${number}.${part}"]`);
    await row(0, 'publisher').fill('Alcaldía de Tlalpan');
    // A row in which something is chosen is none that waits: the next one is offered.
    await row(1, 'reason').selectOption('not_published');
    await row(2, 'title').waitFor();
    await page.locator('.actions [value=next]').click();
    await page.locator('[name="q.requests.0.title"][aria-invalid=true]').waitFor();
    assert.ok(await page.locator('[name="q.requests.1.title"][aria-invalid=true]').isVisible(), 'none of the two is hidden');
    await page.getByText('Esta fila no dice qué datos').first().waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('This row does not say which data').first().waitFor();
    assert.equal(await row(0, 'publisher').inputValue(), 'Alcaldía de Tlalpan');
    assert.equal(await row(1, 'reason').inputValue(), 'not_published');
    await context.close();
  }
});

test('the way back to a page whose change of language was refused shows its questions, in that language', { skip }, async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'es-MX' });
  const page = await context.newPage();
  await page.goto(`${server.links[1]}/step/requests?lang=es`);
  await page.locator('[name="q.requests.0.publisher"]').fill('Alcaldía de Tlalpan');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('This row does not say which data').first().waitFor();
  await page.locator('a[href*="/review"]').first().click();
  await page.waitForURL(/review/);
  await page.goBack();
  await page.locator('[name="q.requests.0.publisher"]').waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(new URL(page.url()).searchParams.get('lang'), 'en');
  await page.reload();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await context.close();
});

test('an organisation puts itself forward', { skip }, async () => {
  const { page, faults, close } = await open(browser, server.url, PHONE);
  await page.goto(`${server.url}/join/${server.wave}?lang=es`);
  assert.deepEqual(await violations(page), []);
  await page.locator('[name=name]').fill('Cooperativa de Datos');
  await page.locator('[name=email]').fill('hola@example.org');
  // Nobody may fill the form in at once: the page itself says from when on.
  await page.waitForFunction((made) => Date.now() / 1000 - made > 3.5, Number((await page.locator('[name=form]').inputValue()).split('.')[0]));
  await page.getByRole('button', { name: 'Empezar a responder' }).click();
  await page.waitForURL(/\/answer\//);
  assert.match(await page.locator('main').innerText(), /Cooperativa de Datos/);
  assert.deepEqual(faults, []);
  await close();
});
