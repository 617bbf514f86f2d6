// What axe finds on a page, in one line each.
import { AxeBuilder } from './browser.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function violations(page) {
  const { violations: list } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return list.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary?.split('\n')[1]?.trim()})`).slice(0, 3).join(' | ')}`);
}
