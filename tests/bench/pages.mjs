// make bench, the pages: how soon the home page can be read, how soon the map of 10,000 organisations answers to the
// pointer, and the longest frame while it is dragged, beside that of a blank page; medians of five fresh browsers each,
// beside what is asked of them. Settings: SIZE=10000  RUNS=5  OD100_BENCH_URL=http://… measures a server that is there.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch } from '../browser/browser.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const binary = process.env.OD100_BINARY ?? path.join(root, 'target/release/od100');
const size = Number(process.env.SIZE ?? 10_000);
const runs = Number(process.env.RUNS ?? 5);
const READY_MS = 60_000;

const home = mkdtempSync(path.join(tmpdir(), 'od100-pages-'));
let server;
process.on('exit', () => {
  server?.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});
process.on('SIGINT', () => process.exit(130));

async function served() {
  if (process.env.OD100_BENCH_URL) return process.env.OD100_BENCH_URL.replace(/\/$/, '');
  const url = 'http://127.0.0.1:8198';
  const environment = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OD100_'))),
    DATABASE_URL: `sqlite://${path.join(home, 'bench.db')}`,
    OD100_LISTEN: '127.0.0.1:8198',
    OD100_RATE_LIMIT: 'off',
  };
  execFileSync(binary, ['sample', '--organisations', String(size), '--seed', '1'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  const log = openSync(path.join(home, 'server.log'), 'a');
  server = spawn(binary, ['serve'], { env: environment, stdio: ['ignore', log, log] });
  for (const end = Date.now() + READY_MS; Date.now() < end;) {
    if (server.exitCode !== null) throw new Error('the server stopped');
    if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) return url;
    await new Promise((resume) => { setTimeout(resume, 100); });
  }
  throw new Error('the server was not ready within a minute');
}

/** Notes in the page when its headline first stands, and when the map says that it is ready. */
function watch() {
  window.noted = {};
  const note = (name) => { window.noted[name] ??= performance.now(); };
  new MutationObserver(() => {
    if (document.querySelector('h1')?.textContent.trim()) note('headline');
    if (document.querySelector('#app:not([hidden]) .brand, #app:not([hidden]) [data-find]')) note('application');
    if (document.body?.dataset.map === 'ready') note('map');
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-map', 'hidden', 'id'] });
}

async function fresh(browser, address, measure) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(address);
  const found = await measure(page);
  await context.close();
  return found;
}

async function homePage(page) {
  await page.waitForFunction(() => window.noted.headline && window.noted.application && performance.getEntriesByName('first-contentful-paint').length > 0);
  return page.evaluate(() => ({ readable: Math.max(window.noted.headline, performance.getEntriesByName('first-contentful-paint')[0].startTime), application: window.noted.application }));
}

async function mapPage(page) {
  await page.waitForFunction(() => window.noted.map, undefined, { timeout: READY_MS });
  return page.evaluate(() => ({ ready: window.noted.map }));
}

async function panning(page) {
  await mapPage(page);
  await page.waitForFunction(() => !document.body.dataset.asking);
  return dragged(page, await page.locator('.maplibregl-canvas').boundingBox());
}

/** The same hand over a page that draws nothing: what the machine itself leaves out. */
async function blank(page) {
  await page.setContent('<title>blank</title><p>');
  return dragged(page, { x: 264, y: 186, width: 696, height: 650 });
}

/** Frames between which the page could not draw, while it is dragged to and fro. */
async function dragged(page, box) {
  await page.evaluate(() => {
    window.frames_ = [];
    window.tasks_ = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.tasks_.push(entry.duration); }).observe({ type: 'longtask' });
    let last = performance.now();
    const frame = (now) => {
      window.frames_.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 + 80];
  for (const [dx, dy] of [[-160, -60], [160, 60], [-120, 90], [120, -90]]) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + dx, y + dy, { steps: 40 });
    await page.mouse.up();
    await page.waitForFunction(() => !document.body.dataset.asking);
    await page.waitForTimeout(400);
  }
  return page.evaluate(() => ({ frame: Math.max(...window.frames_.slice(2)), task: Math.max(0, ...window.tasks_), frames: window.frames_.length }));
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
async function measured(browser, address, measure) {
  const all = [];
  for (let run = 0; run < runs; run += 1) all.push(await fresh(browser, address, measure));
  return Object.fromEntries(Object.keys(all[0]).map((name) => [name, median(all.map((one) => one[name]))]));
}

const url = await served();
const browser = await launch();
try {
  const first = await measured(browser, `${url}/?lang=en`, homePage);
  const map = await measured(browser, `${url}/explore?lang=en`, mapPage);
  const pan = await measured(browser, `${url}/explore?lang=en`, panning);
  const empty = await measured(browser, 'about:blank', blank);
  const rows = [
    ['home page readable (headline painted)', first.readable, 1000],
    ['home page taken over by the application', first.application, undefined],
    ['first map ready', map.ready, 4000],
    ['longest frame while panning', pan.frame, 100],
    ['longest frame of a blank page under the same hand', empty.frame, undefined],
    ['longest task while panning', pan.task, undefined],
  ];
  console.log(`\n### Pages with ${size.toLocaleString('en')} organisations, median of ${runs}, Chromium without a graphics card\n`);
  console.log('| what | ms | at most |\n|---|---|---|');
  for (const [what, value, most] of rows) console.log(`| ${what} | ${Math.round(value)} | ${most ?? ''}${most && value > most ? ' **over**' : ''} |`);
} finally {
  await browser.close();
}
process.exit(0);
