// What a value of a facet is called away from the rail, where its head is not seen.
import { t } from '../../i18n.ts';
import { ANY } from './choices.ts';
import { UNSPECIFIED, type Section, type Value } from './facets.ts';

/** One that says why there is none names what is missing: alone it could be of anything. */
export function valueName(section: Section | undefined, values: Value[], value: string): string {
  const found = values.find((one) => one.value === value);
  const label = value === ANY ? t('facet.unknown') : found?.label ?? value;
  const isGap = value === ANY || value === UNSPECIFIED || (found?.missing ?? null) !== null;
  return isGap && section ? `${t(section.label)}: ${label}` : label;
}
