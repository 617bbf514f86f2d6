// How symbols are called in the language in use.
import { number, t, tn } from '../../../i18n.ts';
import type { Words } from './naming.ts';

export const WORDS: Words = { number, part: (count, all) => t('map.ofAll', { count: number(count), all: number(all) }), more: (area, others) => tn('map.inAreas', others, { area }) };
