// A headless Chromium for the journeys and the pictures: it watches for what no page may do.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));
export const { chromium } = require('playwright-core');
export const { default: AxeBuilder } = require('@axe-core/playwright');

const FLAGS = ['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

export function launch() {
  return chromium.launch({ executablePath: process.env.OD100_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/**
 * A page that records its own faults: errors on the console, requests that failed, requests to
 * another host. `faults` stays empty on a page that behaves.
 */
export async function open(browser, base, { width = 1280, height = 900, theme = 'light', lang = 'en', webgl = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale: lang === 'es' ? 'es-MX' : 'en-GB', reducedMotion: 'reduce', ...(width < 500 ? { hasTouch: true } : {}) });
  const page = await context.newPage();
  const faults = [];
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
  return { page, faults, close: () => context.close() };
}

/** Goes to an address and waits until its screen is drawn: heading there, nothing loading, map idle. */
export async function visit(page, base, address) {
  await page.goto(base + address);
  await settled(page);
}

export async function settled(page) {
  await page.waitForSelector('#app:not([hidden]) main h1');
  await page.waitForFunction(() => !document.querySelector('.skel, [aria-busy="true"], body[data-asking]'));
  await page.waitForLoadState('networkidle');
  const url = new URL(page.url());
  // An address that means nothing has a note instead of a picture.
  if (await page.locator('.note.bad').count()) return;
  if (url.pathname === '/explore' && ['map', null].includes(url.searchParams.get('view'))) await page.waitForSelector('body[data-map="ready"]', { timeout: 20_000 });
  // A network's nodes are still being placed when its list is there.
  if (url.pathname === '/explore' && url.searchParams.get('view') === 'network' && (await page.locator('.nodes li').count()) > 0) await page.waitForSelector('body[data-network="ready"]');
  await page.evaluate(() => document.fonts.ready);
}
