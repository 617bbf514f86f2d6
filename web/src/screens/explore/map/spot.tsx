// The organisations that share one point on the map, as a list. Places are never spread to look apart.
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Address } from '../../../address.ts';
import type { MapSymbol } from '../../../columns.ts';
import { apiFilter } from '../../../filter.ts';
import { t, tn } from '../../../i18n.ts';
import { ExploreList } from '../../../queries/generated/explore.ts';
import { useQuery } from '../../../query.ts';
import { Icon } from '../../../widgets/icons.tsx';
import { OrganisationItem, usePages } from '../../../widgets/orglist.tsx';
import { Await } from '../../../widgets/states.tsx';

const PAGE = 50;

export function SpotPanel({ spot, reach, here, onClose }: { spot: MapSymbol; reach: number; here: Address; onClose: () => void }): VNode {
  const close = useRef<HTMLButtonElement>(null);
  const before = useRef(document.activeElement);
  const [after, setAfter] = useState<string | undefined>(undefined);
  useEffect(() => {
    close.current?.focus();
    return () => {
      if (before.current instanceof HTMLElement) before.current.focus();
    };
  }, []);
  const bbox = [spot.lon - reach, spot.lat - reach, spot.lon + reach, spot.lat + reach];
  const asked = useQuery(ExploreList, { filter: { ...apiFilter(here.filter), bbox }, orderBy: 'PUBLISHERS_USED', first: PAGE, ...(after ? { after } : {}) });
  const { rows, total, next } = usePages(bbox.join(), asked, asked.data?.organisations);
  return (
    <div class="ctrl panel" role="dialog" aria-labelledby="spot" onKeyDown={(event) => { if (event.key === 'Escape') onClose(); }}>
      <div class="panel-head">
        <h2 id="spot">{tn('map.onSpot', spot.count)}</h2>
        <button type="button" class="icon" ref={close} aria-label={t('map.close')} onClick={onClose}><Icon of="close" /></button>
      </div>
      <Await asked={asked} rows={8}>
        {() => (
          <>
            <ol class="orgs">{rows.map((row) => <OrganisationItem key={row.slug} row={row} />)}</ol>
            {next ? <div class="list-foot small"><button type="button" class="link" onClick={() => setAfter(next)}>{t('list.more', { n: total - rows.length })}</button></div> : null}
          </>
        )}
      </Await>
    </div>
  );
}
