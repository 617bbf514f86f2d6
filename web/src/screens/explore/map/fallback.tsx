// The map where WebGL is missing: the states of the country with most organisations, shaded and with
// circles, as plain SVG. The list beside it is the same as ever.
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { number, t } from '../../../i18n.ts';
import { project } from '../../../projection.js';
import { countryOf, Outline, ShadeKey, type Country } from '../../../widgets/outline.tsx';
import type { Layer } from './layer.tsx';
import type { Drawn } from './map.tsx';
import { apart, radius, slices, unit } from './rings.ts';

export function Fallback({ drawn, ready, layer }: { drawn: Drawn; ready: boolean; layer: Layer }): VNode {
  useEffect(() => {
    if (ready) document.body.dataset['map'] = 'ready';
    return () => {
      delete document.body.dataset['map'];
    };
  }, [ready]);
  return (
    <>
      <div class="fallback"><Sketch drawn={drawn} layer={layer} /></div>
      <div class="ctrl legend"><div><p>{t('map.noWebGl')}</p>{layer === 'circles' ? null : <ShadeKey />}</div></div>
    </>
  );
}

/** The states of the country with most organisations, with the circles of the map, as plain SVG. */
export function Sketch({ drawn, layer }: { drawn: Drawn; layer: Layer }): VNode {
  const country = countryOf(drawn.areas) ?? 'MX';
  return <Outline country={country} counts={drawn.areas} shaded={layer !== 'circles'}>{layer === 'areas' ? null : <Rings drawn={drawn} country={country} />}</Outline>;
}

/** Circles in the units of the outline, which is drawn about half as large as the map. */
const NARROW_PX = 400;
const NUMBERED = 10;

function Rings({ drawn, country }: { drawn: Drawn; country: Country }): VNode {
  const singles = drawn.points.map((one) => ({ lon: one.lon, lat: one.lat, count: 1, families: drawn.familyKeys.map((key) => (key === one.family ? 1 : 0)) }));
  const marks = [...drawn.symbols, ...singles];
  const per = unit(Math.max(1, ...marks.map((one) => one.count)), NARROW_PX);
  const discs = marks.map((one) => {
    const [x, y] = project(country, one.lon, one.lat);
    return { x, y, r: radius(one.count, per) };
  });
  const shifts = apart(discs);
  return (
    <g class="rings">
      {marks.map((one, index) => {
        const { x, y, r } = discs[index] ?? { x: 0, y: 0, r: 0 };
        const { dx, dy } = shifts[index] ?? { dx: 0, dy: 0 };
        const inner = r >= 9 ? r * 0.56 : 0;
        return (
          <g key={index} transform={`translate(${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)})`}>
            {Math.hypot(dx, dy) > r ? <path class="lead" d={`M0 0L${(-dx).toFixed(1)} ${(-dy).toFixed(1)}`} /> : null}
            <circle class="hole" r={r} />
            {slices(one.families, r, inner).map((slice) => <path key={slice.index} class={`fam ${drawn.familyKeys[slice.index] ?? 'none'}`} fill-rule="evenodd" d={slice.path} />)}
            {one.count >= NUMBERED && inner >= 7 ? <text y={4} text-anchor="middle">{number(one.count)}</text> : null}
          </g>
        );
      })}
    </g>
  );
}
