// The drawing with what a pointer does to it: point at a node, press it, drag, zoom. Keys move it and change its
// size; its nodes are reached in the list beside it.
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../i18n.ts';
import { Icon } from '../../../widgets/icons.tsx';
import { Drawing } from './drawing.tsx';
import type { Colour } from './look.ts';
import { keyed, WHOLE, zoomed, type Net, type Seen, type Size } from './net.ts';

interface Props {
  net: Net;
  colour: Colour;
  focus: string | undefined;
  label: string;
  seen: Seen;
  onSeen: (change: (seen: Seen) => Seen) => void;
  onPick: (key: string) => void;
  onFocus: (key: string | undefined) => void;
}

/** A pointer that moved less was meant to press. */
const STILL = 4;
const STEP = 1.5;

export function Canvas({ net, colour, focus, label, seen, onSeen, onPick, onFocus }: Props): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const act = useRef({ onPick, onFocus, onSeen });
  act.current = { onPick, onFocus, onSeen };
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setSize({ width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight) }));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useEffect(() => (box.current ? listen(box.current, act) : undefined), []);
  return (
    <div class={seen === WHOLE ? 'net-box' : 'net-box moved'} ref={box} role="group" tabIndex={0} aria-label={t('network.keys')}>
      {size.width > 0 && size.height > 0 ? <Drawing {...{ net, colour, size, seen, focus, label }} /> : null}
    </div>
  );
}

interface Acts {
  current: Pick<Props, 'onPick' | 'onFocus' | 'onSeen'>;
}

function listen(element: HTMLElement, act: Acts): () => void {
  const keyAt = (event: Event): string | undefined => (event.target instanceof Element ? event.target.closest<SVGGElement>('[data-key]')?.dataset['key'] : undefined);
  let from: { x: number; y: number; moved: boolean } | undefined;
  const stop = new AbortController();
  const on = <Name extends keyof HTMLElementEventMap>(name: Name, does: (event: HTMLElementEventMap[Name]) => void): void => {
    element.addEventListener(name, does, { signal: stop.signal, passive: false });
  };
  on('pointerdown', (event) => { from = { x: event.clientX, y: event.clientY, moved: false }; });
  on('pointermove', (event) => {
    if (!from || event.buttons === 0) {
      act.current.onFocus(keyAt(event));
      return;
    }
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < STILL) return;
    if (!from.moved) element.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, moved: true };
    act.current.onSeen((seen) => ({ ...seen, dx: seen.dx + dx, dy: seen.dy + dy }));
  });
  on('pointerleave', () => act.current.onFocus(undefined));
  on('click', (event) => {
    const key = from?.moved ? undefined : keyAt(event);
    from = undefined;
    if (key) act.current.onPick(key);
  });
  on('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keyed(WHOLE, event.key) === undefined) return;
    event.preventDefault();
    act.current.onSeen((seen) => keyed(seen, event.key) ?? seen);
  });
  on('wheel', (event) => {
    event.preventDefault();
    const { left, top, width, height } = element.getBoundingClientRect();
    const at = { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
    act.current.onSeen((seen) => zoomed(seen, event.deltaY < 0 ? 1.15 : 1 / 1.15, at));
  });
  return () => stop.abort();
}

export function ZoomButtons({ onSeen }: Pick<Props, 'onSeen'>): VNode {
  return (
    <div class="net-zoom">
      <button type="button" class="icon" aria-label={t('map.zoomIn')} onClick={() => onSeen((seen) => zoomed(seen, STEP))}>+</button>
      <button type="button" class="icon" aria-label={t('map.zoomOut')} onClick={() => onSeen((seen) => zoomed(seen, 1 / STEP))}>−</button>
      <button type="button" class="icon" aria-label={t('map.whole')} onClick={() => onSeen(() => WHOLE)}><Icon of="whole" /></button>
    </div>
  );
}
