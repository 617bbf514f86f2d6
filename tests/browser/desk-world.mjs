// A server of its own with something to see behind every door of the desk: accounts of every role on a sample, a study
// in the field with an answer, proposals and reports that wait, requests in several states, feedback, pairs, letters.
// The pictures of the desk are taken in it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from './browser.mjs';
import { awaited } from './letters.mjs';

const BINARY = process.env.OD100_BINARY ?? fileURLToPath(new URL('../../target/debug/od100', import.meta.url));
/** Nothing is proven by how long it takes here. */
const PATIENCE = 120_000;
const PASSWORD = 'cuatro palabras que riman';
/** Who works here; each has the role of its name but `ana`, who runs the site. */
const PEOPLE = {
  ana: ['Ana Ruiz'],
  cura: ['Cura Díaz', 'curator'],
  cleo: ['Cleo Márquez', 'curator'],
  rosa: ['Rosa Ibarra', 'researcher', '--study', 'uses-of-public-data-2026'],
  lia: ['Lía Paz', 'agency_liaison', '--publisher'],
  coco: ['Coco Núñez', 'contributor'],
  olga: ['Olga Serna', 'organisation_representative', '--organisation'],
};

async function free() {
  const socket = createServer().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Starts the server; `close` ends it and takes its files away. */
export async function world(browser) {
  const home = mkdtempSync(join(tmpdir(), 'od100-desk-'));
  const mail = join(home, 'mail');
  mkdirSync(mail);
  const listen = `127.0.0.1:${await free()}`;
  const url = `http://${listen}`;
  // Settings of whoever calls this are not those of this server.
  const rest = Object.entries(process.env).filter(([name]) => !name.startsWith('OD100_'));
  const env = { ...Object.fromEntries(rest), DATABASE_URL: `sqlite://${home}/od100.db`, OD100_LISTEN: listen, OD100_PUBLIC_URL: url, OD100_MAIL: `file://${mail}`, OD100_SECOND_FACTOR: 'optional' };
  const run = (args, input) => execFileSync(BINARY, args, { env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

  run(['sample', '--organisations', '60', '--seed', '1']);
  const begun = run(['survey', 'start', '--es', 'Uso de datos públicos 2026', '--en', 'Uses of public data 2026', '--country', 'MX', '--attribution', 'Un estudio ficticio', '--page', 'https://example.org/estudio', '--closes', '2027-03-31']);
  const server = spawn(BINARY, ['serve'], { env, stdio: 'ignore' });
  const close = async () => {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  try {
    for (let tries = 0; tries < 200; tries += 1) {
      if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) break;
      await new Promise((done) => { setTimeout(done, 100); });
    }
    const made = { url, home, mail, run, browser, close, wave: /\/join\/([\w-]+)/.exec(begun)[1] };
    await people(made);
    await survey(made);
    await contributions(made);
    await requests(made);
    await feedback(made);
    run(['match']);
    run(['relations', 'propose']);
    run(['letters', 'digest']);
    return made;
  } catch (error) {
    await close();
    throw error;
  }
}

const ask = async (made, query, variables) => {
  const answer = await fetch(`${made.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};

async function people(made) {
  const { publishers, organisations } = await ask(made, `{
    publishers(first: 40) { nodes { id slug name parent { id } } }
    organisations(first: 12) { nodes { id slug name claims(first: 3) { nodes { id dataset { id slug title } publisher { id slug } } } } } }`);
  made.publishers = publishers.nodes;
  // The liaison speaks for a body whose datasets are used.
  const named = organisations.nodes.flatMap((one) => one.claims.nodes).find((claim) => claim.dataset);
  made.body = named?.publisher ?? publishers.nodes[0];
  made.dataset = named?.dataset;
  made.organisations = organisations.nodes;
  for (const [who, [name, role, ...scope]] of Object.entries(PEOPLE)) {
    const admin = role ? [] : ['--admin'];
    made.run(['user', 'create', `${who}@example.org`, '--name', name, '--lang', 'es', '--password', ...admin], `${PASSWORD}\n`);
    if (!role) continue;
    const of = { '--publisher': made.body.slug, '--organisation': organisations.nodes[0].slug }[scope[0]];
    const words = scope.length === 1 ? [...scope, of] : scope;
    made.run(['user', 'grant', `${who}@example.org`, role, ...words, '--reason', 'Se le encargó el trabajo de 2026']);
  }
}

/** A browser in which somebody is signed in, with a way to say mutations. */
export async function signedIn(made, who, options = {}) {
  const opened = await open(made.browser, made.url, { lang: 'es', ...options });
  const { page } = opened;
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${made.url}/sign-in?lang=es`);
  const form = page.locator('form:has(input[name="password"])');
  await form.locator('input[name="email"]').fill(`${who}@example.org`);
  await form.locator('input[name="password"]').fill(PASSWORD);
  await form.locator('button').click();
  await page.waitForURL(/\/account/);
  const say = async (path, field, type, input, back = '') => {
    const query = `mutation($i: ${type}!) { ${field}(input: $i) { ${back} userErrors { code field message } } }`;
    const answer = await page.request.post(made.url + path, {
      headers: { 'content-type': 'application/json', 'x-od100-csrf': '1', origin: made.url, 'sec-fetch-site': 'same-origin' },
      data: { query, variables: { i: input } },
    });
    const { data, errors } = await answer.json();
    if (errors || data[field].userErrors.length) throw new Error(`${field}: ${JSON.stringify(errors ?? data[field].userErrors)}`);
    return data[field];
  };
  return { ...opened, desk: say.bind(undefined, '/graphql/desk'), public: say.bind(undefined, '/graphql') };
}

async function survey(made) {
  const list = join(made.home, 'list.csv');
  writeFileSync(list, 'organisation,name,email,lang\n,Datos del Sur,sur@example.org,es\n,Mapas del Norte,norte@example.org,es\n,Clima en Línea,clima@example.org,en\n,Precios Abiertos,precios@example.org,es\n');
  const invited = made.run(['survey', 'invite', '--wave', made.wave, '--list', list, '--url', made.url]);
  made.links = [...invited.matchAll(/http:\S+\/answer\/\S+/g)].map(([link]) => link);
  const { page, close } = await open(made.browser, made.url, { width: 390, height: 844, lang: 'es' });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(made.links[0]);
  await page.locator('a.button.primary').click();
  const on = () => Promise.all([page.waitForNavigation(), page.locator('.actions [value=next]').click()]);
  const tick = (name, value) => page.locator(`[name="${name}"][value="${value}"]`).check();
  for (let step = 0; step < 4; step += 1) await on();
  await tick('q.kind', 'company');
  await tick('q.size', '11-50');
  await on();
  await page.locator('[name="q.sector"]').selectOption('energy');
  await on();
  await page.getByRole('combobox').first().fill('Precios de combustibles');
  // What is found opens below the field; it is closed before something under it is touched.
  await page.getByRole('listbox').first().waitFor();
  await page.getByRole('combobox').first().press('Escape');
  await page.getByRole('listbox').first().waitFor({ state: 'hidden' });
  await tick('q.uses.0.criticality', 'core');
  await on();
  await on();
  await tick('q.use_types', 'product_service');
  await on();
  await page.locator('[name="q.data_share"][value="!dont_know"]').check();
  await on();
  for (let step = 0; step < 4; step += 1) await on();
  await tick('q.display', 'yes');
  await on();
  await page.getByRole('button', { name: 'Enviar' }).click();
  await page.getByRole('heading', { name: /Recibimos sus respuestas/ }).waitFor();
  await close();
  // A draft of the next version, to be edited.
  const rosa = await signedIn(made, 'rosa');
  await rosa.page.goto(`${made.url}/desk/studies`);
  await rosa.page.locator('main a[href^="/desk/studies/"]').first().click();
  await Promise.all([rosa.page.waitForURL(/\/desk\/instruments\//), rosa.page.locator('table.rows form button').first().click()]);
  made.draft = new URL(rosa.page.url()).pathname;
  await rosa.close();
}

async function contributions(made) {
  const coco = await signedIn(made, 'coco');
  const { datasets } = await ask(made, '{ datasets(first: 40) { nodes { id slug title } } }');
  const [one, two, three] = made.organisations;
  const used = new Set(one.claims.nodes.map((claim) => claim.dataset?.id));
  const evidence = { url: 'https://example.org/informe-anual-2025', kind: 'REPORT', title: 'Informe anual 2025', quote: 'Con los datos abiertos planeamos cada ruta de reparto.' };
  const target = datasets.nodes.find((dataset) => !used.has(dataset.id));
  await coco.public('useClaimPropose', 'UseClaimProposeInput', { organisationId: one.id, targetId: target.id, purpose: 'Planear rutas de reparto con menos kilómetros.', lang: 'ES', criticality: 'CORE', accessMode: 'DOWNLOAD', since: 2021, evidence, note: 'Lo dice en la página 14.' });
  await coco.public('organisationSubmit', 'OrganisationSubmitInput', { name: 'Aire Limpio, S. C.', lang: 'ES', kind: 'COMPANY', website: 'https://example.org/aire', description: 'Avisa a escuelas cuando el aire es malo.', evidence });
  await coco.public('correctionPropose', 'CorrectionProposeInput', { subjectId: two.id, field: 'website', value: 'https://example.org/nuevo-sitio', lang: 'ES', evidence });
  await coco.public('errorReport', 'ErrorReportInput', { about: `/organisations/${three.slug}`, text: 'El sector está mal: hacen mapas, no finanzas.' });
  await coco.close();
}

async function requests(made) {
  const coco = await signedIn(made, 'coco');
  const ids = [];
  for (const [title, purpose] of [
    ['Horarios de autobuses de todas las ciudades', 'Una aplicación que junta transporte público y bicicletas.'],
    ['Resultados de las verificaciones de calidad del agua por pozo', 'Avisar a los agricultores antes de sembrar.'],
    ['Avalúos catastrales agregados por colonia', 'Calcular precios justos de vivienda.'],
  ]) {
    const { reference } = await coco.public('requestSubmit', 'RequestSubmitInput', { title, description: 'Hoy se publican como imágenes, una por mes, sin historia.', purpose, blocking: 'FORMAT', frequency: 'cada mes', format: 'CSV', publisher: made.body.slug, blocksProject: true, comment: 'Tres personas esperan.', lang: 'es' }, 'reference');
    ids.push([reference, title, purpose]);
  }
  await coco.close();
  const cura = await signedIn(made, 'cura');
  for (const [requestId, title, purpose] of ids.slice(1)) await cura.desk('requestTriage', 'RequestTriageInput', { requestId, title, purpose, publisher: made.body.slug, lang: 'es' });
  await cura.desk('requestForward', 'RequestForwardInput', { requestId: ids[2][0], publisher: made.body.slug });
  await cura.close();
  made.requests = ids.map(([id]) => id);
}

async function feedback(made) {
  if (!made.dataset) return;
  const coco = await signedIn(made, 'coco');
  await coco.public('feedbackSubmit', 'FeedbackSubmitInput', { datasetSlug: made.dataset.slug, rating: 2, comment: 'Las fechas cambian de forma a mitad del archivo.' });
  await coco.close();
  const olga = await signedIn(made, 'olga');
  await olga.public('feedbackSubmit', 'FeedbackSubmitInput', { datasetSlug: made.dataset.slug, rating: 3, comment: 'Falta el diccionario de la edición de 2025.' });
  await olga.close();
  const cura = await signedIn(made, 'cura');
  const page = await cura.page.request.post(`${made.url}/graphql/desk`, { headers: { 'content-type': 'application/json', 'x-od100-csrf': '1', origin: made.url }, data: { query: '{ feedbackPending { feedback { id } } }' } });
  const [first] = (await page.json()).data.feedbackPending;
  await cura.desk('feedbackModerate', 'FeedbackModerateInput', { feedbackId: first.feedback.id, isShown: true });
  await cura.close();
}

/** The link of a letter of the publisher's digest, once it has come. */
export const letter = async (made) => (await awaited(made.mail, /\/confirm\/[\w-]+/))[0];
