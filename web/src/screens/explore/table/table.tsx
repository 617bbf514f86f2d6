// The table view: the same organisations in columns, sorted by the one that is asked for; further pages
// come as one scrolls, and past a thousand rows only those in sight are drawn.
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Address } from '../../../address.ts';
import { stable } from '../../../api.ts';
import { apiFilter } from '../../../filter.ts';
import { number, t, tn } from '../../../i18n.ts';
import { go } from '../../../navigate.ts';
import { ExploreTable } from '../../../queries/generated/explore.ts';
import { useQuery } from '../../../query.ts';
import { useNarrow } from '../../../widgets/narrow.ts';
import { OrganisationItem, usePages } from '../../../widgets/orglist.tsx';
import { useWide } from '../../../widgets/scroll.tsx';
import { Await } from '../../../widgets/states.tsx';
import type { OnMissing } from '../explore.tsx';
import { Waiting } from '../waiting.tsx';
import { COLUMNS, ORDERS, shownColumns, sorted, withColumn, type Row } from './columns.tsx';
import { Detail } from './detail.tsx';
import { Grid } from './grid.tsx';
import { sortingOf, type Sorting } from './sort.ts';

const PAGE = 100;

export function Table({ here, title, onMissing }: { here: Address; title: string; onMissing: OnMissing }): VNode {
  const filter = apiFilter(here.filter);
  const sorting = sortingOf(here);
  const { order: { order }, turned } = sorting;
  const key = `${stable(filter)} ${order} ${turned}`;
  const [after, setAfter] = useState<{ key: string; cursor: string } | undefined>(undefined);
  useEffect(() => setAfter(undefined), [key]);
  const [lost, setLost] = useState<string | undefined>(undefined);
  const named = here.after === lost ? undefined : here.after;
  const cursor = after?.key === key ? after.cursor : named;
  const asked = useQuery(ExploreTable, { filter, orderBy: order, reverse: turned, first: PAGE, ...(cursor ? { after: cursor } : {}) });
  // A place that this list does not have: it is read from its top, before anything else is drawn.
  const isLost = cursor !== undefined && cursor === named && asked.error?.kind === 'query' && !asked.error.refused;
  useLayoutEffect(() => {
    if (isLost) setLost(named);
  }, [isLost]);
  const { rows, total, next } = usePages<Row>(key, asked, asked.data?.organisations);
  const isMissing = asked.error !== undefined && rows.length === 0;
  useEffect(() => onMissing(isMissing), [isMissing, here]);
  const narrow = useNarrow('wide');
  const box = useRef<HTMLDivElement>(null);
  const { more: isMore } = useWide(box, narrow || rows.length === 0 ? undefined : '.tw');
  // Another order, or another selection, is read from its top.
  useEffect(() => box.current?.scrollTo(0, 0), [key, here.sort]);
  const more = (): void => {
    if (next && !asked.pending) setAfter({ key, cursor: next });
  };
  return (
    <div class="tablebox" role="group" tabIndex={0} aria-label={t('explore.table')} ref={box} aria-busy={asked.pending}>
      {lost !== undefined && lost === here.after ? <div class="note warn strange" role="note"><p>{t('strange.after')}</p></div> : null}
      {rows.length > 0 && asked.pending && !cursor ? <Waiting /> : null}
      <Await asked={asked} rows={14}>
        {() => (
          <>
            <div class="viewbar">
              <p class="small muted" role="status">{t('table.shown', { shown: rows.length, of: tn('list.of', total) })}</p>
              {isMore && !narrow ? <p class="tiny muted goes no-print" aria-hidden="true">{t('scroll.more')}</p> : null}
              {narrow ? <SortBy here={here} sorting={sorting} /> : <Choose here={here} />}
            </div>
            {narrow ? <p class="tiny muted counted">{t('list.publishersUsed')}</p> : null}
            {narrow ? <ol class="orgs cards">{rows.map((row) => <OrganisationItem key={row.slug} row={row}><Detail row={row} /></OrganisationItem>)}</ol> : <Grid rows={rows} total={total} here={here} box={box} caption={title} />}
            {next ? <p class="only-print tiny">{t('list.onPaper', { shown: rows.length, n: total })}</p> : null}
            {next ? <More key={next} left={total - rows.length} onMore={more} /> : null}
          </>
        )}
      </Await>
    </div>
  );
}

/** A button at the end of what is here, which presses itself when it comes into sight. */
function More({ left, onMore }: { left: number; onMore: () => void }): VNode {
  const button = useRef<HTMLButtonElement>(null);
  const press = useRef(onMore);
  press.current = onMore;
  useEffect(() => {
    const element = button.current;
    if (!element) return undefined;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((one) => one.isIntersecting)) press.current();
    }, { rootMargin: '600px' });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return <p class="pager"><button type="button" class="btn" ref={button} onClick={onMore}>{t('list.more', { n: left })}</button></p>;
}

/** Which columns are shown. Closed by Escape, which leads back to its button, and when the reader goes on. */
function Choose({ here }: { here: Address }): VNode {
  const box = useRef<HTMLDetailsElement>(null);
  const close = (back: boolean): void => {
    if (!box.current?.open) return;
    box.current.open = false;
    if (back) box.current.querySelector('summary')?.focus();
  };
  // A press on a label gives the focus to what stands around the choice: that leads nowhere else.
  const leave = (to: EventTarget | null): void => {
    if (to instanceof Node && box.current && !box.current.contains(to) && !to.contains(box.current)) close(false);
  };
  const shown = new Set(shownColumns(here).map((column) => column.key));
  return (
    <details class="drop" ref={box} onKeyDown={(event) => { if (event.key === 'Escape') close(true); }} onFocusOut={({ relatedTarget }) => leave(relatedTarget)}>
      <summary class="btn">{t('table.columns', { shown: number(shown.size), all: number(COLUMNS.length) })}</summary>
      <fieldset class="drop-box">
        <legend class="vh">{t('table.choose')}</legend>
        {COLUMNS.map((column) => (
          <label key={column.key} class="opt">
            <input type="checkbox" checked={shown.has(column.key)} disabled={shown.size === 1 && shown.has(column.key)} onChange={() => go(withColumn(here, column.key), { keep: true })} />
            <span class="l">{t(column.label)}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function SortBy({ here, sorting }: { here: Address; sorting: Sorting }): VNode {
  const label = (key: string): string => {
    const column = COLUMNS.find((one) => one.sort.by === key);
    return column ? t(column.label) : t('table.organisation');
  };
  const now = sorting.order.by;
  return (
    <div class="sortby small">
      <label for="sort-by">{t('table.sortBy')}</label>
      <select id="sort-by" class="field" value={now} onChange={(event) => { const by = ORDERS.find((one) => one.by === event.currentTarget.value); if (by && by.by !== now) go(sorted(here, by), { keep: true }); }}>
        {ORDERS.map((one) => <option key={one.by} value={one.by}>{label(one.by)}</option>)}
      </select>
      <button type="button" class="btn turn" aria-label={t('table.turn')} onClick={() => go(sorted(here, sorting.order), { keep: true })}>{sorting.direction === 'ascending' ? '↑' : '↓'}</button>
    </div>
  );
}
