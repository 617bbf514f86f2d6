// The eight sector families and the order in which they are drawn. The family of a sector comes from
// the API; here are only what a picture needs to know about it.
import type { Key } from './i18n.ts';

export const FAMILIES = ['research', 'data', 'finance', 'business', 'media', 'land', 'place', 'public', 'none'] as const;
export type Family = (typeof FAMILIES)[number];

/** A family by its code; what is not classified, or not known here, is `none`. */
export function family(code: string | null | undefined): Family {
  return FAMILIES.find((one) => one === code) ?? 'none';
}

export function familyKey(code: Family): Key {
  return `family.${code}`;
}
