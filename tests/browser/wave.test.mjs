// A researcher signs in, begins a study and a wave, invites from a list with a faulty row; a firm answers on a phone;
// the researcher sees the rate and closes. It brings a server of its own. OD100_TEST_SHOTS names a folder for pictures.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from './axe.mjs';
import { launch, open } from './browser.mjs';
import { awaited } from './letters.mjs';

const BINARY = process.env.OD100_BINARY ?? fileURLToPath(new URL('../../target/debug/od100', import.meta.url));
const SHOTS = process.env.OD100_TEST_SHOTS;
const skip = existsSync(BINARY) ? false : `${BINARY} is not there: build it first`;
const EMAIL = 'rosa@example.org';
const PASSWORD = 'cuatro palabras que riman';
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
  server.home = mkdtempSync(join(tmpdir(), 'od100-wave-'));
  server.mail = join(server.home, 'mail');
  mkdirSync(server.mail);
  const listen = `127.0.0.1:${await port()}`;
  server.url = `http://${listen}`;
  const env = { ...process.env, DATABASE_URL: `sqlite://${server.home}/od100.db`, OD100_LISTEN: listen, OD100_PUBLIC_URL: server.url, OD100_MAIL: `file://${server.mail}` };
  const run = (input, ...args) => {
    const done = spawnSync(BINARY, args, { env, encoding: 'utf8', input });
    assert.equal(done.status, 0, `${args.join(' ')}\n${done.stdout}${done.stderr}`);
  };
  run('', 'sample', '--organisations', '40', '--seed', '1');
  run('', 'survey', 'start', '--es', 'Un estudio anterior', '--en', 'An earlier study', '--country', 'MX', '--attribution', 'Un estudio ficticio', '--page', 'https://example.org/estudio');
  run(`${PASSWORD}\n`, 'user', 'create', EMAIL, '--name', 'Rosa Ruiz', '--lang', 'en', '--password');
  run('', 'user', 'grant', EMAIL, 'researcher', '--study', 'an-earlier-study', '--reason', 'runs it');
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

