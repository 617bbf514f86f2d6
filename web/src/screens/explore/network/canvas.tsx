// The drawing with what a pointer does to it: point at a node, press it, drag, zoom. Keys move it and change its
// size; its nodes are reached in the list beside it.
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../i18n.ts';
import { Icon } from '../../../widgets/icons.tsx';
import { Drawing } from './drawing.tsx';
import type { Colour } from './look.ts';
import { listen, WHOLE, zoomed, type Seen } from '../moving.ts';
import type { Net, Size } from './net.ts';

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

export function ZoomButtons({ onSeen }: Pick<Props, 'onSeen'>): VNode {
  return (
    <div class="net-zoom">
      <button type="button" class="icon" aria-label={t('map.zoomIn')} onClick={() => onSeen((seen) => zoomed(seen, STEP))}>+</button>
      <button type="button" class="icon" aria-label={t('map.zoomOut')} onClick={() => onSeen((seen) => zoomed(seen, 1 / STEP))}>−</button>
      <button type="button" class="icon" aria-label={t('map.whole')} onClick={() => onSeen(() => WHOLE)}><Icon of="whole" /></button>
    </div>
  );
}
