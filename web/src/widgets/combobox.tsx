// Search as you type, to the ARIA combobox pattern: the field keeps the focus, arrows move through
// the list, Enter opens, Escape closes.
import type { VNode } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { parse } from '../address.ts';
import { TEXT } from '../limits.ts';
import { DOT, number, t } from '../i18n.ts';
import { go, href } from '../navigate.ts';
import { useQuery } from '../query.ts';
import type { SearchType } from '../queries/generated/schema.ts';
import { Search } from '../queries/generated/search.ts';
import { Icon } from './icons.tsx';

interface Props {
  label: string;
  placeholder: string;
  types?: SearchType[];
  /** Draws the magnifier, and the key that jumps here. */
  main?: boolean;
  onGo?: () => void;
  /** Does something else with what is chosen than going to its page. */
  onPick?: (path: string) => void;
}

const WAIT_MS = 150;
const MOST = 8;

export function Combobox({ label, placeholder, types, main, onGo, onPick }: Props): VNode {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState(-1);
  const [due, setDue] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  // What is too long is not asked for, and an answer to what was typed before is none.
  const long = [...typed.trim()].length > TEXT;
  const asked = useQuery(Search, text.length > 0 && [...text].length <= TEXT ? { text, first: MOST, ...(types ? { types } : {}) } : null);
  const hits = text && asked.data && !asked.pending && !asked.error && !long ? asked.data.search.hits : [];
  const shown = open && typed.trim() !== '';

  useLayoutEffect(() => {
    if (shown) makeRoom(box.current);
  }, [shown, hits.length]);
  useLayoutEffect(() => {
    if (shown && current >= 0) box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [shown, current]);

  const choose = (path: string): void => {
    setOpen(false);
    setTyped('');
    setText('');
    onGo?.();
    if (onPick) {
      onPick(path);
      return;
    }
    const [route = '/', query = ''] = path.split('?');
    go(parse(route, query));
  };
  // Enter may come before the hits: it leads to the first of them once that is there, unless the reader goes on.
  useEffect(() => setDue(false), [shown, typed]);
  useEffect(() => {
    if (due && hits[0] && text === typed.trim()) choose(hits[0].path);
  }, [due, hits[0]]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      if (shown) event.preventDefault();
      setOpen(false);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (hits.length > 0) setCurrent((current + step + hits.length) % hits.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const hit = hits[current];
      if (hit) choose(hit.path);
      else {
        setText(typed.trim());
        setDue(true);
      }
    }
  };

  return (
    <div
      class={main ? 'combo find' : 'combo'}
      ref={box}
      onFocusOut={(event: FocusEvent) => {
        if (!(event.relatedTarget instanceof Node) || !box.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      {main ? <Icon of="find" size={15} /> : null}
      <label class="vh" for={id}>{label}</label>
      <input
        id={id}
        class="field"
        type="search"
        role="combobox"
        autocomplete="off"
        list={undefined}
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? `${id}-list` : undefined}
        aria-activedescendant={shown && current >= 0 && hits[current] ? `${id}-${current}` : undefined}
        data-find={main ? '' : undefined}
        placeholder={placeholder}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
          setCurrent(-1);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      {main ? <kbd class="keyed" aria-hidden="true">/</kbd> : null}
      {shown && hits.length > 0 ? (
        <div class="pop" role="listbox" id={`${id}-list`} aria-label={t('search.results')}>
          {hits.map((hit, index) => (
            <a
              key={hit.path}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              href={link(hit.path)}
              onPointerEnter={() => setCurrent(index)}
              onClick={(event) => {
                event.preventDefault();
                choose(hit.path);
              }}
            >
              <span>{hit.title}{hit.matched ? <span class="quiet">{DOT}{hit.matched}</span> : null}</span>
              <span class="kind">{hit.organisationCount === null ? '' : number(hit.organisationCount)}</span>
              <span class="kind">{t(`search.${hit.type}`)}{hit.subtitle ? `${DOT}${hit.subtitle}` : ''}</span>
            </a>
          ))}
        </div>
      ) : null}
      {shown && hits.length === 0 ? (
        <div class="pop" id={`${id}-list`} role="status">
          <p>{long ? t('fault.long', { most: TEXT }) : asked.pending || text !== typed.trim() ? t('search.searching') : asked.error ? t('state.failed') : t('search.nothing', { text })}</p>
        </div>
      ) : null}
    </div>
  );
}

/** Above the field, in pixels, when it has been moved up. */
const ABOVE = 16;

/** What was found shows below its field, also where that stood at the foot of the window or over a keyboard on the screen. */
function makeRoom(box: HTMLElement | null): void {
  const list = box?.querySelector('.pop');
  if (!box || !list) return;
  const over = list.getBoundingClientRect().bottom - (window.visualViewport?.height ?? innerHeight);
  const room = box.getBoundingClientRect().top - ABOVE;
  // Windows scroll by whole pixels, and drop the rest.
  if (over > 0 && room > 0) scrollBy({ top: Math.ceil(Math.min(over, room)) });
}

function link(path: string): string {
  const [route = '/', query = ''] = path.split('?');
  return href(parse(route, query));
}
