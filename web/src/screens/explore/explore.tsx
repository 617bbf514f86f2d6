// The explorer: one filter, several pictures of what it selects. The address holds all of its state.
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { at, cleared, isFiltered, narrowed, VIEWS, type Address, type View as Picture } from '../../address.ts';
import { FAMILIES, familyKey } from '../../families.ts';
import { apiFilter, faultOf } from '../../filter.ts';
import { DOT, t, tn, type Key } from '../../i18n.ts';
import type { Said } from '../../names.ts';
import { address, go, href } from '../../navigate.ts';
import { ExploreFacets, ExploreList, ExploreWhole, type ExploreFacetsData, type ExploreWholeData } from '../../queries/generated/explore.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { meta, isEmpty } from '../../record.ts';
import { CopyButton } from '../../widgets/copy.tsx';
import { EmptyRecord } from '../../widgets/empty-record.tsx';
import { FigureLine, type Figure } from '../../widgets/figure.tsx';
import { Marked } from '../../widgets/headline.tsx';
import { Icon } from '../../widgets/icons.tsx';
import { lazy } from '../../widgets/lazy.tsx';
import { Square } from '../../widgets/marks.tsx';
import { ShadeKey } from '../../widgets/outline.tsx';
import { Empty, Failed, Skeleton } from '../../widgets/states.tsx';
import { Chips, chosen } from './chips.tsx';
import { conditionsOf } from './conditions.ts';
import { FaultNote, faultIn, faultTitle } from './fault.tsx';
import { withZeros, type FacetData, type SECTIONS } from './facets.ts';
import { areGoalsUnasked, headline } from './headline.ts';
import { told, type Whole } from './kept.ts';
import { isNarrowed, partsOf, wholeOf } from './parts.ts';
import { ToCome, Unrecorded, unrecordedTitle } from './day.tsx';
import { OrganisationSide } from './list.tsx';
import { Past } from './past.tsx';
import { Strange } from './strange.tsx';
import { Studies } from './studies.tsx';
import { MapStage } from './stage.tsx';
import { Rail, Sheet } from './rail.tsx';
import { AreaTable } from './map/areas.tsx';
import { layerOf } from './map/layer.tsx';
import { useViewKeys } from './keys.ts';
import { Table } from './table/table.tsx';
import { viewed } from './viewed.ts';
import '../../styles/page.css';
import '../../styles/explore.css';

const FlowView = lazy(() => import('./flow/flow.tsx'));
const TakeAway = lazy(() => import('./download/dialog.tsx'));
const NetworkView = lazy(() => import('./network/network.tsx'));

export type Facets = ExploreFacetsData['organisations'];

