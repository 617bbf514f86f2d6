// What axe finds on a page, in one line each.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AxeBuilder } from './browser.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export async function violations(page) {
  // The builder gathers frames, for which it opens a page of its own each time; a page without any is asked itself.
  const found = (await page.locator('iframe').count()) > 0 ? (await new AxeBuilder({ page }).withTags(TAGS).analyze()).violations : await alone(page);
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary?.split('\n')[1]?.trim()})`).slice(0, 3).join(' | ')}`);
}

/** All rules of the tags over one document; the source of axe is put in once for as long as it stands. */
async function alone(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${SOURCE}; undefined`);
  return page.evaluate(async (tags) => {
    const { violations: list } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return list.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) }));
  }, TAGS);
}
