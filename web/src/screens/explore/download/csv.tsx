// The link beside a table that saves it as it stands.
import type { VNode } from 'preact';
import { t } from '../../../i18n.ts';
import { save } from '../../../save.ts';
import { csv } from './rows.ts';

export function CsvLink({ name, rows }: { name: string; rows: () => (string | number)[][] }): VNode {
  return <span class="small no-print"><button type="button" class="link" onClick={() => save(`${name}.csv`, 'text/csv', csv(rows()))}>{t('download.tableCsv')}</button></span>;
}
