// What a value of a facet is called away from the rail, where its head is not seen.
import { t } from '../../i18n.ts';
import { ANY } from './choices.ts';
import { UNSPECIFIED, type Section, type Value } from './facets.ts';

/** One that says why there is none names what is missing: alone it could be of anything. One whose name is still on its way
 *  (`isOpen`) is named by its filter: its code would say nothing. */
export function valueName(section: Section | undefined, values: Value[], value: string, isOpen = false): string {
  const found = values.find((one) => one.value === value);
  if (!found && isOpen && section && value !== ANY) return `${t(section.label)}…`;
  const label = value === ANY ? t('facet.unknown') : found?.label ?? value;
  const isGap = value === ANY || value === UNSPECIFIED || (found?.missing ?? null) !== null;
  return isGap && section ? `${t(section.label)}: ${label}` : label;
}
