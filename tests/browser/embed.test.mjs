// Embedded pictures in the page of somebody else: another port of this machine is another origin. They are
// drawn without script, read without sight, and fit; axe finds nothing in them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { launch, open, visit } from './browser.mjs';
import { site } from './site.mjs';

const KINDS = ['map', 'flow', 'sectors', 'publishers'];
const LOOKS = [
  { lang: 'en', theme: 'light', width: 1280 },
  { lang: 'es', theme: 'dark', width: 1280 },
  { lang: 'es', theme: 'light', width: 320 },
  { lang: 'en', theme: 'dark', width: 320 },
];
const HEADLINES = { en: /^\d[\d,]* organisations? reuses? government data$/, es: /^\d[\d,]* organizaci(ón|ones) reutilizan? datos del gobierno$/ };

/** As in the code that the explorer gives. */
const SANDBOX = 'sandbox="allow-popups allow-popups-to-escape-sandbox"';

let server;
let browser;
let host;
let theirs;
before(async () => {
  server = site();
  browser = await launch();
  host = createServer((request, response) => {
    const { searchParams: asked } = new URL(request.url, 'http://localhost');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>A page of somebody else</h1>
<iframe src="${server.url}${asked.get('frame')?.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" title="Open Data 100" width="100%" height="640" ${asked.has('sandboxed') ? SANDBOX : ''} style="border:0"></iframe></main></body></html>`);
  });
  await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
  theirs = `http://127.0.0.1:${host.address().port}`;
});
after(async () => {
  await browser?.close();
  host?.close();
});

/** The other page with a frame in it; its faults but for the frame's own requests. */
async function framed(address, look, sandboxed = false) {
  const { page, faults, close } = await open(browser, theirs, look);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${theirs}/?frame=${encodeURIComponent(address)}${sandboxed ? '&sandboxed' : ''}`);
  const frame = page.frames().find((one) => one !== page.mainFrame());
  assert.ok(frame, 'no frame');
  await frame.waitForSelector('h1');
  await page.waitForLoadState('networkidle');
  return { page, frame, close, asked, faults: () => faults.filter((fault) => !fault.startsWith(`foreign request: ${server.url}/`)) };
}

for (const { lang, theme, width } of LOOKS) {
  describe(`${lang}, ${theme}, ${width}`, () => {
    for (const kind of KINDS) {
      test(kind, async () => {
        const { page, frame, close, asked, faults } = await framed(`/embed/${kind}?lang=${lang}&theme=${theme}`, { width });
        try {
          assert.match(await frame.locator('h1').innerText(), HEADLINES[lang]);
          assert.equal(await frame.evaluate(() => document.documentElement.lang), lang);
          assert.equal(await frame.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, 'wider than its frame');
          assert.ok((await frame.locator('svg').count()) > 0);
          // The colours are those asked for, whatever the system has.
          const ground = await frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
          assert.equal(ground, theme === 'dark' ? 'rgb(21, 24, 27)' : 'rgb(251, 250, 247)');
          await frame.locator('summary').click();
          assert.ok((await frame.locator('tbody tr').count()) > 0);
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(faults(), []);
          const own = asked.filter((url) => url.startsWith(server.url)).map((url) => new URL(url).pathname);
          assert.deepEqual(own.filter((path) => !/^\/(embed\/|favicon|assets\/source-s[\w-]+\.woff2$)/.test(path)), [], 'a frame asks for its page, its style, their fonts and its icon');
          assert.deepEqual(await page.context().cookies(), []);
        } finally {
          await close();
        }
      });
    }
  });
}

test('without a theme the colours are those of the system', async () => {
  const { frame, close } = await framed('/embed/map?lang=en', { theme: 'dark' });
  assert.equal(await frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(21, 24, 27)');
  await close();
});

test('a frame needs none of what a sandbox takes away', async () => {
  const { frame, close, faults } = await framed('/embed/flow?lang=en&theme=dark', { width: 1280 }, true);
  assert.equal(await frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(21, 24, 27)', 'its style is there');
  assert.deepEqual(faults(), []);
  await close();
});

test('a frame stands in a page that lies in a folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'frame-'));
  writeFileSync(join(folder, 'page.html'), `<!doctype html><html lang="en"><title>A page</title><iframe src="${server.url}/embed/sectors?lang=en" title="Open Data 100"></iframe></html>`);
  const { page, close } = await open(browser, theirs);
  await page.goto(pathToFileURL(join(folder, 'page.html')).href);
  assert.match(await page.frameLocator('iframe').locator('h1').innerText(), HEADLINES.en);
  await close();
  rmSync(folder, { recursive: true });
});

test('the rest of the site stays out of frames', async () => {
  const { page, close } = await open(browser, theirs);
  await page.goto(`${theirs}/?frame=${encodeURIComponent('/explore')}`);
  await page.waitForLoadState('networkidle');
  const frame = page.frames().find((one) => one !== page.mainFrame());
  assert.equal(await frame?.locator('h1').filter({ hasText: /organi/ }).count(), 0);
  await close();
});

test('the explorer gives the code of a frame and shows how it looks', async () => {
  const { page, faults, close } = await open(browser, server.url, { width: 1280 });
  await visit(page, server.url, '/explore?view=flow&lang=en');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const panel = page.locator('.embedding');
  await panel.locator('input[value=sectors]').check();
  await panel.locator('input[value=dark]').check();
  const code = await panel.locator('pre').innerText();
  assert.ok(code.startsWith(`<iframe src="${server.url}/embed/sectors?lang=en&amp;theme=dark" title="`), code);
  assert.deepEqual(await violations(page), []);
  await panel.getByRole('button', { name: 'Show how it looks' }).click();
  const frame = panel.frameLocator('iframe');
  await frame.locator('h1').waitFor();
  assert.ok((await panel.locator('iframe').getAttribute('title'))?.includes('organisations'));
  assert.deepEqual(faults, []);
  await close();
});
