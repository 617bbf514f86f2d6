// How symbols are called in the language in use.
import { number, t, tn } from '../../../i18n.ts';
import type { Share, Words } from './naming.ts';

export const WORDS: Words = { number, part: (count, all) => t('map.ofAll', { count: number(count), all: number(all) }), more: (area, others) => tn('map.inAreas', others, { area }) };

/** What is written beside a circle that holds a part of its state, explained by one of them. */
export function partKey({ count, all }: Share): string {
  return t('map.partKey', { part: WORDS.part(count, all), count: number(count), all: number(all) });
}
