// A network as two tables: its nodes, and its links, which name their ends by the key and the label of the nodes.
import type { NetworkAnswer } from '../network/net.ts';
import type { Cell } from './made.ts';

const NODES = ['key', 'kind', 'slug', 'label', 'label_lang', 'acronym', 'family', 'depth', 'size'];
const LINKS = ['source', 'source_label', 'target', 'target_label', 'grade'];

export function nodeRows({ nodes }: Pick<NetworkAnswer, 'nodes'>): Cell[][] {
  return [NODES, ...nodes.map((one) => [one.key, one.kind, one.slug, one.label, one.labelLang, one.acronym, one.family, one.depth, one.size])];
}

export function linkRows({ nodes, links }: Pick<NetworkAnswer, 'nodes' | 'links'>): Cell[][] {
  const label = new Map(nodes.map((one) => [one.key, one.label]));
  // Between a dataset and its publisher there is no claim and so no grade.
  return [LINKS, ...links.map((one) => [one.source, label.get(one.source) ?? null, one.target, label.get(one.target) ?? null, one.grade])];
}
