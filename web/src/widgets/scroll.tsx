// A wide table in a narrow place: it scrolls by itself, also by keyboard, and says so while there is more to the right.
// Where it has room it is no stop on the way through the page.
import type { ComponentChildren, RefObject, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n.ts';

/** What is hidden by so many pixels or less is no column, though it can be scrolled. */
const SLACK = 2;

/** Whether what is in the box is larger than the box, and whether there is more to its right. `within`: what may grow. */
export function useWide(box: RefObject<HTMLElement | null>, within?: string): { wide: boolean; more: boolean } {
  const [wide, setWide] = useState(false);
  const [more, setMore] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const update = (): void => {
      const isFree = getComputedStyle(element).overflowX === 'visible';
      const over = isFree ? 0 : element.scrollWidth - element.clientWidth;
      setWide(over > 0 || (!isFree && element.scrollHeight > element.clientHeight));
      setMore(over - element.scrollLeft > SLACK);
    };
    const watch = new ResizeObserver(update);
    watch.observe(element);
    const grows = within === undefined ? element.firstElementChild : element.querySelector(within);
    if (grows) watch.observe(grows);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [within]);
  return { wide, more };
}

export function Scroll({ label, children }: { label: string; children: ComponentChildren }): VNode {
  const box = useRef<HTMLDivElement>(null);
  const { wide, more } = useWide(box);
  return (
    <div class={more ? 'scrollbox more-right' : 'scrollbox'}>
      <p class="tiny muted hint no-print" aria-hidden="true">{more ? t('scroll.more') : ''}</p>
      <div class="scroll" ref={box} {...(wide ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}>{children}</div>
    </div>
  );
}
