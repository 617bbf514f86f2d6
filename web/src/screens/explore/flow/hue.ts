// The class that colours a node of a flow: a family's own; grey what is gathered; hatched who has no sector.
import { family, type Family } from '../../../families.ts';
import type { Node } from './graph.ts';

export type Hue = Family | 'other';

/** Of sectors, and of what stands for several or for none of them. */
export function hueOf({ special, family: code }: Pick<Node, 'special' | 'family'>): Hue {
  return special === 'other' ? 'other' : family(code);
}

/** Of any node: elsewhere than among sectors hatching says "inferred", so what stands for several or for none is grey there. */
export function nodeClass({ level, special, family: code }: Pick<Node, 'level' | 'special' | 'family'>): string {
  if (special === 'inferred') return 'nd guess';
  if (level === 'SECTOR') return `nd ${hueOf({ special, family: code })}`;
  return special && level !== 'PUBLISHER' ? 'nd other' : 'nd';
}
