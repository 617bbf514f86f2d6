// Pictures of every screen, in both languages, both themes and both widths, into web/shots. Against
// OD100_TEST_URL, or without one against the mock server over the last build. `--readme` takes the two of the README
// instead, into docs/pictures.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, open, settled, visit } from './browser.mjs';

const target = fileURLToPath(new URL('../../web/shots', import.meta.url));
const server = process.env.OD100_TEST_URL ? { url: process.env.OD100_TEST_URL.replace(/\/$/, ''), close: () => {} } : await (await import('./mock.mjs')).serve();
const readme = process.argv.includes('--readme');
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));

/** A name for each screen, and where the record's own addresses are found. */
async function screens(page) {
  await visit(page, server.url, '/?lang=en');
  const first = async (selector) => page.getAttribute(selector, 'href').catch(() => null);
  const organisation = await first('.door a[href^="/organisations/"]');
  const publisher = await first('.door a[href^="/publishers/"]');
  await visit(page, server.url, '/datasets?lang=en');
  const dataset = await first('main a[href^="/datasets/"]');
  await visit(page, server.url, organisation ?? '/');
  const sector = await first('main a[href^="/sectors/"]');
  await visit(page, server.url, '/method?lang=en');
  const study = await first('main a[href^="/studies/"]');
  const wave = await first('main a[href^="/waves/"]');
  await visit(page, server.url, study ?? '/');
  const area = await first('main a[href^="/areas/"]');
  await visit(page, server.url, '/requests?lang=en');
  const request = await first('main .asked a.nm');
  const path = (address) => address?.split('?')[0];
  return Object.entries({
    home: '/', map: '/explore', table: '/explore?view=table', filtered: '/explore?family=data', states: '/explore?layer=areas', flow: '/explore?view=flow', 'flow-long': '/explore?view=flow&form=long', 'flow-matrix': '/explore?view=flow&form=matrix', 'flow-chord': '/explore?view=flow&form=chord', 'flow-opened': '/explore?view=flow&skip=10', network: '/explore?view=network', 'network-steps': '/explore?view=network&depth=1&colour=steps', nothing: '/explore?q=zzzzzz',
    organisation: path(organisation), publisher: path(publisher), publishers: '/publishers', datasets: '/datasets', requests: '/requests', request: path(request), dataset: path(dataset), sector: path(sector), sdg: '/sdgs/4', area: path(area), study: path(study), wave: path(wave), schemes: '/schemes', scheme: '/schemes/od500_social_impact', about: '/about', method: '/method', missing: '/publishers/nobody-of-that-name',
  }).filter(([name, address]) => address && (only.length === 0 || only.includes(name)));
}

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
  server.close();
  process.exit(0);
}
if (only.length === 0) rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
let bad = 0;
try {
  const scout = await open(browser, server.url);
  const list = await screens(scout.page);
  await scout.close();
  const wish = process.env.OD100_SHOTS?.split(',');
  for (const lang of ['en', 'es']) {
    for (const theme of ['light', 'dark']) {
      for (const width of [1280, 390]) {
        if (wish && !wish.includes(`${lang}-${theme}-${width}`)) continue;
        const { page, faults, close } = await open(browser, server.url, { width, height: width === 390 ? 844 : 900, theme, lang });
        for (const [name, address] of list) {
          const file = `${name}-${lang}-${theme}-${width}.png`;
          try {
            await visit(page, server.url, `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
            await settled(page);
            const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            if (wider > 0) console.log(`${file}: ${wider} px wider than the window`);
            // A canvas is not redrawn while a picture of the whole page is taken, nor are rows drawn that were out of sight: the window grows first.
            const height = await page.evaluate(() => document.documentElement.scrollHeight);
            if (['map', 'filtered', 'states', 'network', 'network-steps', 'table'].includes(name)) {
              await page.setViewportSize({ width, height: Math.min(height, 6000) });
              await page.waitForTimeout(600);
            }
            await page.screenshot({ path: `${target}/${file}`, fullPage: true });
            await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
          } catch (error) {
            bad += 1;
            console.log(`${file}: ${error.message.split('\n')[0]}`);
          }
          for (const fault of faults.splice(0)) console.log(`${file}: ${fault}`);
        }
        await close();
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
console.log(`pictures in ${target}`);
process.exitCode = bad > 0 ? 1 : 0;