export default function Explore(): VNode {
  const here = address.value;
  const asked = useQuery(ExploreFacets, faultOf(here.filter) ? null : { filter: apiFilter(here.filter) });
  const fault = faultIn(here, asked.error);
  const whole = useQuery(ExploreWhole, isNarrowed(here) && !fault ? { filter: apiFilter(wholeOf(here)) } : null);
  // Where the address means nothing, no figure of others stands beside what is said of it. Where the question has failed,
  // the rail stays to take a condition back, and what was shown stays under the conditions that it was shown under.
  const error = asked.error ?? (isNarrowed(here) ? whole.error : undefined);
  const isLost = error !== undefined && !fault;
  const isOpen = !fault && !isLost && (asked.pending || (isNarrowed(here) && whole.pending));
  const known = fault ? undefined : asked.data?.organisations;
  const isPast = isLost && asked.error !== undefined;
  const before = isNarrowed(here) ? whole.data?.organisations : known;
  const around = useQuery(ExploreFacets, isNarrowed(here) && !fault ? { filter: apiFilter(wholeOf(here)) } : null);
  // One question seldom fails alone, and without each of them the page says less than it could.
  const retry = (): void => {
    for (const one of [asked, whole, around]) if (one.error) one.retry();
  };
  const all = isNarrowed(here) && !around.pending ? around.data?.organisations.facets : undefined;
  const listed = known && all ? withZeros(known.facets, all, known.totalCount === 0) : known?.facets ?? [];
  const [sheet, setSheet] = useState<Opened | undefined>(undefined);
  const [drawn, setDrawn] = useState<Drawn | undefined>(undefined);
  // Where the record does not reach, a zero would be no finding.
  const unrecorded = fault || isLost || known?.isRecorded !== false ? undefined : known;
  const last = useRef<Whole | undefined>(undefined);
  const shown = told({ isOpen, isLost }, asked.data && known && before && !unrecorded ? wholeFrom(asked.data, before, here, listed) : undefined, last.current);
  // What is drawn is what is spoken of: of the filter before, where the present one has no answer.
  const kept = isLost ? shown?.filter : undefined;
  const there = useMemo(() => (kept ? { ...here, filter: kept } : here), [here, kept]);
  const found = isLost ? shown?.answer.organisations : known;
  const facets = isLost && shown ? shown.facets : listed;
  const filters = isLost ? shown?.filters ?? '' : known && isNarrowed(here) ? conditionsOf(here, listed) : '';
  const own = drawn?.view === here.view && drawn.address === there && drawn.filters === filters ? drawn : undefined;
  const [missing, setMissing] = useState<Missing | undefined>(undefined);
  // What the picture would have shown is not known: nothing of it is to be had or cited.
  const isMissing = missing?.view === here.view && missing.address === there;
  // A picture without an answer says so in its place, and offers the way to ask again; who takes it asks for all that failed.
  const isSaid = isMissing && here.view !== 'map';
  const wasSaid = useRef(false);
  useEffect(() => {
    if (wasSaid.current && !isSaid) retry();
    wasSaid.current = isSaid;
  }, [isSaid]);
  const selected = shown?.sentence;
  const parts = shown?.parts ?? [];
  const title = fault ? faultTitle(fault) : unrecorded ? unrecordedTitle(unrecorded) : isOpen ? shown?.title ?? t('explore.loading') : own?.title ?? selected ?? t('explore.loading');
  const names = (isOpen ? undefined : own?.names) ?? shown?.names ?? [];
  if (shown && !isOpen && !isLost) last.current = { ...shown, title, names };
  useTitle(title);
  const figure = unrecorded || isMissing ? undefined : own?.figure ?? (here.view === 'map' && found ? ofPlaces(isLost ? shown?.answer : asked.data) : found);
  useViewKeys();
  if (unrecorded && meta.value && isEmpty(meta.value)) return <EmptyRecord />;
  return (
    <div class="bench-box" aria-busy={asked.pending && asked.slow}>
      <div class="bench">
        <div class="bench-head">
          <div>
            <h1><Marked text={title} names={names} /></h1>
            {fault || unrecorded ? null : <Under found={found} here={there} />}
          </div>
          {/* What is of before is not to be had as if it were of now. */}
          <Tools here={here} title={title} selected={selected} figure={isLost ? undefined : figure} />
        </div>
        <Studies here={there} parts={parts} />
        {known || fault ? <Chips here={here} facets={listed} isOpen={isOpen} /> : null}
        {kept && error && !isSaid ? <Past retry={retry} offline={error.kind === 'offline'} /> : null}
        <Strange search={location.search} />
        {found && !asked.pending ? <ToCome of={found} here={here} /> : null}
      </div>
      <p class="vh" role="status">{found && !asked.pending && !isLost && !unrecorded ? tn('list.organisations', found.totalCount) : ''}</p>
      {fault ? <div class="stage-note"><FaultNote here={here} fault={fault} /></div> : unrecorded ? <Unrecorded of={unrecorded} here={here} /> : (
        <>
          {isLost && !known ? null : (
            <div class="filterbar" role="group" aria-label={t('rail.label')}>
              <button type="button" class="btn" onClick={() => setSheet({})}><Icon of="filter" />{t('rail.all')}</button>
              {QUICK.filter(({ of }) => listed.some((one) => one.key === of)).map(({ of, label }) => <button key={of} type="button" class="btn" onClick={() => setSheet({ at: of })}>{t(label)}</button>)}
            </div>
          )}
          {sheet && known ? <Sheet found={known} facets={listed} here={here} isPast={isPast} at={sheet.at} onClose={() => setSheet(undefined)} /> : null}
          <div class={isLost && !known ? 'cols alone' : here.view === 'table' || here.view === 'flow' ? 'cols two app' : 'cols app'}>
            {isLost && !known ? null : <div class="rail">{known ? <><button type="button" class="skip" onClick={passRail}>{t('rail.skip')}</button><Rail facets={listed} here={here} isPast={isPast} /></> : asked.slow ? <Skeleton rows={9} /> : null}</div>}
            {error && !kept ? <div class="stage-note"><Failed retry={retry} offline={error.kind === 'offline'} /></div> : <View found={found} facets={facets} here={there} isPast={kept !== undefined} title={title} studies={parts.length} filters={filters} onDrawn={(next, sentence, within) => setDrawn({ view: there.view, address: there, filters, figure: next, title: sentence, names: within })} onMissing={(is) => setMissing(is ? { view: there.view, address: there } : undefined)} />}
          </div>
          <div class="strip">{figure && !(found?.totalCount === 0 && !areGoalsUnasked(found)) ? <FigureLine of={figure} title={title} {...(found && areGoalsUnasked(found) ? { cover: t('figure.coverageNone') } : {})} /> : null}{here.view === 'map' && !isMissing && (found?.totalCount ?? 0) > 0 ? <AreaTable here={there} /> : null}</div>
        </>
      )}
    </div>
  );
}

