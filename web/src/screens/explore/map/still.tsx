// The map as it stands on the screen, as a drawing: the same ground in the same window, painted by the same counts, and
// the very symbols, names and all. What WebGL paints cannot be saved as a picture that stands alone.
import type { Geometry, Position } from 'geojson';
import type { Map as GlMap } from 'maplibre-gl';
import type { VNode } from 'preact';
import { classOf } from '../../../widgets/outline.tsx';
import { Unsorted } from '../../../widgets/unsorted.tsx';
import { offStage, type Picture } from '../download/picture.ts';
import type { Basemap } from './basemap.ts';
import { Key, keyLines } from './key.tsx';
import type { Layer } from './layer.tsx';
import type { Drawn } from './map.tsx';
import type { Share } from './naming.ts';
import { surfaceOf } from './markers.ts';
import { paintedOf } from './marks.ts';
import { radius } from './rings.ts';

interface Props {
  map: GlMap;
  base: Basemap;
  drawn: Drawn;
  layer: Layer;
  /** The single organisations that are painted, and no buttons. */
  painted: Drawn['points'];
  per: number;
  share: Share | undefined;
}

type Place = (position: Position) => { x: number; y: number };

/** Corners nearer to each other than this, in pixels, look like one. */
const APART = 0.6;
/** As far north and south as the projection goes, in degrees. */
const POLE = 85;
/** How far beyond the window a ring may have to be drawn, so that its edge is not seen. */
const EDGE = 4;

/** A geometry in pixels; empty where none of it can be seen. */
export function pathOf(geometry: Geometry, place: Place, { width, height }: { width: number; height: number }): string {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  return polygons.flat().map((ring) => {
    const corners = ring.map(place);
    const xs = corners.map((one) => one.x);
    const ys = corners.map((one) => one.y);
    if (Math.max(...xs) < -EDGE || Math.min(...xs) > width + EDGE || Math.max(...ys) < -EDGE || Math.min(...ys) > height + EDGE) return '';
    let last = corners[0];
    const kept = corners.filter((one, at) => {
      if (at > 0 && last && Math.hypot(one.x - last.x, one.y - last.y) < APART) return false;
      last = one;
      return true;
    });
    return kept.length < 3 ? '' : `M${kept.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
  }).join('');
}

function Still({ map, base, drawn, layer, painted, per, share }: Props): VNode {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const size = { width, height };
  const place: Place = ([lon = 0, lat = 0]) => map.project([lon, Math.max(-POLE, Math.min(POLE, lat))]);
  const countries = new Set(drawn.ground);
  const present = drawn.familyKeys.filter((family, at) => drawn.symbols.some((one) => (one.families[at] ?? 0) > 0) || drawn.points.some((one) => one.family === family));
  const key = keyLines(layer, { families: present, counts: drawn.areas.values(), share }, width);
  return (
    <svg class="still" viewBox={`0 0 ${width} ${height + key.height}`} aria-hidden="true">
      <defs><Unsorted /></defs>
      <svg x="0" y="0" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <rect class="sea" width={width} height={height} />
        {base.countries.features.map((one) => <path key={one.properties.code} class="ground" d={pathOf(one.geometry, place, size)} />)}
        {base.states.features.filter((one) => countries.has(one.properties.code.slice(0, 2))).map((one) => <path key={one.properties.code} class={`st q${layer === 'circles' ? 'none' : classOf(drawn.areas.get(one.properties.code) ?? 0)}`} d={pathOf(one.geometry, place, size)} />)}
        {painted.map((one) => {
          const { x, y } = map.project([one.lon, one.lat]);
          return <circle key={one.slug} class={`fam ${one.family}`} cx={x.toFixed(1)} cy={y.toFixed(1)} r={radius(1, per) + 0.5} />;
        })}
        <g class="pin" ref={(group: SVGGElement | null) => group?.replaceChildren(...pins(map))} />
      </svg>
      <Key rows={key.rows} top={height} />
    </svg>
  );
}

/** The picture of a map that has been drawn. */
export function stillPicture(props: Omit<Props, 'painted'>, note: () => string | undefined): Picture {
  const { drawn, map, base, layer } = props;
  return { boundaries: true, note, draw: () => offStage(<Still {...props} painted={paintedOf(drawn, surfaceOf(map), base.states, layer)} />, 'svg .ground') };
}

/** The symbols that stand on the map, where they stand. */
function pins(map: GlMap): SVGElement[] {
  const stage = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll('.pin > svg')].map((symbol) => {
    const box = symbol.getBoundingClientRect();
    const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
    group.setAttribute('transform', `translate(${(box.left + box.width / 2 - stage.left).toFixed(1)} ${(box.top + box.height / 2 - stage.top).toFixed(1)})`);
    group.append(...[...symbol.childNodes].map((one) => one.cloneNode(true)));
    return group;
  });
}
