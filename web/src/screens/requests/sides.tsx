// Whose need it is: the heat of what is asked, by sector of those who ask. The rows add up to the whole.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { t } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import type { RequestBoardData } from '../../queries/generated/request.ts';
import { toTenth } from '../../rounding.ts';
import { Bars, type BarRow } from '../../widgets/bars.tsx';

export function Sides({ demand }: { demand: RequestBoardData['demand'] }): VNode | null {
  const rows = new Map<string, BarRow>();
  for (const { side, sector, heat } of demand.cells) {
    const key = sector?.code ?? side;
    const label = sector?.label ?? t(side === 'PERSONS' ? 'requests.bySide' : 'requests.noSector');
    const row = rows.get(key) ?? { key, label, text: label, value: 0, apart: !sector, look: sector || side === 'PERSONS' ? undefined : 'hatch', href: sector ? href({ ...at({ screen: 'requests' }), filter: { sector: [sector.code] } }) : undefined };
    rows.set(key, { ...row, value: row.value + heat });
  }
  const list = [...rows.values()].map((row) => ({ ...row, value: toTenth(row.value) }));
  if (list.every((row) => row.value === 0)) return null;
  list.sort((a, b) => Number(a.apart) - Number(b.apart) || b.value - a.value);
  return (
    <section class="sec" aria-labelledby="sides">
      <header><h2 id="sides">{t('requests.cells')}</h2><p>{t('requests.cellsNote')}</p></header>
      <Bars kind="wide" rows={list} caption={t('requests.cells')} columns={{ label: t('publisher.sector'), value: t('requests.column.heat') }} />
    </section>
  );
}
