// Whether the window is so narrow that a picture or a table needs another form, and how wide an element is.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { options, type RefObject } from 'preact';

const NARROW = '(max-width: 900px)';

const PRINT = matchMedia('print');

/** On paper what is asked is narrow, wide, or stays as the screen had it. */
export function useNarrow(paper: 'narrow' | 'wide' | 'same' = 'narrow'): boolean {
  const query = paper === 'narrow' ? NARROW : `screen and ${NARROW}`;
  const [narrow, setNarrow] = useState(matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const update = (): void => {
      if (paper !== 'same' || !PRINT.matches) setNarrow(media.matches);
    };
    // Before the pages are counted: what the media query says comes after that, and leaves empty ones.
    const print = (): void => {
      if (paper !== 'same') atOnce(() => setNarrow(paper === 'narrow'));
    };
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

/** How wide a picture is drawn for paper, in pixels, whatever the window: it is scaled to the sheet, and its words are to be
 *  read there, at 8 points or more. */
const SHEET = 860;
/** The same for a sheet that lies across, where a picture has less height: `tall` is what it should take. Which way a sheet
 *  lies is known when nothing can be drawn any more, so both are drawn, and the styles choose. */
export const ACROSS = { width: 1180, tall: 440 };

/** The width of an element, in whole pixels, 0 until it is drawn; and whether it is that of paper. */
export function useWidth(): { box: RefObject<HTMLDivElement | null>; width: number; isPaper: boolean } {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [isPaper, setPaper] = useState(false);
  // Measured before it is painted, so that what is drawn to measure is there at once.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = (): void => {
      setWidth(Math.floor(element.clientWidth));
      setPaper(false);
    };
    measure();
    // A sheet that is laid out changes the width of everything, when nothing can be drawn again any more.
    const watch = new ResizeObserver(() => {
      if (!PRINT.matches) measure();
    });
    watch.observe(element);
    const print = (): void => atOnce(() => {
      setWidth(SHEET);
      setPaper(true);
    });
    addEventListener('beforeprint', print);
    addEventListener('afterprint', measure);
    return () => {
      watch.disconnect();
      removeEventListener('beforeprint', print);
      removeEventListener('afterprint', measure);
    };
  }, []);
  return { box, width, isPaper };
}
