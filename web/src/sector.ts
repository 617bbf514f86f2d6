// The sector of an organisation in words, or why it has none.
import { t } from './i18n.ts';
import type { Missing } from './queries/generated/schema.ts';

interface Sectored {
  sector: { label: string } | null;
  sectorText: string | null;
  sectorMissing: Missing | null;
}

export function sectorOf({ sector, sectorText, sectorMissing }: Sectored): string {
  return sector?.label ?? sectorText ?? t('sector.reason', { reason: t(`missing.${sectorMissing ?? 'DONT_KNOW'}`) });
}
