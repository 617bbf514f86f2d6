// The table view: the same organisations in columns, sorted by the one that is asked for.
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { at, top, type Address } from '../../address.ts';
import { apiFilter } from '../../filter.ts';
import { band, number, t, type Key } from '../../i18n.ts';
import { placeName, sectorName } from '../../names.ts';
import { go, href } from '../../navigate.ts';
import { ExploreList, type ExploreListData } from '../../queries/generated/explore.ts';
import type { Attribute, Missing, OrganisationOrder } from '../../queries/generated/schema.ts';
import { useQuery } from '../../query.ts';
import { Dot, Grade, Miss } from '../../widgets/marks.tsx';
import { OrganisationItem } from '../../widgets/orglist.tsx';
import { Pager } from '../../widgets/pager.tsx';
import { Await } from '../../widgets/states.tsx';

type Row = ExploreListData['organisations']['nodes'][number];

interface Column {
  label: Key;
  /** What the address calls the order by this column; none where it cannot be sorted by. */
  sort?: string;
  order?: OrganisationOrder;
  number?: boolean;
  cell: (row: Row, most: number) => ComponentChildren;
}

/** Why a value is not there, as the record says. */
function why(row: Row, attribute: Attribute): Missing {
  return row.missing.find((one) => one.attribute === attribute)?.code ?? 'DONT_KNOW';
}

const COLUMNS: Column[] = [
  { label: 'table.sector', cell: (row) => <><Dot of={row.family} /> {sectorName(row) ?? t('family.none')}</> },
  { label: 'table.place', cell: (row) => placeName(row) ?? <Miss code={why(row, 'AREA')} /> },
  { label: 'table.founded', sort: 'founded', order: 'FOUNDED', number: true, cell: (row) => row.founded?.slice(0, 4) ?? <Miss code={why(row, 'FOUNDED')} /> },
  { label: 'table.size', number: true, cell: (row) => (row.sizeBand && band(row.sizeBand)) ?? <Miss code={row.sizeMissing ?? why(row, 'SIZE')} /> },
  { label: 'table.publishers', sort: 'publishers', order: 'PUBLISHERS_USED', number: true, cell: (row, most) => <InBar value={row.publishersUsed} most={most} /> },
  { label: 'table.datasets', sort: 'datasets', order: 'DATASETS_USED', number: true, cell: (row) => <span class={row.datasetsUsed === 0 ? 'z' : undefined}>{number(row.datasetsUsed)}</span> },
  { label: 'table.evidence', number: true, cell: (row) => (row.bestGrade ? <Grade of={row.bestGrade} /> : <span class="quiet">–</span>) },
];

const DEFAULT = 'publishers';
const PAGE = 50;

function orderOf(sort: string): OrganisationOrder {
  if (sort === 'name') return 'NAME';
  return COLUMNS.find((column) => column.sort === sort)?.order ?? 'PUBLISHERS_USED';
}

export function Table({ here }: { here: Address }): VNode {
  const sort = here.sort ?? DEFAULT;
  const asked = useQuery(ExploreList, { filter: apiFilter(here.filter), orderBy: orderOf(sort), first: PAGE, ...(here.after ? { after: here.after } : {}) });
  const narrow = useNarrow();
  return (
    <div class="tablebox" role="group" tabIndex={0} aria-label={t('explore.table')}>
      <Await asked={asked} rows={14}>
        {(data) => {
          const rows = data.organisations.nodes;
          const next = data.organisations.pageInfo.hasNextPage ? data.organisations.pageInfo.endCursor : null;
          return (
            <>
              {narrow ? <Cards rows={rows} here={here} sort={sort} /> : <Grid rows={rows} here={here} sort={sort} />}
              <Pager next={next} />
            </>
          );
        }}
      </Await>
    </div>
  );
}

function sorted(here: Address, sort: string): Address {
  const { sort: _, ...rest } = top(here);
  return sort === DEFAULT ? rest : { ...rest, sort };
}

function Grid({ rows, here, sort }: { rows: Row[]; here: Address; sort: string }): VNode {
  const most = Math.max(1, ...rows.map((row) => row.publishersUsed));
  return (
    <table class="tw big">
      <caption class="vh">{t('list.title')}</caption>
      <thead>
        <tr>
          <Head label={t('table.organisation')} by="name" now={sort} here={here} />
          {COLUMNS.map((column) => <Head key={column.label} label={t(column.label)} by={column.sort} now={sort} here={here} number={column.number} />)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.slug}>
            <th scope="row"><a href={href(at({ screen: 'organisation', slug: row.slug }))} lang={row.nameLang}>{row.name}</a></th>
            {COLUMNS.map((column) => <td key={column.label} class={column.number ? 'nb' : 'tx'}>{column.cell(row, most)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ label, by, now, here, number: right }: { label: string; by: string | undefined; now: string; here: Address; number?: boolean | undefined }): VNode {
  const current = by !== undefined && by === now;
  const down = by !== 'name';
  return (
    <th scope="col" class={right ? 'num' : undefined} aria-sort={current ? (down ? 'descending' : 'ascending') : undefined}>
      {by ? <button type="button" class="sort" onClick={() => go(sorted(here, by), { keep: true })}>{label}{current ? (down ? ' ↓' : ' ↑') : ''}</button> : label}
    </th>
  );
}

function Cards({ rows, here, sort }: { rows: Row[]; here: Address; sort: string }): VNode {
  const orders = [{ by: 'name', label: t('table.organisation') }, ...COLUMNS.flatMap((column) => (column.sort ? [{ by: column.sort, label: t(column.label) }] : []))];
  return (
    <>
      <label class="sortby small">{t('table.sortBy')}{' '}
        <select class="field" value={sort} onChange={(event) => go(sorted(here, event.currentTarget.value), { keep: true })}>
          {orders.map((one) => <option key={one.by} value={one.by}>{one.label}</option>)}
        </select>
      </label>
      <ol class="orgs cards">{rows.map((row) => <OrganisationItem key={row.slug} row={row} detail />)}</ol>
    </>
  );
}

function InBar({ value, most }: { value: number; most: number }): VNode {
  return <><span class="inbar" aria-hidden="true"><i style={{ width: `${Math.round((value / most) * 100)}%` }} /></span><b class="w2">{number(value)}</b></>;
}

const NARROW = '(max-width: 900px)';

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(matchMedia(NARROW).matches);
  useEffect(() => {
    const media = matchMedia(NARROW);
    const update = (): void => setNarrow(media.matches);
    media.addEventListener('change', update);
    return () => media.removeEventListener('change', update);
  }, []);
  return narrow;
}