/** An answer with what is said of it. */
function wholeFrom(answer: ExploreFacetsData, before: ExploreWholeData['organisations'], here: Address, facets: FacetData[]): Whole {
  const found = answer.organisations;
  const parts = partsOf(found.facets, before.facets, here);
  const sentence = headline(found, here, parts);
  return { filter: here.filter, answer, facets, parts, filters: isNarrowed(here) ? conditionsOf(here, facets) : '', sentence, title: sentence, names: [] };
}

/** To the picture at once: there are dozens of filters before it. */
function passRail({ currentTarget }: { currentTarget: Element }): void {
  const picture = currentTarget.closest('.rail')?.nextElementSibling;
  if (!(picture instanceof HTMLElement)) return;
  if (!picture.hasAttribute('tabindex')) picture.tabIndex = -1;
  picture.focus();
}

/** The map shows who has a place: that is what its coverage is of. */
function ofPlaces(answer: ExploreFacetsData | undefined): Facets | undefined {
  return answer && { ...answer.organisations, coverage: answer.places.coverage };
}

/** A picture that answers with a figure of its own, and with a sentence. */
interface Drawn {
  view: Picture;
  address: Address;
  /** What narrows it, in the words that its sentence has. */
  filters: string;
  figure: Figure;
  title: string | undefined;
  names: Said[];
}

/** The picture whose question has failed. */
type Missing = Pick<Drawn, 'view' | 'address'>;

export type OnDrawn = (figure: Figure, title: string | undefined, names: Said[]) => void;
/** Told whether the question of the picture has failed. */
export type OnMissing = (isMissing: boolean) => void;

/** The sheet of filters, at one of them. */
interface Opened {
  at?: (typeof SECTIONS)[number]['key'];
}

/** The filters that a phone offers beside "all". */
const QUICK: { of: (typeof SECTIONS)[number]['key']; label: Key }[] = [
  { of: 'FAMILY', label: 'facet.SECTOR' },
  { of: 'AREA', label: 'facet.AREA' },
  { of: 'PUBLISHER', label: 'rail.publisher' },
];

interface ViewProps {
  found: Facets | undefined;
  facets: FacetData[];
  here: Address;
  /** It is said above that this is from before. */
  isPast: boolean;
  title: string;
  /** How many studies are in sight. */
  studies: number;
  /** What narrows it, in the words of a sentence. */
  filters: string;
  onDrawn: OnDrawn;
  onMissing: OnMissing;
}

function View({ found, facets, here, isPast, title, studies, filters, onDrawn, onMissing }: ViewProps): VNode {
  const none = found?.totalCount === 0;
  const families = countsOf(facets, 'FAMILY', here.filter.family);
  const [part, setPart] = useState<string | undefined>(undefined);
  if (none && here.view !== 'map') return <div class="stage-note"><NoMatch here={here} found={found} facets={facets} /></div>;
  if (here.view === 'table') return <Table here={here} title={title} onMissing={onMissing} />;
  if (here.view === 'network') return <NetworkView here={here} filters={filters} onDrawn={onDrawn} onMissing={onMissing} />;
  if (here.view === 'flow') return <FlowView here={here} title={title} studies={studies} filters={filters} besides={conditionsOf(narrowed(here, 'publisher', []), facets)} onDrawn={onDrawn} onMissing={onMissing} />;
  return (
    <>
      <MapStage here={here} facets={facets} isPast={isPast} onPart={setPart} onMissing={onMissing} />
      {none ? null : (
        <div class="famkey tiny muted">
          {layerOf(here) === 'areas' ? null : <p class="only-print">{t('map.areaTrue')}{DOT}{t('map.slicesOf')}</p>}
          {layerOf(here) === 'areas' ? null : <ul aria-label={t('facet.FAMILY')}>{FAMILIES.filter((one) => families.has(one)).map((one) => <li key={one}><Square of={one} />{t(familyKey(one))}</li>)}</ul>}
          {layerOf(here) === 'circles' ? null : <><span>{t('map.key')}</span><ShadeKey counts={countsOf(facets, 'AREA', here.filter.area).values()} /></>}
        </div>
      )}
      <aside class="list" aria-label={t('list.title')}>{none ? <div class="list-head"><NoMatch here={here} found={found} facets={facets} /></div> : <OrganisationSide here={here} box={part} />}</aside>
    </>
  );
}

