// The sheet of marks and widgets, built apart: axe finds nothing on it in either theme or width, and no
// release holds it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from './axe.mjs';
import { launch, open } from './browser.mjs';

const web = fileURLToPath(new URL('../../web', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

let built;
let server;
let url;
let browser;
before(async () => {
  built = mkdtempSync(join(tmpdir(), 'od100-look-'));
  execFileSync(process.execPath, [join(web, 'node_modules/vite/bin/vite.js'), 'build', '--mode', 'look', '--outDir', built, '--emptyOutDir', '--logLevel', 'error'], { cwd: web, stdio: ['ignore', 'ignore', 'inherit'] });
  server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const file = join(built, path === '/look' ? 'look.html' : path);
    if (!existsSync(file)) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
  if (built) rmSync(built, { recursive: true, force: true });
});

for (const theme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    test(`marks and widgets, ${theme}, ${width}`, async () => {
      const { page, faults, close } = await open(browser, url, { theme, width });
      await page.goto(`${url}/look`);
      await page.waitForSelector('body[data-look="ready"] .netsvg');
      await page.waitForSelector('.look .st');
      assert.deepEqual(await violations(page), []);
      assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, 'wider than the window');
      // Each mark that a style sheet draws has a colour of its own theme.
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(paper, theme === 'dark' ? 'rgb(21, 24, 27)' : 'rgb(251, 250, 247)');
      assert.deepEqual(faults, []);
      await close();
    });
  }
}

test('what is released does not have the sheet', () => {
  const names = readdirSync(join(web, 'dist'), { recursive: true });
  assert.ok(names.length > 10);
  assert.deepEqual(names.filter((name) => /look/i.test(name)), []);
  for (const name of names.filter((one) => one.endsWith('.js'))) assert.ok(!readFileSync(join(web, 'dist', name), 'utf8').includes('Marks and widgets'), name);
});
