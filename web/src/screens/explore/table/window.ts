// Which rows are in sight, when there are too many to draw them all.
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** From here on only rows in sight are drawn. */
export const MANY = 1000;
/** The height of a row, which its style fixes (48 px and its rule). */
export const ROW = 49;
/** Rows drawn above and below what is in sight. */
const SPARE = 20;

export interface Slice {
  from: number;
  to: number;
}

export function sliceOf(rows: number, scroll: number, height: number): Slice {
  if (rows <= MANY) return { from: 0, to: rows };
  const first = Math.floor(scroll / ROW) - SPARE;
  // In steps, so that not every pixel of a scroll draws anew.
  const from = Math.max(0, Math.min(rows, Math.floor(first / 10) * 10));
  return { from, to: Math.min(rows, from + Math.ceil(height / ROW) + 2 * SPARE + 10) };
}

export function useSlice(box: RefObject<HTMLElement | null>, rows: number): Slice {
  const [slice, setSlice] = useState<Slice>({ from: 0, to: Math.min(rows, MANY) });
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const update = (): void => setSlice((now) => {
      const next = sliceOf(rows, element.scrollTop, element.clientHeight);
      return next.from === now.from && next.to === now.to ? now : next;
    });
    update();
    element.addEventListener('scroll', update, { passive: true });
    addEventListener('resize', update);
    return () => {
      element.removeEventListener('scroll', update);
      removeEventListener('resize', update);
    };
  }, [rows]);
  return slice;
}
