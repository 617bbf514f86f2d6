// The filter rail, which is also the legend: its swatches explain the colours of every picture.
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { cleared, isFiltered, stated, toggled, type Address } from '../../address.ts';
import { TEXT } from '../../limits.ts';
import { DOT, band, number, t, tn } from '../../i18n.ts';
import { go } from '../../navigate.ts';
import type { Grade as Letter } from '../../queries/generated/schema.ts';
import { Icon } from '../../widgets/icons.tsx';
import { Grade, GRADES, Square } from '../../widgets/marks.tsx';
import type { Facets } from './explore.tsx';
import { MANY, useFound } from './find.ts';
import type { Found } from './names.ts';
import { withChoices } from './choices.ts';
import { ordered, SECTIONS, type FacetData, type Section } from './facets.ts';

interface RailProps {
  facets: FacetData[];
  here: Address;
  /** The counts answer the question before. */
  isPast: boolean;
  prefix?: string;
}

export function Rail({ facets, here, isPast, prefix = 'rail' }: RailProps): VNode {
  // Where nothing matches at all, the page says so once.
  const isBare = facets.every(isMissing);
  return (
    <form class={isPast ? 'past' : undefined} aria-label={t('rail.label')} onSubmit={(event) => event.preventDefault()}>
      {isPast ? <p class="note warn">{t('state.stale')}</p> : null}
      <TextFilter here={here} prefix={prefix} />
      {SECTIONS.map((section) => {
        const facet = facets.find((one) => one.key === section.key);
        if (!facet || (facet.values.length < 2 && !here.filter[section.facet] && (isBare || !isEmptied(facet, here)))) return null;
        return <FacetBox key={section.key} section={section} facet={facet} here={here} id={`${prefix}-${section.key}`} />;
      })}
    </form>
  );
}

/** A facet with one value selects nothing. One that the other conditions have emptied says so, and keeps its place. */
function isEmptied(facet: FacetData, here: Address): boolean {
  return isFiltered(here.filter) && isMissing(facet) && facet.values.every((one) => one.missing !== 'NOT_ASKED');
}

function isMissing({ values }: FacetData): boolean {
  return values.every((one) => one.missing !== null);
}

const WAIT_MS = 250;

function TextFilter({ here, prefix }: { here: Address; prefix: string }): VNode {
  const value = here.filter.q ?? '';
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(() => go(stated(here, 'q', typed.trim() || undefined), { keep: true, replace: true }), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div class="facet">
      <label class="legend" for={`${prefix}-q`}>{t('rail.text')}</label>
      <input id={`${prefix}-q`} class="field" type="search" autocomplete="off" maxLength={TEXT} value={typed} placeholder={t('rail.textHint')} onInput={(event) => setTyped(event.currentTarget.value)} />
    </div>
  );
}

function FacetBox({ section, facet, here, id }: { section: Section; facet: FacetData; here: Address; id: string }): VNode {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { found, pending } = useFound(section, facet, here, text);
  const chosen = new Set(here.filter[section.facet] ?? []);
  const values: Found[] = withChoices(ordered(facet.key, facet.values), chosen, t('facet.unknown'));
  const isSought = text !== '';
  const shown = isSought ? found : open ? values : values.filter((one, index) => index < section.first || chosen.has(one.value));
  const rest = values.length - shown.length;
  const many = facet.values.length + facet.more > MANY;
  return (
    <fieldset class="facet" id={id}>
      <legend>{t(section.label)}</legend>
      {many ? <input class="field find" type="search" autocomplete="off" maxLength={TEXT} value={typed} aria-label={t('rail.find', { facet: t(section.label) })} placeholder={t('rail.findHint', { n: facet.values.length + facet.more })} onInput={(event) => setTyped(event.currentTarget.value)} /> : null}
      {many ? <p class={isSought && !pending && found.length === 0 ? 'tiny muted' : 'vh'} role="status">{!isSought || pending ? '' : found.length === 0 ? t('rail.findNone') : tn('rail.found', found.length)}</p> : null}
      {shown.map((value) => (
        <Option key={value.value} section={section} value={value} checked={chosen.has(value.value)} onToggle={() => go(toggled(here, section.facet, value.value), { keep: true })} />
      ))}
      {facet.values.length < 2 && chosen.size === 0 ? <p class="tiny muted">{t('rail.nothing')}</p> : null}
      {!isSought && rest > 0 ? <button type="button" class="link more" onClick={() => setOpen(true)}>{tn('rail.showMore', rest + facet.more)}</button> : null}
      {!isSought && open && facet.more > 0 ? <p class="tiny muted more">{tn('rail.beyond', facet.more)}</p> : null}
      {!isSought && open ? <button type="button" class="link more" onClick={() => setOpen(false)}>{t('rail.less')}</button> : null}
    </fieldset>
  );
}

function isGrade(value: string): value is Letter {
  return GRADES.some((one) => one === value);
}

function Option({ section, value, checked, onToggle }: { section: Section; value: Found; checked: boolean; onToggle: () => void }): VNode {
  const coloured = section.key === 'FAMILY' || section.key === 'SECTOR';
  return (
    <label class={value.count === 0 && !checked ? 'opt zero' : 'opt'}>
      <input type="checkbox" checked={checked} onChange={onToggle} />
      {coloured ? <Square of={section.key === 'FAMILY' ? value.value : value.family} /> : null}
      {section.key === 'GRADE' && isGrade(value.value) ? <Grade of={value.value} /> : null}
      <span class="l" title={value.note ? `${value.label}${DOT}${value.note}` : value.label}>{section.key === 'GRADE' && isGrade(value.value) ? t(`grade.${value.value}`) : section.key === 'SIZE' && value.missing === null ? band(value.value) : value.label}{value.note ? <span class="note-of tiny muted">{value.note}</span> : null}</span>
      <span class="n">{number(value.count)}</span>
    </label>
  );
}

/** The rail on a phone: a sheet over the page, closed by the button that says what it will show. */
export function Sheet({ found, at, onClose, ...rail }: RailProps & { found: Facets; at?: Section['key'] | undefined; onClose: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    const facet = at && document.getElementById(`sheet-${at}`);
    if (!facet) return;
    facet.querySelector('input')?.focus({ preventScroll: true });
    facet.scrollIntoView();
  }, []);
  return (
    <dialog class="sheet" ref={dialog} aria-label={t('rail.label')} onClose={onClose}>
      <div class="sheet-head">
        <h2>{t('rail.label')}</h2>
        <button type="button" class="icon" aria-label={t('rail.close')} onClick={() => dialog.current?.close()}><Icon of="close" size={20} /></button>
      </div>
      <div class="sheet-body"><Rail {...rail} prefix="sheet" /></div>
      <div class="sheet-foot">
        {isFiltered(rail.here.filter) ? <button type="button" class="btn" onClick={() => go(cleared(rail.here), { keep: true })}>{t('chips.clear')}</button> : null}
        <button type="button" class="btn main" onClick={() => dialog.current?.close()}>{rail.isPast ? t('rail.close') : tn('rail.show', found.totalCount)}</button>
      </div>
    </dialog>
  );
}
