// The table of the map: organisations per state, the numbers that its shades and symbols show.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Address } from '../../../address.ts';
import { apiFilter } from '../../../filter.ts';
import { number, t } from '../../../i18n.ts';
import { ExploreAreas } from '../../../queries/generated/explore.ts';
import { useQuery } from '../../../query.ts';
import { TableFold } from '../../../widgets/fold.tsx';
import { Miss } from '../../../widgets/marks.tsx';
import { Await } from '../../../widgets/states.tsx';

export function AreaTable({ here }: { here: Address }): VNode {
  const [open, setOpen] = useState(false);
  const asked = useQuery(ExploreAreas, open ? { filter: apiFilter(here.filter) } : null);
  return (
    <details class="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <TableFold />
      {open ? (
        <Await asked={asked} rows={4}>
          {({ counts }) => (
            <table class="tw">
              <caption class="vh">{t('map.table')}</caption>
              <thead><tr><th scope="col">{t('facet.AREA')}</th><th scope="col" class="num">{t('list.count')}</th></tr></thead>
              <tbody>
                {counts.rows.map((row) => (
                  <tr key={row.value} data-area={row.value}>
                    <th scope="row">{row.missing ? <Miss code={row.missing} /> : row.label}</th>
                    <td>{number(row.count)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Await>
      ) : null}
    </details>
  );
}
