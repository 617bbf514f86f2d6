// The list below a search field: what was found, or why there is nothing.
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { parse } from '../address.ts';
import { DOT, number, t } from '../i18n.ts';
import { TEXT } from '../limits.ts';
import { href } from '../navigate.ts';
import type { Row } from './mention.ts';
import '../styles/found.css';

interface Props {
  /** Of the field. */
  id: string;
  rows: Row[];
  text: string;
  state: 'long' | 'pending' | 'failed' | 'known';
  /** The row that the arrows have reached; -1 is none. */
  current: number;
  onCurrent: (at: number) => void;
  onChoose: (path: string) => void;
  /** Whether there is a list, each time that this changes. */
  onListed: (is: boolean) => void;
  /** Where to go on from here when nothing was found. */
  children?: ComponentChildren;
  /** The sentence that leads to these ways. */
  leading: string | undefined;
  /** Whether everything was searched, so that all organisations are left to look through. */
  whole: boolean;
}

export default function Found({ id, rows, text, state, current, onCurrent, onChoose, onListed, children, leading, whole }: Props): VNode {
  const list = useRef<HTMLDivElement>(null);
  const isListed = rows.length > 0;
  useLayoutEffect(() => {
    onListed(isListed);
    return () => onListed(false);
  }, [isListed]);
  useLayoutEffect(() => makeRoom(list.current), [rows.length, state]);
  useLayoutEffect(() => {
    if (current >= 0) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  // A press on it, not on its links alone, keeps the focus within: the box would close under the pointer.
  if (!isListed) {
    return (
      <div class="pop" tabIndex={-1} ref={list}>
        <p role="status">{state === 'long' ? t('fault.long', { most: TEXT }) : state === 'pending' ? t('search.searching') : state === 'failed' ? t('state.failed') : [t('search.nothing', { text }), leading].filter(Boolean).join('. ')}</p>
        {state === 'known' ? (children ?? (whole ? <p><a href={link('/explore')}>{t('gone.explore')}</a></p> : null)) : null}
      </div>
    );
  }
  return (
    <div class="pop" role="listbox" tabIndex={-1} id={`${id}-list`} aria-label={t('search.results')} ref={list}>
      {rows.map((row, index) => (
        <a
          key={row.path}
          id={`${id}-${index}`}
          class={row.type ? undefined : 'mention'}
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          href={link(row.path)}
          onPointerMove={() => { if (index !== current) onCurrent(index); }}
          onClick={(event) => {
            event.preventDefault();
            onChoose(row.path);
          }}
        >
          <span>{row.type ? row.title : t('search.mention', { text })}{row.matched ? <span class="quiet">{DOT}{row.matched}</span> : null}</span>
          <span class="kind">{row.organisationCount === null ? '' : number(row.organisationCount)}</span>
          {row.type ? <span class="kind">{t(`search.${row.type}`)}{row.subtitle ? `${DOT}${row.subtitle}` : ''}</span> : null}
        </a>
      ))}
    </div>
  );
}

/** Above the field, in pixels, when it has been moved up. */
const ABOVE = 16;

/** What was found shows below its field, also where that stood at the foot of the window or over a keyboard on the screen. */
function makeRoom(list: HTMLElement | null): void {
  const box = list?.parentElement;
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
