// The buttons on the map of MapLibre.
import { Marker, type Map as GlMap } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'preact/hooks';
import { lang } from '../../../navigate.ts';
import { held, inOrder, layOut, sameAs, type Laid, type Shown } from './marks.ts';
import { pin } from './pin.ts';
import { radius } from './rings.ts';
import type { Mark, Surface } from './room.ts';
import { controlsOf } from './view.ts';

/** The world at zoom 0, in pixels and in degrees. */
const WORLD = 512 / 360;

/** The map as it stands, to lay marks out on. */
export function surfaceOf(map: GlMap): Surface {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  return { at: ({ lon, lat }) => map.project([lon, lat]), width, height, degree: WORLD * 2 ** map.getZoom(), controls: controlsOf(map.getContainer()) };
}

export interface MarkersOptions extends Shown {
  zoom: number;
  onOpen: (mark: Mark) => void;
  /** Whether the key has a line on parts of areas, which takes room from the map. */
  isNoted: boolean;
  /** Told what stands on the map: the key explains it. */
  onLaid: (laid: Laid[]) => void;
}

export function useMarkers(map: GlMap | undefined, { zoom, isNoted, onOpen, onLaid, ...what }: MarkersOptions): void {
  const { drawn, layer, per, names } = what;
  const open = useRef(onOpen);
  open.current = onOpen;
  // A pan leaves most of them as they are: drawing all anew would cost the frame in which it comes to rest.
  const shown = useRef(new Map<string, Marker>());
  const drawnPoints = useRef<string | undefined>(undefined);
  // Which circles touch depends on the scale, so they are laid out anew wherever the map comes to rest.
  const [settled, setSettled] = useState(0);
  useEffect(() => {
    if (!map) return undefined;
    const rest = (): void => setSettled(Math.round(map.getZoom() * 4) / 4);
    map.on('moveend', rest);
    return () => {
      map.off('moveend', rest);
    };
  }, [map]);
  const key = `${lang.value} ${names.size} ${zoom} ${settled} ${layer} ${isNoted}`;
  useEffect(() => {
    if (!map) return undefined;
    const source = map.getSource('points');
    const kept = shown.current;
    const next = new Map<string, Marker>();
    const button = ({ mark, look }: Laid): HTMLButtonElement => {
      const element = pin(mark, look);
      element.addEventListener('click', () => open.current(mark));
      return element;
    };
    let again: HTMLElement | undefined;
    const holds = held();
    const { laid, painted } = layOut(what, surfaceOf(map));
    onLaid(laid);
    laid.forEach((one, index) => {
      const same = sameAs(one);
      const id = next.has(same) ? `${same} ${index}` : same;
      const { mark, look: { shift } } = one;
      const marker = kept.get(id) ?? new Marker({ element: button(one), offset: [shift.dx, shift.dy] }).setLngLat([mark.lon, mark.lat]).addTo(map);
      next.set(id, marker);
      const element = marker.getElement();
      if (holds !== null && element.getAttribute('aria-label') === holds) again = element;
    });
    for (const [id, marker] of kept) if (!next.has(id)) marker.remove();
    inOrder([...next.values()].map((marker) => marker.getElement()));
    shown.current = next;
    // Laid out anew, the map leaves the reader on the symbol they were on.
    if (again && again !== document.activeElement) again.focus({ preventScroll: true });
    const points = painted.map((one) => one.slug).join();
    if (source && 'setData' in source && typeof source.setData === 'function' && points !== drawnPoints.current) {
      drawnPoints.current = points;
      source.setData({ type: 'FeatureCollection', features: painted.map((one) => ({ type: 'Feature', properties: { slug: one.slug, name: one.name, family: one.family }, geometry: { type: 'Point', coordinates: [one.lon, one.lat] } })) });
    }
    map.setPaintProperty('points', 'circle-radius', radius(1, per) + 0.5);
  }, [map, drawn, key]);
  useEffect(() => () => {
    for (const marker of shown.current.values()) marker.remove();
    shown.current = new Map();
    drawnPoints.current = undefined;
  }, [map]);
}
