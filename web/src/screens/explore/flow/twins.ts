// Datasets of one title, told apart by who publishes them.
import { short } from '../../../names.ts';
import type { FlowAnswer } from './graph.ts';

/** By the key of a dataset: the short name of its publisher. */
export type Bodies = Map<string, string | undefined>;

/** Those that share their title with another of the picture. */
export function twinsOf({ nodes }: FlowAnswer): Bodies {
  const datasets = nodes.filter((one) => one.level === 'DATASET' && one.special === null);
  const titleOf = (label: string): string => label.trim().toLocaleLowerCase();
  const isTwin = ({ key, label }: (typeof datasets)[number]): boolean => datasets.some((other) => other.key !== key && titleOf(other.label) === titleOf(label));
  return new Map(datasets.filter(isTwin).map(({ key, publisher }) => [key, publisher ? short(publisher) : undefined]));
}
