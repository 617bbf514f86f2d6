// A MapLibre map on the basemap that comes with the frontend.
import { Map as GlMap, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { at } from '../../../address.ts';
import { t } from '../../../i18n.ts';
import { go } from '../../../navigate.ts';
import { ZOOMS } from '../../../stand.ts';
import type { Basemap } from './basemap.ts';
import { style } from './paint.ts';
import { windowOf, type Window } from './view.ts';

setWorkerUrl(workerUrl);

/** A map made in a box without size would frame its first look wrongly. */
export function visible(element: HTMLElement | null): Promise<void> {
  return new Promise((resolve) => {
    if (!element) return;
    const watch = new ResizeObserver(() => {
      if (element.clientWidth === 0) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(element);
  });
}

/** The map hears of another size of its box a little later than the page: what is framed in between would be framed for a
 *  box that is no more. */
export function measured(map: GlMap): void {
  const [box, canvas] = [map.getContainer(), map.getCanvas()];
  if (box.clientWidth > 0 && (box.clientWidth !== canvas.clientWidth || box.clientHeight !== canvas.clientHeight)) map.resize();
}

export function create(container: HTMLElement, base: Basemap, onView: (view: Window) => void): GlMap {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = new GlMap({
    container,
    style: style(base),
    center: [-101.9, 23.6],
    zoom: 3.6,
    minZoom: ZOOMS.least,
    maxZoom: ZOOMS.most,
    fadeDuration: still ? 0 : 120,
    dragRotate: false,
    pitchWithRotate: false,
    // The footer of every page names the sources.
    attributionControl: false,
    locale: { 'Map.Title': t('map.label') },
  });
  map.touchZoomRotate.disableRotation();
  map.on('moveend', () => onView(windowOf(map)));
  map.on('click', 'points', (event) => {
    const slug: unknown = event.features?.[0]?.properties['slug'];
    if (typeof slug === 'string') go(at({ screen: 'organisation', slug }));
  });
  map.on('mouseenter', 'points', () => { map.getCanvas().style.cursor = 'pointer'; });
  map.on('mouseleave', 'points', () => { map.getCanvas().style.cursor = ''; });
  return map;
}
