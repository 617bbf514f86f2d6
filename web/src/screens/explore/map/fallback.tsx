// The map where WebGL is missing: the states of the country with most organisations, shaded and with
// circles, as plain SVG. The list beside it is the same as ever.
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../../../i18n.ts';
import { countryOf, Outline, ShadeKey } from '../../../widgets/outline.tsx';
import type { Layer } from './layer.tsx';
import type { Drawn } from './map.tsx';

export function Fallback({ drawn, ready, layer }: { drawn: Drawn; ready: boolean; layer: Layer }): VNode {
  useEffect(() => {
    if (ready) document.body.dataset['map'] = 'ready';
    return () => {
      delete document.body.dataset['map'];
    };
  }, [ready]);
  const country = countryOf(drawn.areas) ?? 'MX';
  const spots = [...drawn.symbols, ...drawn.points.map((one) => ({ lon: one.lon, lat: one.lat, count: 1 }))];
  return (
    <>
      <div class="fallback"><Outline country={country} counts={drawn.areas} shaded={layer !== 'circles'} spots={layer === 'areas' ? [] : spots} /></div>
      <div class="ctrl legend"><div><p>{t('map.noWebGl')}</p>{layer === 'circles' ? null : <ShadeKey />}</div></div>
    </>
  );
}
