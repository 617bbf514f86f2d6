// How symbols are called in the language in use.
import { number, tn } from '../../../i18n.ts';
import type { Words } from './naming.ts';

export const WORDS: Words = { number, more: (area, others) => tn('map.inAreas', others, { area }) };
