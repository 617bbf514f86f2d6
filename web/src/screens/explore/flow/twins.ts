// Datasets of one title, told apart by who publishes them, as far as the flow itself says.
import { short } from '../../../names.ts';
import type { FlowAnswer } from './graph.ts';

/** By the key of a dataset: the short name of its publisher; undefined where the flow does not lead to it. */
export type Bodies = Map<string, string | undefined>;

/** Those that share their title with another of the picture. */
export function twinsOf({ nodes, cells }: FlowAnswer): Bodies {
  const datasets = nodes.filter((one) => one.level === 'DATASET' && one.special === null);
  const titleOf = (label: string): string => label.trim().toLocaleLowerCase();
  const isTwin = ({ key, label }: (typeof datasets)[number]): boolean => datasets.some((other) => other.key !== key && titleOf(other.label) === titleOf(label));
  const publishers = new Map(nodes.flatMap((one) => (one.level === 'PUBLISHER' && one.publisher ? [[one.key, one.publisher] as const] : [])));
  const bodyOf = (key: string): string | undefined => {
    const from = cells.filter((one) => one.target === key).map((one) => publishers.get(one.source));
    const [body] = from;
    return from.length === 1 && body ? short(body) : undefined;
  };
  return new Map(datasets.filter(isTwin).map(({ key }) => [key, bodyOf(key)]));
}
