// A headless Chromium for the journeys and the pictures: it watches for what no page may do.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));
export const { chromium } = require('playwright-core');
export const { default: AxeBuilder } = require('@axe-core/playwright');

const FLAGS = ['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-gpu', '--enable-unsafe-swiftshader'];

/** The one without windows costs half the time of the whole browser, and draws the same. */
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

export function launch() {
  const executablePath = process.env.OD100_TEST_CHROMIUM ?? BROWSERS.find((path) => existsSync(path)) ?? BROWSERS.at(-1);
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A browser of somebody with that window, theme and language, who has never been here. */
export function reader(browser, { width = 1280, height = 900, theme = 'light', lang = 'en', script = true } = {}) {
  return browser.newContext({ javaScriptEnabled: script, viewport: { width, height }, colorScheme: theme, locale: lang === 'es' ? 'es-MX' : 'en-GB', reducedMotion: 'reduce', ...(width < 500 ? { hasTouch: true } : {}) });
}

/**
 * A page that records its own faults: errors on the console, requests that failed, requests to
 * another host. `faults` stays empty on a page that behaves. It is in a browser that has never been here, unless
 * `within` gives one in which others have looked before.
 */
export async function open(browser, base, { webgl = true, within, ...look } = {}) {
  const context = within ?? (await reader(browser, look));
  const page = await context.newPage();
  const faults = [];
  watch(page);
  const host = new URL(base).host;
  page.on('console', (message) => {
    // SwiftShader says on every start that it is slow.
    if (['error', 'warning'].includes(message.type()) && !/GPU stall|swiftshader|WebGL/i.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.host !== host) faults.push(`foreign request: ${url.href}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`HTTP ${response.status()}: ${response.url()}`);
  });
  if (!webgl) {
    await page.addInitScript(() => {
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function getContext(kind, ...rest) {
        return /webgl/.test(kind) ? null : original.call(this, kind, ...rest);
      };
    });
  }
  return { page, faults, close: () => (within ? page.close() : context.close()) };
}

/** What each page has asked for and not had yet, and when that last changed. */
const traffic = new WeakMap();

const WORKER = /-worker-[^/]*\.js$/;

/** Follows what a page asks for from here on, so that `settled` knows when it asks for nothing more. */
export function watch(page) {
  const state = { open: new Set(), at: Date.now() };
  traffic.set(page, state);
  const ended = (request) => { state.open.delete(request); state.at = Date.now(); };
  page.on('request', (request) => {
    // A worker that ends with its document does not say so; whether the map has come the page says itself.
    if (!WORKER.test(request.url())) state.open.add(request);
    state.at = Date.now();
  });
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  // What the old document still waited for does not come any more.
  page.on('framenavigated', (frame) => { if (frame === page.mainFrame()) for (const one of state.open) if (!one.isNavigationRequest() && one.frame() === frame) state.open.delete(one); });
}

/** How long nothing has to be under way, in milliseconds. */
const CALM = 150;

/**
 * Waits until the page asks for nothing more: nothing is under way, the page has had time to act upon what came, and
 * still asks for nothing. `networkidle` waits for half a second of silence instead.
 */
async function quiet(page) {
  const state = traffic.get(page);
  if (!state) {
    await page.waitForLoadState('networkidle');
    return;
  }
  await page.waitForLoadState('load');
  const end = Date.now() + 30_000;
  for (;;) {
    await page.evaluate(() => new Promise((idle) => { requestIdleCallback(() => idle(), { timeout: 2000 }); }));
    const left = state.open.size > 0 ? CALM : state.at + CALM - Date.now();
    if (left <= 0 && (await page.evaluate(() => !document.querySelector('.skel, [aria-busy="true"], body[data-asking]')))) return;
    if (Date.now() > end) throw new Error(`the page still asks for ${[...state.open].map((one) => one.url()).join(', ') || 'something'}`);
    await new Promise((resume) => { setTimeout(resume, Math.max(20, left)); });
  }
}

/** Goes to an address and waits until its screen is drawn: heading there, nothing loading, map idle. */
export async function visit(page, base, address) {
  await page.goto(base + address);
  await settled(page);
}

export async function settled(page) {
  await page.waitForSelector('#app:not([hidden]) main h1');
  await page.waitForFunction(() => !document.querySelector('.skel, [aria-busy="true"], body[data-asking]'));
  await quiet(page);
  const url = new URL(page.url());
  // An address that means nothing, or a day that the record does not reach, has a note instead of a picture.
  if (await page.locator('.note.bad, .unrecorded').count()) return;
  if (url.pathname === '/explore' && ['map', null].includes(url.searchParams.get('view'))) await page.waitForSelector('body[data-map="ready"]', { timeout: 20_000 });
  // A network's nodes are still being placed when its list is there.
  if (url.pathname === '/explore' && url.searchParams.get('view') === 'network' && (await page.locator('.nodes li').count()) > 0) await page.waitForSelector('body[data-network="ready"]');
  await page.evaluate(() => document.fonts.ready);
}
