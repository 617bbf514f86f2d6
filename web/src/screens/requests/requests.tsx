// The board of requests: what data is needed, who needs it, what waits for it, and what was answered.
import type { VNode } from 'preact';
import { boarded, cleared, isFiltered, print, type Address, type BoardKey } from '../../address.ts';
import { t, tn } from '../../i18n.ts';
import { address, go, lang } from '../../navigate.ts';
import { RequestBoard, type RequestBoardData, type RequestBoardVariables } from '../../queries/generated/request.ts';
import type { BlockingReason, RequestOrder, RequestStatus } from '../../queries/generated/schema.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { demandParts, FigureLine } from '../../widgets/figure.tsx';
import { unbroken } from '../../widgets/headline.tsx';
import { Pager } from '../../widgets/pager.tsx';
import { Await, Empty } from '../../widgets/states.tsx';
import { Stats } from '../../widgets/stats.tsx';
import { RequestList, RequestTable } from '../../widgets/requests.tsx';
import { Range } from '../../widgets/range.tsx';
import { NEEDS, ORDERS, STATUSES, Narrow } from './narrow.tsx';
import { Sides } from './sides.tsx';
import '../../styles/page.css';
import '../../styles/requests.css';

const PAGE = 50;

export default function Requests(): VNode {
  const here = address.value;
  const asked = useQuery(RequestBoard, variablesOf(here));
  if (asked.error?.refused) return <Refused value={asked.error.refused.value} />;
  return <Await asked={asked} rows={12} whole>{(data) => <Page data={data} here={here} />}</Await>;
}

/** The words of the address that the API knows; what it does not know is passed over. */
function variablesOf(here: Address): RequestBoardVariables {
  const { filter, board, sort, after } = here;
  const words = <Word extends string>(key: BoardKey, all: readonly Word[]): Word[] => {
    const asked = (board[key] ?? '').toUpperCase().split(',');
    return all.filter((word) => asked.includes(word));
  };
  const [statuses, needs] = [words<RequestStatus>('status', STATUSES), words<BlockingReason>('need', NEEDS)];
  return {
    filter: {
      ...(filter.publisher ? { publisher: filter.publisher } : {}),
      ...(filter.sector ? { sector: filter.sector } : {}),
      ...(filter.chapter ? { chapter: filter.chapter } : {}),
      ...(board.theme ? { theme: board.theme.split(',') } : {}),
      ...(statuses.length > 0 ? { status: statuses } : {}),
      ...(needs.length > 0 ? { blocking: needs } : {}),
      ...(board.overdue ? { isOverdue: true } : {}),
      ...(filter.q ? { text: filter.q } : {}),
      ...(filter.asOf ? { asOf: filter.asOf } : {}),
      ...(filter.knownAt ? { knownAt: filter.knownAt } : {}),
    },
    order: orderOf(sort),
    first: PAGE,
    ...(after ? { after } : {}),
  };
}

/** The order that the address asks for; the usual one without. */
export function orderOf(sort: string | undefined): RequestOrder {
  return ORDERS.find((one) => one === sort?.toUpperCase()) ?? 'ORGANISATIONS';
}

function Page({ data, here }: { data: RequestBoardData; here: Address }): VNode {
  const { requests, demand } = data;
  // Of nothing there is nothing to rank or to take away; where nothing narrows it down, nothing to choose from either.
  const isEmpty = requests.totalCount === 0;
  const isBare = isEmpty && !isNarrow(here);
  const headline = isBare ? t('requests.headlineNone') : isEmpty ? t('requests.none') : tn('requests.headline', requests.totalCount, { open: demand.openCount });
  useTitle(headline);
  const kept = demand.punctuality;
  const owed = kept.answered + kept.overdue;
  return (
    <>
      <Crumb steps={[{ text: t('nav.requests') }]} />
      <div class="hero list">
        <h1>{unbroken(headline)}</h1>
        <p class="lede">{t('requests.lede')}</p>
        <p class="askfor no-print"><a class="btn main" href={`/requests/new?lang=${lang.value}`} target="_self">{t('requests.ask')}</a></p>
        <FigureLine of={demand} title={headline} parts={demandParts(demand)} />
      </div>
      {isEmpty ? null : (
        <Stats
          items={[
            { label: t('requests.open'), value: demand.openCount, note: t('bars.of', { n: demand.requestCount }) },
            { label: t('requests.overdue'), value: kept.overdue },
            { label: t('requests.onTime'), value: owed > 0 ? kept.answeredInTime : '–', note: owed > 0 ? t('requests.onTimeNote', { n: owed }) : undefined },
            { label: t('requests.blocked'), value: demand.blockedCount },
          ]}
        />
      )}
      {isBare ? null : <Narrow here={here} cells={data.all.cells} themes={demand.themes} studies={data.studies} isEmpty={isEmpty} />}
      {isEmpty ? null : <p class="small muted">{t('requests.heatNote')}</p>}
      {requests.nodes.length === 0 ? <Nothing here={here} /> : (
        <>
          <RequestList rows={requests.nodes} by={orderOf(here.sort)} />
          <RequestTable rows={requests.nodes} caption={headline} />
        </>
      )}
      <Range shown={requests.nodes.length} of={requests.totalCount} more={requests.pageInfo.hasNextPage} />
      <Pager next={requests.pageInfo.hasNextPage ? requests.pageInfo.endCursor : null} />
      <Sides demand={demand} />
      {isEmpty ? null : <Files here={here} />}
    </>
  );
}

/** What the board holds, narrowed as it is, as files. */
function Files({ here }: { here: Address }): VNode {
  const { sort: _, after: __, ...state } = here;
  const { publisher, sector, chapter, q, asOf, knownAt } = here.filter;
  // A file refuses what is no filter of requests, such as a grade: the board passes over it.
  const filter = Object.fromEntries(Object.entries({ publisher, sector, chapter, q, asOf, knownAt }).filter(([, value]) => value !== undefined));
  const query = print({ ...state, filter, lang: lang.value }).replace(/^[^?]*/, '');
  return (
    <p class="small no-print">
      {t('requests.files')}{' '}
      {['CSV', 'JSON'].map((form) => <a key={form} class="file" href={`/download/requests.${form.toLowerCase()}${query}`} download aria-label={t('take.file', { label: t('nav.requests'), ending: form })}>{form}</a>)}
    </p>
  );
}

/** Whether anything narrows the board down. */
function isNarrow(here: Address): boolean {
  return isFiltered(here.filter) || Object.keys(here.board).length > 0;
}

function Nothing({ here }: { here: Address }): VNode | null {
  // The headline says that nobody has asked, or that no request fits.
  if (!isNarrow(here)) return null;
  return (
    <Empty title={t('requests.noneHint')}>
      <button type="button" class="link" onClick={() => go(cleared(here))}>{t('requests.clear')}</button>
    </Empty>
  );
}

/** A publisher or sector of the address that the record does not have: an empty board would look like a finding. */
function Refused({ value }: { value: string }): VNode {
  const here = address.value;
  const title = t('requests.unknown', { value });
  useTitle(title);
  return (
    <>
      <Crumb steps={[{ text: t('nav.requests') }]} />
      <div class="hero list"><h1>{unbroken(title)}</h1></div>
      <p><button type="button" class="btn" onClick={() => go(boarded(cleared(here), 'status', undefined))}>{t('requests.clear')}</button></p>
    </>
  );
}
