// Organisations by sector as bars. Why a sector is not known has a shape of its own, and who was not asked has no bar;
// embedded pages draw the same (`src/http/page/embed_charts.rs`).
import { family } from '../families.ts';
import type { BarRow, Look } from './bars.tsx';

interface SectorRow {
  value: string;
  label: string;
  count: number;
  family?: string | null;
  missing?: string | null;
}

/** What a bar of a missing value looks like. */
export function lookOf(missing: string | null | undefined): Look | undefined {
  if (!missing) return undefined;
  if (missing === 'NOT_ASKED') return 'nobar';
  if (missing === 'NOT_APPLICABLE') return 'apply';
  return missing === 'SUPPRESSED' ? 'held' : 'hatch';
}

/** The bars of counted sectors, in the order given. */
export function sectorBars(rows: SectorRow[], hrefOf: (row: SectorRow) => string | undefined, wholes?: Map<string, number>): BarRow[] {
  return rows.map((row) => ({
    key: row.value,
    label: row.label,
    text: row.label,
    value: row.count,
    of: wholes?.get(row.value),
    family: row.missing ? 'none' : family(row.family),
    look: lookOf(row.missing),
    href: hrefOf(row),
  }));
}
