// What the nodes of a flow are called, and where pressing one leads.
import { looked, narrowed, toggled, type Address, type Facet } from '../../../address.ts';
import { t, tn, type Counted, type Key } from '../../../i18n.ts';
import { said, short, type Said } from '../../../names.ts';
import type { FlowLevel } from '../../../queries/generated/schema.ts';
import type { Node } from './graph.ts';

const OTHERS: Record<FlowLevel, Counted> = { PUBLISHER: 'flow.otherPublishers', DATASET: 'flow.otherDatasets', SECTOR: 'flow.otherSectors', SDG: 'flow.otherGoals' };
const WITHOUT: Partial<Record<FlowLevel, Key>> = { SECTOR: 'family.none', SDG: 'flow.noGoal' };
const FACET: Record<FlowLevel, Facet> = { PUBLISHER: 'publisher', DATASET: 'dataset', SECTOR: 'sector', SDG: 'sdg' };

/** The heads of the columns. */
export const HEADS: Record<FlowLevel, Key> = { PUBLISHER: 'flow.headPublisher', DATASET: 'flow.headDataset', SECTOR: 'flow.headSector', SDG: 'flow.headGoal' };

/** The levels by name, where there are more than two. */
export const NAMES: Record<FlowLevel, Key> = { PUBLISHER: 'flow.namePublisher', DATASET: 'flow.headDataset', SECTOR: 'flow.nameSector', SDG: 'flow.headGoal' };

/** The name of a level with these nodes: goals that are inferred are not announced as declared. */
export function named(level: FlowLevel, nodes: Node[] = []): Key {
  return nodes.some((one) => one.special === 'inferred') ? 'flow.headGoalInferred' : NAMES[level];
}

/** What stands for the rest of a level in a row of its own: how many the level has is not how many the row has. */
const REST: Record<FlowLevel, Key> = { PUBLISHER: 'flow.restPublishers', DATASET: 'flow.restDatasets', SECTOR: 'flow.otherSectors', SDG: 'flow.restGoals' };

/** What a node is called in a row that counts one of its links. */
export function rowName(node: Node): string {
  return node.special === 'other' ? t(REST[node.level]) : nodeName(node);
}

export function nodeName(node: Node): string {
  if (node.special === 'unspecified') return node.publisher ? t('flow.noDataset', { name: short(node.publisher) }) : tn('flow.noDatasetOthers', node.folded);
  if (node.special === 'other') return tn(OTHERS[node.level], node.folded);
  if (node.special === 'unclassified') return t(WITHOUT[node.level] ?? 'family.none');
  if (node.level === 'SDG') return t('flow.goal', { number: wordOf(node).replace('inferred:', ''), name: node.label });
  if (node.level === 'DATASET') return node.body ? `${node.label} (${node.body})` : node.label;
  return node.publisher ? short(node.publisher) : node.label;
}

/** The whole name of what is called by less; undefined where nothing is left out. */
export function wholeName(node: Node): string | undefined {
  const name = node.special === null && node.level === 'PUBLISHER' ? node.publisher?.name : undefined;
  return name === nodeName(node) ? undefined : name;
}

/** The language of a name that was recorded; interface words have that of the page. */
export function nodeLang(node: Node): string | undefined {
  if (node.special !== null) return undefined;
  return node.level === 'DATASET' ? node.labelLang : node.publisher?.nameLang;
}

/** The recorded names within the words for a node that has none of its own. */
export function namesWithin(node: Node): Said[] {
  return node.special === 'unspecified' && node.publisher ? [said(node.publisher)] : [];
}

/** What a filter calls it. */
export function wordOf(node: Node): string {
  return node.key.slice(node.key.indexOf(':') + 1);
}

/** How many are passed over at each level. */
export function skips(here: Address): number[] {
  return (here.look.skip ?? '').split(',').map((one) => Math.max(0, Math.trunc(Number(one)) || 0));
}

export function opened(here: Address, column: number, by: number): Address {
  const skip = skips(here);
  while (skip.length <= column) skip.push(0);
  skip[column] = (skip[column] ?? 0) + by;
  return looked(here, { skip: skip.join(',') });
}

/** Where a press leads: "others" open, everything else is put into the filter or taken out of it. */
export function pressed(here: Address, node: Node, top: number): Address | undefined {
  if (node.special === 'other') return opened(here, node.column, top);
  if (node.special === 'unspecified') return node.publisher ? toggled(here, 'publisher', node.publisher.slug) : undefined;
  if (node.special === 'unclassified') return toggledAll(here, FACET[node.level], node.level === 'SECTOR' ? ['unknown', 'unlisted'] : ['unknown']);
  // What a goal is filtered by is declared.
  if (node.special === 'inferred') return undefined;
  // A level of government is no publisher that could be filtered by.
  if (node.level === 'PUBLISHER' && !node.publisher) return undefined;
  return toggled(here, FACET[node.level], wordOf(node));
}

function toggledAll(here: Address, facet: Facet, values: string[]): Address {
  const now = here.filter[facet] ?? [];
  const all = values.every((one) => now.includes(one));
  return narrowed(here, facet, all ? now.filter((one) => !values.includes(one)) : [...now, ...values]);
}

/** What Escape takes back: what was opened, else the filters that pressing nodes of these levels sets. */
export function takenBack(here: Address, levels: FlowLevel[]): Address {
  if (here.look.skip) return looked(here, { skip: undefined });
  return levels.reduce((address, level) => narrowed(address, FACET[level], []), here);
}
