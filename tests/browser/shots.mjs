// Pictures of every screen, in both languages, both themes and both widths, into web/shots. Against
// the server that OD100_TEST_URL names (`.ci/browser shots` starts one). Names of screens take those alone;
// OD100_TEST_SHOTS=en-light-1280,… those looks; OD100_TEST_SHOTS_TO names another folder. `--readme` takes the two of the README
// instead, into docs/pictures.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, open, visit } from './browser.mjs';
import { records, screens } from './shots-screens.mjs';
import { site } from './site.mjs';

const target = process.env.OD100_TEST_SHOTS_TO ?? fileURLToPath(new URL('../../web/shots', import.meta.url));
const server = site();
const readme = process.argv.includes('--readme');
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));

/** The first view of map and flow, at the size in which the README shows them. */
async function readmePictures() {
  const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const { page, close } = await open(browser, server.url, { width: 1280, height: 940 });
  for (const [name, address] of [['map', '/explore'], ['flow', '/explore?view=flow']]) {
    await visit(page, server.url, `${address}${address.includes('?') ? '&' : '?'}lang=en`);
    await page.waitForTimeout(600);
    await page.screenshot({ path: `${folder}/${name}.png` });
  }
  await close();
}

const browser = await launch();
if (readme) {
  await readmePictures();
  await browser.close();
  process.exit(0);
}
if (only.length === 0 && !process.env.OD100_TEST_SHOTS) rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
let bad = 0;

/** One picture, in a window of its own where it needs another sort of browser. */
async function take(page, name, one, { lang, theme, width }) {
  const file = `${name}-${lang}-${theme}-${width}.png`;
  const high = width === 390 ? 844 : 900;
  const address = `${one.address}${one.address.includes('?') ? '&' : '?'}lang=${lang}`;
  if (one.bare) {
    await page.goto(server.url + address);
    await page.waitForSelector('h1');
    await page.evaluate(() => document.fonts.ready);
  } else await visit(page, server.url, address);
  await one.act?.(page, { width });
  if (one.print) {
    // What a page prepares for its print, such as a map of paper, it does when it is told.
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    // The width of a sheet of A4 within its margins.
    await page.setViewportSize({ width: 673, height: 950 });
    await page.waitForTimeout(300);
  }
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wider > 0) console.log(`${file}: ${wider} px wider than the window`);
  // A canvas is not redrawn while a picture of the whole page is taken, nor are rows drawn that were out of sight: the window grows first.
  if (one.tall) {
    await page.setViewportSize({ width, height: Math.min(await page.evaluate(() => document.documentElement.scrollHeight), 6000) });
    await page.waitForTimeout(600);
  }
  await page.screenshot({ path: `${target}/${file}`, fullPage: true });
  if (one.tall) await page.setViewportSize({ width, height: high });
}

/** All pictures of one look. */
async function takeAll(list, look) {
  const { lang, theme, width } = look;
  const size = { ...look, height: width === 390 ? 844 : 900 };
  const shared = await open(browser, server.url, size);
  for (const [name, one] of list) {
    if (one.only && one.only !== width) continue;
    const file = `${name}-${lang}-${theme}-${width}.png`;
    const own = one.act || one.print || one.plain || one.webgl === false ? await open(browser, server.url, { ...size, webgl: one.webgl, script: !one.plain }) : undefined;
    try {
      await take((own ?? shared).page, name, one, look);
    } catch (error) {
      bad += 1;
      console.log(`${file}: ${error.message.split('\n')[0]}`);
    }
    const faults = (own ?? shared).faults.splice(0);
    // What a state is made of is no fault.
    if (!own || one.print) for (const fault of faults) console.log(`${file}: ${fault}`);
    await own?.close();
  }
  await shared.close();
}

try {
  const scout = await open(browser, server.url);
  const list = screens(await records(scout.page, server.url)).filter(([name]) => only.length === 0 || only.includes(name));
  await scout.close();
  const wish = process.env.OD100_TEST_SHOTS?.split(',');
  for (const lang of ['en', 'es']) for (const theme of ['light', 'dark']) for (const width of [1280, 390]) if (!wish || wish.includes(`${lang}-${theme}-${width}`)) await takeAll(list, { lang, theme, width });
} finally {
  await browser.close();
}
console.log(`pictures in ${target}`);
process.exitCode = bad > 0 ? 1 : 0;
