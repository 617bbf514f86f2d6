// The map on paper. What WebGL has painted is not printed, and buttons at places of the screen fit no other width: the
// same counts are drawn as SVG when printing begins.
import { render, type VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { countryOf, loadOutline } from '../../../widgets/outline.tsx';
import { Sketch } from './fallback.tsx';
import type { Layer } from './layer.tsx';
import type { Drawn } from './map.tsx';

export function Paper({ drawn, layer, ready }: { drawn: Drawn; layer: Layer; ready: boolean }): VNode {
  const box = useRef<HTMLDivElement>(null);
  const now = useRef({ drawn, layer });
  now.current = { drawn, layer };
  // The outline comes when all else is there, so that it is at hand.
  const country = countryOf(drawn.areas) ?? 'MX';
  useEffect(() => {
    if (ready) void loadOutline(country).catch(() => {});
  }, [ready, country]);
  useEffect(() => {
    const into = box.current;
    if (!into) return undefined;
    const draw = (): void => render(<Sketch {...now.current} />, into);
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
