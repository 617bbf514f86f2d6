// What a pointer and the keys do to a picture that is drawn as SVG: press, drag, zoom.

/** How large, and how far moved, the reader has made the picture. */
export interface Seen {
  scale: number;
  dx: number;
  dy: number;
}

export const WHOLE: Seen = { scale: 1, dx: 0, dy: 0 };
export const LARGEST = 8;
const MIDDLE = { x: 0, y: 0 };

/** Larger or smaller by a factor, around a point given from the middle of the picture. */
export function zoomed(seen: Seen, by: number, at = MIDDLE, largest = LARGEST): Seen {
  const scale = Math.min(largest, Math.max(1, seen.scale * by));
  if (scale === 1) return WHOLE;
  const grown = scale / seen.scale;
  return { scale, dx: at.x - (at.x - seen.dx) * grown, dy: at.y - (at.y - seen.dy) * grown };
}

/** How far an arrow moves the picture, in pixels, and how much a sign changes its size. */
const MOVE = 60;
const ZOOM = 1.5;

/** The picture after a key, as the map's keys do; undefined for keys that mean nothing here. */
export function keyed(seen: Seen, key: string, largest = LARGEST): Seen | undefined {
  switch (key) {
    case 'ArrowLeft': return { ...seen, dx: seen.dx + MOVE };
    case 'ArrowRight': return { ...seen, dx: seen.dx - MOVE };
    case 'ArrowUp': return { ...seen, dy: seen.dy + MOVE };
    case 'ArrowDown': return { ...seen, dy: seen.dy - MOVE };
    case '+': case '=': return zoomed(seen, ZOOM, MIDDLE, largest);
    case '-': return zoomed(seen, 1 / ZOOM, MIDDLE, largest);
    case 'Escape': case '0': return WHOLE;
    default: return undefined;
  }
}

/** A pointer that moved less was meant to press. */
const STILL = 4;

export interface Acts {
  onPick: (key: string) => void;
  onFocus: (key: string | undefined) => void;
  onSeen: (change: (seen: Seen) => Seen) => void;
}

/** Presses are of what has a `data-key`; `largest`: how far it can be zoomed. */
export function listen(element: HTMLElement, act: { current: Acts }, largest = LARGEST): () => void {
  const keyAt = (event: Event): string | undefined => (event.target instanceof Element ? event.target.closest<SVGElement>('[data-key]')?.dataset['key'] : undefined);
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
    act.current.onSeen((seen) => keyed(seen, event.key, largest) ?? seen);
  });
  on('wheel', (event) => {
    event.preventDefault();
    const { left, top, width, height } = element.getBoundingClientRect();
    const at = { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
    act.current.onSeen((seen) => zoomed(seen, event.deltaY < 0 ? 1.15 : 1 / 1.15, at, largest));
  });
  return () => stop.abort();
}
