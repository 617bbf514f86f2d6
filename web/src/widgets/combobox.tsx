// Search as you type, to the ARIA combobox pattern: the field keeps the focus, arrows move through
// the list, Enter opens, Escape closes.
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { parse } from '../address.ts';
import { t } from '../i18n.ts';
import { TEXT } from '../limits.ts';
import { go } from '../navigate.ts';
import { useQuery } from '../query.ts';
import type { SearchType } from '../queries/generated/schema.ts';
import { Search } from '../queries/generated/search.ts';
import { Icon } from './icons.tsx';
import { lazy } from './lazy.tsx';
import { rowsOf } from './mention.ts';

interface Props {
  label: string;
  placeholder: string;
  types?: SearchType[];
  /** Draws the magnifier, and the key that jumps here. */
  main?: boolean;
  onGo?: () => void;
  /** Does something else with what is chosen than going to its page. */
  onPick?: (path: string) => void;
  /** Where to go on from here when nothing was found. */
  nothing?: ComponentChildren;
  /** The sentence that leads to these ways. */
  leading?: string;
}

/** Nobody needs the list before something is typed. */
const load = (): Promise<typeof import('./found.tsx')> => import('./found.tsx');
const Found = lazy(load, ({ failed }) => <div class="pop" tabIndex={-1}><p role="status">{t(failed ? 'state.failed' : 'search.searching')}</p></div>);

const WAIT_MS = 150;
const MOST = 8;

export function Combobox({ label, placeholder, types, main, onGo, onPick, nothing, leading }: Props): VNode {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState(-1);
  const [due, setDue] = useState(false);
  // Whether there is a list to go through: there may be a sentence in its place.
  const [listed, setListed] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  // What is too long is not asked for, and an answer to what was typed before is none.
  const long = [...typed.trim()].length > TEXT;
  const asked = useQuery(Search, text.length > 0 && [...text].length <= TEXT ? { text, first: MOST, ...(types ? { types } : { whole: !onPick }) } : null);
  const found = text && !asked.pending && !asked.error && !long ? asked.data : undefined;
  // Where everything is searched, what has no page of that name may still be mentioned.
  const rows = found ? rowsOf(found, text) : [];
  const shown = open && typed.trim() !== '';

  const state = long ? 'long' : asked.pending || text !== typed.trim() ? 'pending' : asked.error ? 'failed' : 'known';

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
  // Enter may come before the rows: it leads to the first of them once that is there, unless the reader goes on.
  useEffect(() => setDue(false), [shown, typed]);
  useEffect(() => {
    if (due && rows[0] && text === typed.trim()) choose(rows[0].path);
  }, [due, rows[0]?.path]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (rows.length > 0) setCurrent(current < 0 && step < 0 ? rows.length - 1 : (current + step + rows.length) % rows.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const row = rows[current];
      if (row) choose(row.path);
      else {
        setText(typed.trim());
        setDue(true);
      }
    }
  };
  // From what stands below it, Escape leads back into the field.
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    if (shown) {
      event.preventDefault();
      box.current?.querySelector('input')?.focus();
    }
    setOpen(false);
  };

  return (
    <div
      class={main ? 'combo find' : 'combo'}
      role="presentation"
      ref={box}
      onKeyDown={onEscape}
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
        aria-expanded={listed}
        aria-controls={listed ? `${id}-list` : undefined}
        aria-activedescendant={listed && current >= 0 && rows[current] ? `${id}-${current}` : undefined}
        data-find={main ? '' : undefined}
        placeholder={placeholder}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
          setCurrent(-1);
        }}
        onFocus={() => {
          setOpen(true);
          void load().catch(() => {});
        }}
        onKeyDown={onKeyDown}
      />
      {main ? <kbd class="keyed" aria-hidden="true">/</kbd> : null}
      {shown ? <Found id={id} rows={rows} text={text} state={state} current={current} onCurrent={setCurrent} onChoose={choose} onListed={setListed} leading={leading} whole={!types && !onPick}>{nothing}</Found> : null}
    </div>
  );
}
