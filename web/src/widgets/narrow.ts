// Whether the window is so narrow that a picture or a table needs another form, and how wide an element is.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { options, type RefObject } from 'preact';

const NARROW = '(max-width: 900px)';

/** Paper is narrow too, for a picture; `onScreen`: not for what stands on it as it does in a wide window. */
export function useNarrow({ onScreen = false } = {}): boolean {
  const query = onScreen ? `screen and ${NARROW}` : NARROW;
  const [narrow, setNarrow] = useState(matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const update = (): void => setNarrow(media.matches);
    // Before the pages are counted: what the media query says comes after that, and leaves empty ones.
    const print = (): void => atOnce(() => setNarrow(!onScreen));
    media.addEventListener('change', update);
    addEventListener('beforeprint', print);
    addEventListener('afterprint', update);
    return () => {
      media.removeEventListener('change', update);
      removeEventListener('beforeprint', print);
      removeEventListener('afterprint', update);
    };
  }, []);
  return narrow;
}

/** Draws what changes without waiting for the next turn. */
function atOnce(change: () => void): void {
  const { debounceRendering } = options;
  options.debounceRendering = (draw) => draw();
  try {
    change();
  } finally {
    if (debounceRendering) options.debounceRendering = debounceRendering;
    else delete options.debounceRendering;
  }
}

/** The width of an element, in whole pixels; 0 until it is drawn. */
export function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  // Measured before it is painted, so that what is drawn to measure is there at once.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = (): void => setWidth(Math.floor(element.clientWidth));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}
