// A wide table in a narrow place: it scrolls by itself, and says so while there is more to the right.
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n.ts';

/** Fractions of a pixel are no columns. */
const SLACK = 2;

export function Scroll({ label, children }: { label: string; children: ComponentChildren }): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const update = (): void => setMore(getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth - element.clientWidth - element.scrollLeft > SLACK);
    const watch = new ResizeObserver(update);
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, []);
  return (
    <div class={more ? 'scrollbox more-right' : 'scrollbox'}>
      <p class="tiny muted hint no-print" aria-hidden="true">{more ? t('scroll.more') : ''}</p>
      <div class="scroll" ref={box} tabIndex={0} role="region" aria-label={label}>{children}</div>
    </div>
  );
}
