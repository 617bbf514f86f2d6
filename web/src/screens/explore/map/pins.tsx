// The buttons on the map that is drawn as SVG.
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { held, inOrder, sameAs, type Laid } from './marks.ts';
import { pin } from './pin.ts';
import type { Mark, Surface } from './room.ts';

/** The buttons; those that look and answer alike stay the same ones while the map moves. */
export function Pins({ laid, surface, onOpen }: { laid: Laid[]; surface: Surface; onOpen: (mark: Mark) => void }): VNode {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(new Map<string, HTMLButtonElement>());
  const open = useRef(onOpen);
  open.current = onOpen;
  useLayoutEffect(() => {
    const into = box.current;
    if (!into) return;
    const holds = held();
    const next = new Map<string, HTMLButtonElement>();
    laid.forEach((one, index) => {
      const same = sameAs(one);
      const id = next.has(same) ? `${same} ${index}` : same;
      const { mark, look } = one;
      let button = shown.current.get(id);
      if (!button) {
        button = pin(mark, look);
        button.addEventListener('click', () => open.current(mark));
        into.append(button);
      }
      const { x, y } = surface.at(mark);
      button.style.transform = `translate(-50%, -50%) translate(${(x + look.shift.dx).toFixed(1)}px, ${(y + look.shift.dy).toFixed(1)}px)`;
      next.set(id, button);
    });
    for (const [id, button] of shown.current) if (!next.has(id)) button.remove();
    inOrder([...next.values()]);
    shown.current = next;
    if (holds !== null && held() === null) [...next.values()].find((one) => one.getAttribute('aria-label') === holds)?.focus({ preventScroll: true });
  }, [laid]);
  return <div class="plain-pins" ref={box} />;
}
