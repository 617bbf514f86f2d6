// The list beside the map: the same organisations, for reading.
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { stable } from '../../api.ts';
import type { Address } from '../../address.ts';
import { apiFilter } from '../../filter.ts';
import { t, tn } from '../../i18n.ts';
import { ExploreList } from '../../queries/generated/explore.ts';
import { useQuery } from '../../query.ts';
import { unbroken } from '../../widgets/headline.tsx';
import { OrganisationItem, useOnward, usePages } from '../../widgets/orglist.tsx';
import { Await } from '../../widgets/states.tsx';

const PAGE = 30;

/** With a box, only those in it: what the map shows now. */
export function OrganisationSide({ here, box }: { here: Address; box?: string | undefined }): VNode {
  const filter = apiFilter(box ? { ...here.filter, bbox: box } : here.filter);
  const key = stable(filter);
  const [after, setAfter] = useState<{ key: string; cursor: string } | undefined>(undefined);
  useEffect(() => setAfter(undefined), [key]);
  const asked = useQuery(ExploreList, { filter, orderBy: 'PUBLISHERS_USED', first: PAGE, ...(after?.key === key ? { after: after.cursor } : {}) });
  const { rows, total, next } = usePages(key, asked, asked.data?.organisations);
  const { list, mark } = useOnward(rows.length);
  return (
    <Await asked={asked} rows={12}>
      {() => (
        <>
          <div class="list-head"><h2>{unbroken(tn(box ? 'list.inSight' : 'list.organisations', total))}</h2><span class="tiny muted">{t('list.publishersUsed')}</span></div>
          <ol class="orgs" ref={list}>{rows.map((row) => <OrganisationItem key={row.slug} row={row} />)}</ol>
          {next ? <div class="list-foot small"><button type="button" class="link" onClick={() => { mark(); setAfter({ key, cursor: next }); }}>{t('list.more', { n: total - rows.length })}</button></div> : null}
          {next ? <p class="only-print tiny">{t('list.onPaper', { shown: rows.length, n: total })}</p> : null}
        </>
      )}
    </Await>
  );
}
