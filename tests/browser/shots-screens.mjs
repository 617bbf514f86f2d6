// What pictures are made of: every public screen in the states that a reader meets. Each has an address; some need a
// hand (`act`), another medium (`print`) or no script (`plain`).
import { visit } from './browser.mjs';

/** The records that the pictures show, by the links that lead to them. */
export async function records(page, base) {
  const first = async (from, selector) => {
    await visit(page, base, from);
    return (await page.getAttribute(selector, 'href', { timeout: 2000 }).catch(() => null))?.split('?')[0];
  };
  const organisation = await first('/?lang=en', '.door a[href^="/organisations/"]');
  const study = await first('/method?lang=en', 'main a[href^="/studies/"]');
  return {
    organisation,
    study,
    publisher: await first('/?lang=en', '.door a[href^="/publishers/"]'),
    dataset: await first('/datasets?lang=en', 'main a[href^="/datasets/"]'),
    sector: await first(organisation ?? '/', 'main a[href^="/sectors/"]'),
    wave: await first('/method?lang=en', 'main a[href^="/waves/"]'),
    area: await first(study ?? '/', 'main a[href^="/areas/"]'),
    request: await first('/requests?lang=en', 'main .asked a.nm'),
  };
}

/** Every screen: its name, its address, and what else it takes. */
export function screens(of) {
  const at = (address, rest = {}) => (address ? { address, ...rest } : undefined);
  const all = {
    home: at('/'),
    map: at('/explore', { tall: true }),
    filtered: at('/explore?family=data', { tall: true }),
    'map-two': at('/explore?family=data,research&grade=D', { tall: true }),
    states: at('/explore?layer=areas', { tall: true }),
    'map-paper': at('/explore', { webgl: false }),
    table: at('/explore?view=table', { tall: true }),
    'table-filtered': at('/explore?view=table&family=research', { tall: true }),
    flow: at('/explore?view=flow'),
    'flow-filtered': at('/explore?view=flow&family=data'),
    'flow-long': at('/explore?view=flow&form=long'),
    'flow-matrix': at('/explore?view=flow&form=matrix'),
    'flow-chord': at('/explore?view=flow&form=chord'),
    'flow-opened': at('/explore?view=flow&skip=10'),
    network: at('/explore?view=network', { tall: true }),
    'network-steps': at('/explore?view=network&depth=1&colour=steps', { tall: true }),
    nothing: at('/explore?q=zzzzzz'),
    'nothing-table': at('/explore?view=table&q=zzzzzz'),
    'not-a-word': at('/explore?publisher=nope'),
    organisation: at(of.organisation),
    publisher: at(of.publisher),
    publishers: at('/publishers'),
    datasets: at('/datasets'),
    dataset: at(of.dataset),
    sector: at(of.sector),
    sdg: at('/sdgs/4'),
    area: at(of.area),
    study: at(of.study),
    wave: at(of.wave),
    method: at('/method'),
    about: at('/about'),
    schemes: at('/schemes'),
    scheme: at('/schemes/od500_social_impact'),
    requests: at('/requests'),
    'requests-none': at('/requests?q=zzzzzz'),
    request: at(of.request),
    ask: at('/requests/new', { bare: true }),
    report: at('/report?about=/about', { bare: true }),
    history: at(of.organisation && `${of.organisation}/history`, { bare: true }),
    missing: at('/publishers/nobody-of-that-name'),
    search: at('/', { act: async (page, { width }) => {
      if (width < 900) await page.locator('.top button.icon').last().click();
      else await page.keyboard.press('/');
      await page.locator(width < 900 ? '.menu input' : '.top input').first().fill('sal');
      await page.waitForSelector('[role="option"]');
    } }),
    menu: at('/about', { only: 390, act: (page) => page.locator('.top button.icon').last().click() }),
    sheet: at('/explore', { only: 390, act: (page) => page.locator('.filterbar button').first().click() }),
    download: at('/explore?view=flow', { act: async (page) => {
      await page.locator('.tools > button[aria-haspopup="dialog"]').click();
      await page.waitForSelector('dialog .cite');
    } }),
    columns: at('/explore?view=table', { only: 1280, act: async (page) => {
      await page.locator('.drop > summary').click();
      await page.locator('.drop-box').waitFor();
    } }),
    twin: at(of.publisher, { act: async (page) => {
      for (const one of await page.locator('main summary').all()) await one.click();
      await page.locator('.figline button').first().click();
    } }),
    failed: at(of.publisher, { act: async (page) => {
      await page.route('**/graphql?**', (route) => route.fulfill({ status: 502, contentType: 'text/plain', body: 'no' }));
      await page.reload();
      await page.waitForSelector('main [role="alert"]');
    } }),
    'offline': at('/explore?view=table', { act: async (page) => {
      for (const asked of ['**/graphql?**', '**/readyz']) await page.route(asked, (route) => route.abort('internetdisconnected'));
      await page.reload();
      await page.waitForSelector('main [role="alert"]');
    } }),
    loading: at(of.publisher, { act: async (page) => {
      await page.route('**/graphql?**', () => new Promise(() => {}));
      await page.reload();
      await page.waitForSelector('main .skel');
    } }),
    'embed-map': at('/embed/map', { bare: true }),
    'embed-flow': at('/embed/flow', { bare: true }),
    'embed-sectors': at('/embed/sectors', { bare: true }),
    'embed-publishers': at('/embed/publishers', { bare: true }),
  };
  for (const name of ['map', 'flow', 'table', 'organisation', 'publisher', 'dataset', 'sdg', 'requests', 'method']) if (all[name]) all[`print-${name}`] = { address: all[name].address, print: true, only: 1280 };
  for (const name of ['home', 'map', 'flow', 'table', 'organisation', 'publisher', 'publishers', 'datasets', 'dataset', 'sector', 'sdg', 'area', 'study', 'wave', 'method', 'about', 'schemes', 'scheme', 'requests', 'request', 'missing']) if (all[name]) all[`plain-${name}`] = { address: all[name].address, plain: true, bare: true };
  return Object.entries(all).filter(([, one]) => one);
}
