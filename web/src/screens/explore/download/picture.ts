// Which drawing the picture on screen can be saved from. A view that draws SVG names it; one that paints
// pixels draws the same as SVG off stage.
import { signal } from '@preact/signals';
import { render, type VNode } from 'preact';
import { useEffect } from 'preact/hooks';

export interface Picture {
  /** The drawing, in the document so that its colours can be read, and what to do with it afterwards. */
  draw: () => Promise<{ svg: SVGSVGElement; done: () => void }>;
  /** Whether the boundaries of the basemap are in it. */
  boundaries?: boolean;
  /** What it shows less than the figure counts, in words; undefined where it shows all. */
  note?: () => string | undefined;
}

export const picture = signal<Picture | undefined>(undefined);

/** Names the drawing of a view for as long as it is shown. */
export function usePicture(make: Picture | undefined): void {
  useEffect(() => {
    picture.value = make;
    return () => {
      if (picture.peek() === make) picture.value = undefined;
    };
  }, [make]);
}

const PATIENCE_MS = 3000;

/** Draws off stage: there, but neither seen nor read out. */
export async function offStage(drawing: VNode, ready = 'svg'): ReturnType<Picture['draw']> {
  const box = document.createElement('div');
  box.className = 'offstage';
  box.setAttribute('aria-hidden', 'true');
  document.body.append(box);
  render(drawing, box);
  const done = (): void => {
    render(null, box);
    box.remove();
  };
  const start = performance.now();
  while (performance.now() - start < PATIENCE_MS) {
    await new Promise((resume) => { requestAnimationFrame(resume); });
    const svg = box.querySelector('svg');
    if (svg && box.querySelector(ready)) return { svg, done };
  }
  done();
  throw new Error('the picture was not drawn in time');
}
