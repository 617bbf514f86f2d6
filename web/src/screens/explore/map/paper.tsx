// The map on paper. What WebGL has painted is not printed, and buttons at places of the screen fit no other width: the
// same counts are drawn as SVG when printing begins. The key is the page's own, below it.
import { render, type VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { loadOutline } from '../../../widgets/outline.tsx';
import { Sketch, sketched } from './sketch.tsx';
import type { Layer } from './layer.tsx';
import type { Drawn } from './map.tsx';
import type { Names } from './naming.ts';

export function Paper({ drawn, layer, ready, names }: { drawn: Drawn; layer: Layer; ready: boolean; names: Names }): VNode {
  const box = useRef<HTMLDivElement>(null);
  const now = useRef({ drawn, layer, names });
  now.current = { drawn, layer, names };
  // The outlines come when all else is there, so that they are at hand.
  const countries = sketched(drawn).join();
  useEffect(() => {
    if (ready) for (const country of sketched(drawn)) void loadOutline(country).catch(() => {});
  }, [ready, countries]);
  useEffect(() => {
    const into = box.current;
    if (!into) return undefined;
    const draw = (): void => render(<Sketch {...now.current} bare />, into);
    const clear = (): void => render(null, into);
    addEventListener('beforeprint', draw);
    addEventListener('afterprint', clear);
    return () => {
      removeEventListener('beforeprint', draw);
      removeEventListener('afterprint', clear);
      clear();
    };
  }, []);
  return <div class="only-print paper" ref={box} />;
}
