// The link beside a table that saves it as it stands.
import type { VNode } from 'preact';
import { filterWords, type Address } from '../../../address.ts';
import { t } from '../../../i18n.ts';
import { save } from '../../../save.ts';
import { meta } from '../../../record.ts';
import type { Figure } from '../../../widgets/figure.tsx';
import { credited } from './row-credit.ts';
import { csv } from './rows.ts';

/** The chapters that a figure is of. */
export function chaptersOf({ waves }: Pick<Figure, 'waves'>): string[] {
  return waves.map((wave) => wave.study.chapter);
}

export function CsvLink({ name, here, figure, rows }: { name: string; here: Address; figure: Pick<Figure, 'waves'>; rows: () => (string | number)[][] }): VNode {
  return <span class="small no-print"><button type="button" class="link" onClick={() => save(`${name}.csv`, 'text/csv', csv(credited(rows(), chaptersOf(figure), { sources: meta.value?.chapters ?? [], filters: filterWords(here.filter) })))}>{t('download.tableCsv')}</button></span>;
}