/** Nothing in the way of anybody, nothing wider than the screen; a picture where one is wanted. */
async function sound(page, name) {
  assert.deepEqual(await violations(page), [], name);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than the screen`);
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

async function signIn(page) {
  await page.goto(`${server.url}/sign-in?lang=en`);
  await page.locator('form:has(input[name="password"]) input[name="email"]').fill(EMAIL);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('form:has(input[name="password"]) button').click();
  await page.waitForURL(/\/account/);
}

test('a wave from its study to its end', { skip, timeout: 300_000 }, async () => {
  const { page, faults, close } = await open(browser, server.url, { lang: 'en' });
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  await signIn(page);
  await page.goto(`${server.url}/desk?lang=en`);
  await page.getByRole('main').getByRole('link', { name: 'Studies' }).click();
  await page.getByText('Begin a study', { exact: true }).click();
  await sound(page, 'studies');
  await page.locator('[name="title.es"]').fill('Usos de datos 2026');
  await page.locator('[name="title.en"]').fill('Uses of data 2026');
  await page.locator('[name=country]').selectOption('MX');
  await page.locator('[name=attribution]').fill('The study of the tests');
  await page.locator('[name=url]').fill('https://example.org/estudio');
  await press('Begin the study');
  await page.getByText('The study has begun.').waitFor();
  await press('Copy the instrument that ships with Open Data 100');
  await page.getByText('The copy is a draft.').waitFor();
  await sound(page, 'instrument');
  const instrument = page.url().split('?')[0];
  await page.getByRole('link', { name: 'What sort of organisation is it?' }).or(page.locator('ol.outline a').nth(3)).first().click();
  await page.waitForURL(/\/questions\//);
  await sound(page, 'question');
  await page.locator('[name="wording.en"]').fill('Where is it?');
  await press('Save');
  await page.getByRole('link', { name: 'Where is it?' }).waitFor();
  await page.goto(`${instrument}/preview?lang=en`);
  await page.getByText('Where is it?').waitFor();
  await sound(page, 'preview');
  await page.goto(`${instrument}?lang=en`);
  await press('Publish');
  await page.getByText('The instrument is published.').waitFor();
  await page.getByRole('link', { name: 'Uses of data 2026', exact: true }).first().click();
  await page.getByText('Prepare a wave', { exact: true }).click();
  await sound(page, 'study');
  await page.locator('[name="title.es"]').fill('Ola de 2026');
  await page.locator('[name="title.en"]').fill('Wave of 2026');
  await page.locator('[name="population.es"]').fill('Organizaciones que usan datos públicos');
  await press('Prepare the wave');
  await page.getByText('The wave is prepared.').waitFor();
  const wave = page.url().split('?')[0];
  await press('Open the wave');
  await page.getByText('The wave is open.').waitFor();

  await page.getByRole('link', { name: 'Invite from a list' }).click();
  await page.locator('[name=list]').fill('name,email,lang\nDatos del Sur,sur@example.org,es\nMapas del Norte,no es,es\n');
  await press('Check the list');
  await page.getByText('this is no e-mail address').waitFor();
  await sound(page, 'invite-problem');
  await page.locator('[name=list]').fill('name,email,lang\nDatos del Sur,sur@example.org,es\nMapas del Norte,norte@example.org,es\n');
  await press('Check the list');
  await page.getByText('with problems: 0').waitFor();
  await press('Invite them');
  await page.getByText('2 organizations are invited.').or(page.getByText('2 organisations are invited.')).waitFor();
  await sound(page, 'invited');

  const [link] = await awaited(server.mail, /http:\S+\/answer\/\S+/, { words: 'sur@example.org' });
  const firm = await open(browser, server.url, { width: 390, height: 844, lang: 'es' });
  await firm.page.goto(link);
  await firm.page.locator('a.button.primary').click();
  const on = () => Promise.all([firm.page.waitForNavigation(), firm.page.locator('.actions [value=next]').click()]);
  const tick = (name, value) => firm.page.locator(`[name="${name}"][value="${value}"]`).check();
  for (let step = 0; step < 4; step += 1) await on();
  await tick('q.kind', 'company');
  await tick('q.size', '11-50');
  await on();
  await firm.page.locator('[name="q.sector"]').selectOption('energy');
  await on();
  await firm.page.getByRole('combobox').first().fill('Precios de combustibles');
  // What is below the list of what was found takes the first click, though the list closes by it.
  await firm.page.locator('.found:not([hidden])').waitFor();
  await tick('q.uses.0.criticality', 'core');
  await on();
  await on();
  await tick('q.use_types', 'product_service');
  await on();
  await firm.page.locator('[name="q.data_share"][value="!dont_know"]').check();
  await on();
  for (let step = 0; step < 4; step += 1) await on();
  await tick('q.display', 'yes');
  await on();
  await firm.page.getByRole('button', { name: 'Enviar' }).click();
  await firm.page.getByRole('heading', { name: /Recibimos sus respuestas/ }).waitFor();
  assert.deepEqual(firm.faults, []);
  await firm.close();

  await page.goto(`${wave}?lang=en`);
  await page.getByText('1 of 2 eligible').waitFor();
  await sound(page, 'wave');
  await page.getByRole('link', { name: 'Answers per question' }).click();
  await sound(page, 'outcomes');
  await page.goto(`${wave}/register?lang=en&text=a`);
  await sound(page, 'register');
  await page.goto(`${wave}/reminders?lang=en`);
  // The invitation has gone a moment ago: it is too early.
  await page.getByText('Nobody is due now.').waitFor();
  await sound(page, 'reminders');
  await page.goto(`${wave}?lang=en`);
  await page.getByRole('link', { name: 'Datos del Sur' }).click();
  await sound(page, 'response');
  await page.locator('[name=step][value=validate]').check();
  await page.locator('[name=reason]').fill('looked through');
  await press('Decide');
  await page.getByText('The decision is written down.').waitFor();
  await page.goto(`${wave}?lang=en`);
  await page.getByRole('link', { name: 'Close the wave…' }).click();
  await sound(page, 'close');
  await press('Close the wave');
  await page.getByText('The wave is closed.').waitFor();
  const dead = await page.request.get(link);
  assert.equal(dead.status(), 404, 'its links lead nowhere');
  assert.deepEqual(faults, []);
  await close();
});

test('the room is usable on a phone, in the dark and in Spanish', { skip, timeout: 120_000 }, async () => {
  const { page, faults, close } = await open(browser, server.url, { width: 390, height: 844, theme: 'dark', lang: 'es' });
  await signIn(page);
  await page.goto(`${server.url}/desk/studies?lang=es`);
  await sound(page, 'studies-390');
  await page.getByRole('main').getByRole('link', { name: /Usos de datos|Un estudio anterior/ }).first().click();
  await sound(page, 'study-390');
  await page.locator('a[href^="/desk/waves/"]').first().click();
  await sound(page, 'wave-390');
  await page.getByRole('link', { name: 'Respuestas por pregunta' }).click();
  await sound(page, 'outcomes-390');
  await page.goBack();
  await page.goBack();
  await page.locator('a[href^="/desk/instruments/"]').first().click();
  await sound(page, 'instrument-390');
  assert.deepEqual(faults, []);
  await close();
});
