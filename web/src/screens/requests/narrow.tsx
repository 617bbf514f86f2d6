// What narrows the board down and orders it: each choice is a state with an address of its own.
import type { VNode } from 'preact';
import { boarded, cleared, narrowed, stated, top, type Address } from '../../address.ts';
import { number, t, tv } from '../../i18n.ts';
import { short } from '../../names.ts';
import { go } from '../../navigate.ts';
import type { RequestBoardData } from '../../queries/generated/request.ts';
import type { BlockingReason, RequestOrder, RequestStatus } from '../../queries/generated/schema.ts';

export const STATUSES: readonly RequestStatus[] = ['TRIAGED', 'FORWARDED', 'ACCEPTED_PLANNED', 'PARTIALLY_PUBLISHED', 'PUBLISHED', 'REJECTED', 'DUPLICATE', 'WITHDRAWN', 'NOT_GOVERNMENT_DATA'];
export const NEEDS: readonly BlockingReason[] = ['NOT_PUBLISHED', 'NOT_FOUND', 'STALE', 'FORMAT', 'LICENCE', 'GRANULARITY', 'QUALITY', 'PRICE'];
export const ORDERS: readonly RequestOrder[] = ['ORGANISATIONS', 'BLOCKED', 'HEAT', 'NEWEST', 'DUE'];

type Cells = RequestBoardData['all']['cells'];
type Themes = RequestBoardData['demand']['themes'];
type Studies = RequestBoardData['studies'];
type Option = [value: string, text: string, lang?: string];

interface Choice {
  name: string;
  label: string;
  options: Option[];
  value: string | undefined;
  choose: (value: string | undefined) => void;
  /** There is always one: an order, not a filter. */
  always?: boolean;
}

export function Narrow({ here, cells, themes, studies, isEmpty }: { here: Address; cells: Cells; themes: Themes; studies: Studies; isEmpty: boolean }): VNode {
  const keep = (to: Address): void => go(to, { keep: true });
  const word = (value: string): string => value.toLowerCase();
  const lists: Choice[] = [
    { name: 'publisher', label: t('requests.column.publisher'), options: publishers(cells), value: here.filter.publisher?.join(','), choose: (value) => keep(narrowed(here, 'publisher', value ? [value] : [])) },
    { name: 'sector', label: t('requests.sector'), options: sectors(cells), value: here.filter.sector?.join(','), choose: (value) => keep(narrowed(here, 'sector', value ? [value] : [])) },
    { name: 'theme', label: t('requests.theme'), options: themesOf(themes), value: here.board.theme, choose: (value) => keep(boarded(here, 'theme', value)) },
    ...(studies.length > 1 || here.filter.chapter ? [{ name: 'chapter', label: t('facet.CHAPTER'), options: studies.map((one): Option => [one.chapter, tv('chapter', one.chapter)]), value: here.filter.chapter?.join(','), choose: (value: string | undefined) => keep(narrowed(here, 'chapter', value ? [value] : [])) }] : []),
    { name: 'need', label: t('requests.blocking'), options: NEEDS.map((one) => [word(one), tv('requests.need', one)]), value: here.board.need && word(here.board.need), choose: (value) => keep(boarded(here, 'need', value)) },
    { name: 'status', label: t('requests.column.status'), options: STATUSES.map((one) => [word(one), tv('requests.status', one)]), value: here.board.status && word(here.board.status), choose: (value) => keep(boarded(here, 'status', value)) },
    { name: 'sort', label: t('requests.sort'), options: ORDERS.map((one) => [word(one), tv('requests.order', one)]), value: here.sort ?? 'organisations', choose: (value) => keep(sorted(here, value)), always: true },
  ];
  // Where nothing is found, the way out stands in its place.
  const filtered = Object.keys(here.board).length > 0 || here.filter.publisher || here.filter.sector || here.filter.chapter || here.filter.q;
  return (
    <form class="narrowing no-print" role="search" aria-label={t('requests.narrow')} onSubmit={(event) => event.preventDefault()}>
      <label class="text"><span>{t('requests.words')}</span>
        <input class="field" type="search" name="q" value={here.filter.q ?? ''} maxLength={200} onChange={(event) => keep(stated(here, 'q', event.currentTarget.value.trim() || undefined))} />
      </label>
      {lists.map((one) => <Select key={one.name} {...one} />)}
      <label class="tick"><input type="checkbox" name="overdue" checked={here.board.overdue !== undefined} onChange={(event) => keep(boarded(here, 'overdue', event.currentTarget.checked ? '1' : undefined))} />{t('requests.overdueOnly')}</label>
      {filtered && !isEmpty ? <button type="button" class="link" onClick={() => keep(cleared(here))}>{t('requests.clear')}</button> : null}
    </form>
  );
}

function Select({ name, label, options, value, choose, always }: Choice): VNode {
  // A value that none of the options has came with the address: it stays visible.
  const strange = value !== undefined && !options.some(([one]) => one === value);
  return (
    <label><span>{label}</span>
      <select class="field" name={name} value={value ?? ''} onChange={(event) => choose(event.currentTarget.value || undefined)}>
        {always ? null : <option value="">{t('requests.all')}</option>}
        {strange ? <option value={value}>{value}</option> : null}
        {options.map(([one, text, language]) => <option key={one} value={one} lang={language}>{text}</option>)}
      </select>
    </label>
  );
}

function sorted(here: Address, value: string | undefined): Address {
  const { sort: _, ...rest } = top(here);
  return value && value !== 'organisations' ? { ...rest, sort: value } : rest;
}

function publishers(cells: Cells): Option[] {
  const found = new Map<string, Option>();
  for (const { publisher } of cells) if (publisher) found.set(publisher.slug, [publisher.slug, publisher.name === short(publisher) ? publisher.name : `${short(publisher)}, ${publisher.name}`, publisher.nameLang]);
  return [...found.values()].sort((a, b) => a[1].localeCompare(b[1]));
}

function sectors(cells: Cells): Option[] {
  const found = new Map<string, string>();
  for (const { sector } of cells) if (sector) found.set(sector.code, sector.label);
  return [...found].sort((a, b) => a[1].localeCompare(b[1]));
}

/** A theme with how many requests are about it, whatever theme is chosen. */
function themesOf(themes: Themes): Option[] {
  return themes.flatMap(({ theme, requestCount }): Option[] => (theme ? [[theme.code, `${theme.label} (${number(requestCount)})`]] : []));
}