/** How many of the selection each value has. A facet's own choice does not narrow its values: it does here. */
function countsOf(facets: FacetData[], key: 'FAMILY' | 'AREA', only: readonly string[] | undefined): Map<string, number> {
  const known = facets.find((one) => one.key === key)?.values ?? [];
  return new Map(known.filter((one) => one.missing === null && one.count > 0 && (!only || only.includes(one.value))).map((one) => [one.value, one.count]));
}

/** Nothing matches: the last condition is the one to take back. */
function NoMatch({ here, found, facets }: { here: Address; found: Facets; facets: FacetData[] }): VNode {
  const conditions = chosen(here, facets);
  const last = conditions.at(-1);
  const wider = useQuery(ExploreList, last ? { filter: apiFilter(last.without.filter), first: 1 } : null);
  if (!isFiltered(here.filter)) return <Empty title={t('explore.empty')} />;
  if (areGoalsUnasked(found)) return <GoalsUnasked goals={here.filter.sdg ?? []} />;
  return (
    <Empty title={tn('explore.noMatch', conditions.length)}>
      {last && wider.data ? `${tn('explore.withoutIt', wider.data.organisations.totalCount, { name: last.label })} ` : ''}
      {last ? <button type="button" class="link" onClick={() => go(last.without, { keep: true })}>{t('explore.remove')}</button> : <a href={href(cleared(here))} data-keep>{t('chips.clear')}</a>}
    </Empty>
  );
}

/** What a rule infers stands on the page of each goal. */
function GoalsUnasked({ goals }: { goals: readonly string[] }): VNode {
  return (
    <Empty title={t('explore.goalsUnasked')}>
      {t('explore.goalsInferred')}{' '}
      {goals.filter((goal) => /^\d+$/.test(goal)).map((goal) => <a key={goal} href={href(at({ screen: 'sdg', code: goal }))}>{t('explore.goalPage', { number: goal })}</a>)}
    </Empty>
  );
}

function Under({ found, here }: { found: Facets | undefined; here: Address }): VNode | null {
  const studies = [...new Set((found?.waves ?? []).map((wave) => wave.study.title))];
  const hidden = found?.undisclosedCount ?? 0;
  // Of nobody there are no pictures to compare.
  if (found?.totalCount === 0) return hidden > 0 ? <p class="under">{tn('explore.undisclosed', hidden)}</p> : null;
  return (
    <p class="under">
      {studies.length > 0 ? `${studies.join(', ')}. ` : ''}
      {here.view === 'network' ? t('explore.underNetwork') : isFiltered(here.filter) ? t('explore.filtered') : t('explore.unfiltered')}
      {hidden > 0 ? ` ${tn('explore.undisclosed', hidden)}` : ''}
    </p>
  );
}

function Tools({ here, title, selected, figure }: { here: Address; title: string; selected: string | undefined; figure: Figure | undefined }): VNode {
  const [away, setAway] = useState(false);
  return (
    <div class="tools">
      <nav class="switch" aria-label={t('explore.view')}>
        {VIEWS.map((view, index) => (
          <a key={view} href={href(here.view === view ? here : viewed(here, view))} data-keep aria-current={here.view === view ? 'page' : undefined} aria-keyshortcuts={String(index + 1)}><Icon of={view} />{t(`explore.${view}`)}</a>
        ))}
      </nav>
      <CopyButton text={() => location.href}><Icon of="link" /><span>{t('explore.copy')}</span></CopyButton>
      {figure ? <button type="button" class="btn" aria-haspopup="dialog" onClick={() => setAway(true)}><Icon of="down" /><span>{t('explore.download')}</span></button> : null}
      {away && figure ? <TakeAway here={here} title={title} selected={selected} figure={figure} onClose={() => setAway(false)} /> : null}
    </div>
  );
}
