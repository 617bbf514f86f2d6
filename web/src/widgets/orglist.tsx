// A list of organisations, as it stands beside the map and at the end of profiles; more on demand.
import type { ComponentChildren, RefObject, VNode } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { at } from '../address.ts';
import { DOT, number, t } from '../i18n.ts';
import { placeName } from '../names.ts';
import { href } from '../navigate.ts';
import type { PublisherUsersData } from '../queries/generated/publisher.ts';
import type { Asked } from '../query.ts';
import { sectorOf } from '../sector.ts';
import { Dot, Miss } from './marks.tsx';
import { Await } from './states.tsx';

export type OrganisationRow = NonNullable<PublisherUsersData['publisher']>['users']['nodes'][number];
export interface OrganisationPage<Row = OrganisationRow> {
  totalCount: number;
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** One organisation in a list; `children`: what else its card says. */
export function OrganisationItem({ row, beyond, children }: { row: OrganisationRow; beyond?: boolean; children?: ComponentChildren }): VNode {
  const place = placeName(row);
  return (
    <li class={beyond ? 'beyond' : undefined}>
      <a href={href(at({ screen: 'organisation', slug: row.slug }))}>
        <Dot of={row.family} />
        <span class="nm" lang={row.nameLang}>{row.name}</span>
        <span class="ct">{row.publishersMissing ? <Miss code={row.publishersMissing} /> : row.publishersUnspecified ? <span class="miss">{t('facet.unspecified')}</span> : number(row.publishersUsed)}</span>
        <span class="meta">{sectorOf(row)}{place ? `${DOT}${place}` : ''}</span>
        {children}
      </a>
    </li>
  );
}

interface Pages<Row> {
  key: string;
  rows: Row[];
  total: number;
  next: string | undefined;
}

/** Pages that follow one another under one key; a new key starts over. */
export function usePages<Row extends { slug: string } = OrganisationRow>(key: string, asked: Asked<unknown>, page: OrganisationPage<Row> | undefined): Pages<Row> {
  const kept = useRef<Pages<Row>>({ key, rows: [], total: 0, next: undefined });
  // Worked out while drawing, so that no frame shows a count without its rows.
  return useMemo(() => {
    if (!page || asked.pending) return kept.current;
    const next = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined;
    const earlier = kept.current.key === key ? kept.current.rows : [];
    const known = new Set(earlier.map((row) => row.slug));
    kept.current = { key, rows: [...earlier, ...page.nodes.filter((row) => !known.has(row.slug))], total: page.totalCount, next };
    return kept.current;
  }, [key, page, asked.pending]);
}

/** After a press on "more", the reader goes on with the first row that it brought. */
export function useOnward<List extends HTMLElement = HTMLOListElement>(shown: number): { list: RefObject<List | null>; mark: () => void } {
  const list = useRef<List>(null);
  const before = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    const first = before.current;
    if (first === undefined || shown <= first) return;
    before.current = undefined;
    list.current?.children[first]?.querySelector('a')?.focus({ preventScroll: true });
  }, [shown]);
  return { list, mark: () => { before.current = shown; } };
}

interface Props {
  id: string;
  asked: Asked<unknown>;
  page: OrganisationPage | undefined;
  onMore: (after: string) => void;
  /** Rows seen at first; the others that are here are for paper, until more is asked for. */
  seen?: number;
}

export function OrganisationList({ id, asked, page, onMore, seen }: Props): VNode {
  const { rows, total, next } = usePages(id, asked, page);
  const [all, setAll] = useState(false);
  const shown = all || seen === undefined ? rows.length : Math.min(seen, rows.length);
  const { list, mark } = useOnward(shown);
  return (
    <Await asked={asked}>
      {() => (
        <>
          <div class="figline"><span>{t('list.sorted')}</span></div>
          <ol class="cardlist" ref={list}>{rows.map((row, index) => <OrganisationItem key={row.slug} row={row} beyond={index >= shown} />)}</ol>
          {shown < rows.length || next ? (
            <p class="pager"><button type="button" class="btn" onClick={() => { mark(); setAll(true); if (shown === rows.length && next) onMore(next); }}>{t('list.more', { n: total - shown })}</button></p>
          ) : null}
          {next ? <p class="only-print tiny">{t('list.onPaper', { shown: rows.length, n: total })}</p> : null}
        </>
      )}
    </Await>
  );
}
