// What the explorer speaks of: the answer to its address, and until that is there, or where it does not come, the last one
// as it was. A sentence of half the old answer and half the new conditions would be true of neither.
import type { Filter } from '../../address.ts';
import type { ExploreFacetsData } from '../../queries/generated/explore.ts';
import type { Said } from '../../names.ts';
import type { FacetData } from './facets.ts';
import type { Part } from './parts.ts';

/** An answer with the conditions that it answers. */
export interface Whole {
  filter: Filter;
  answer: ExploreFacetsData;
  facets: FacetData[];
  parts: Part[];
  /** What narrows it, in the words of a sentence. */
  filters: string;
  /** What the selection answers. */
  sentence: string;
  /** What stood on the page: the sentence, or that of its picture. */
  title: string;
  /** The recorded names in it whose language is known. */
  names: Said[];
}

/** `isOpen`: the question has no answer yet; `isLost`: it has failed. What answers both is the last whole. */
export function told({ isOpen, isLost }: { isOpen: boolean; isLost: boolean }, now: Whole | undefined, last: Whole | undefined): Whole | undefined {
  return isOpen || isLost ? last : now;
}
