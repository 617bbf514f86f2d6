// What axe finds on a page, in one line each.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AxeBuilder } from './browser.mjs';

const EVERYTHING = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
/** The rules whose outcome depends on colours: all that a change of theme can alter. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const violations = (page) => found(page, EVERYTHING);

/** What axe finds in the colours of a page that was examined whole in another theme. */
export const faultsOfColour = (page) => found(page, COLOURS);

async function found(page, rules) {
  // The builder gathers frames, for which it opens a page of its own each time; a page without any is asked itself.
  const framed = (await page.locator('iframe').count()) > 0;
  const list = framed ? (await new AxeBuilder({ page }).options({ runOnly: rules }).analyze()).violations : await alone(page, rules);
  return list.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary?.split('\n')[1]?.trim()})`).slice(0, 3).join(' | ')}`);
}

/** The rules over one document; the source of axe is put in once for as long as it stands. */
async function alone(page, rules) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${SOURCE}; undefined`);
  return page.evaluate(async (runOnly) => {
    const { violations: list } = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
    return list.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) }));
  }, rules);
}
