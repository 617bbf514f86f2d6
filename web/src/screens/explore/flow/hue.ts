// The class that colours a node of a flow: a family's own; grey what is gathered; hatched what has no name in the record.
import { family, type Family } from '../../../families.ts';
import type { Node } from './graph.ts';

export type Hue = Family | 'other';

/** Of sectors, and of what stands for several or for none. */
export function hueOf({ special, family: code }: Pick<Node, 'special' | 'family'>): Hue {
  return special === 'other' ? 'other' : family(code);
}
