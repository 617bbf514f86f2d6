// The map view. Areas and single organisations are painted by MapLibre; what stands for several is a
// button on top, reachable by keyboard. Without WebGL the same counts are drawn as plain SVG.
import { Map as GlMap, Marker, setWorkerUrl, type LngLatBoundsLike } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { at, stated, type Address } from '../../../address.ts';
import { areaCounts, points, symbols, type MapSymbol } from '../../../columns.ts';
import { apiFilter, parseBox, printBox } from '../../../filter.ts';
import { t, tn } from '../../../i18n.ts';
import { go, lang } from '../../../navigate.ts';
import { ExploreMap } from '../../../queries/generated/explore.ts';
import { useQuery } from '../../../query.ts';
import { theme } from '../../../theme.ts';
import { Icon } from '../../../widgets/icons.tsx';
import { hasWebGl } from '../../../widgets/webgl.ts';
import type { FacetData } from '../facets.ts';
import { basemap, boundsOf, grow, type Basemap, type Bounds } from './basemap.ts';
import { Fallback } from './fallback.tsx';
import { Legend } from './legend.tsx';
import { placeLabels } from './labels.ts';
import { paint, style } from './paint.ts';
import { pin } from './pin.ts';
import { gather } from './gather.ts';
import { apart, NARROW, radius, unit } from './rings.ts';
import { SpotPanel } from './spot.tsx';

setWorkerUrl(workerUrl);

export interface MapProps {
  here: Address;
  facets: FacetData[];
  onFail: () => void;
}

/** What the map looks at, coarse enough that a small pan asks nothing new. */
interface Window {
  bbox: number[];
  zoom: number;
}

function world(): Window {
  return { bbox: [-180, -85, 180, 85], zoom: 4 + detail(innerWidth) };
}

/** The API counts zoom in tiles of 256 pixels, MapLibre in tiles of 512; a phone has no room for the finer step. */
function detail(width: number): number {
  return width < NARROW ? 0 : 1;
}

export default function MapView(props: MapProps): VNode {
  const filter = apiFilter(props.here.filter);
  const [view, setView] = useState<Window>(world);
  const asked = useQuery(ExploreMap, { filter, bbox: view.bbox, zoom: view.zoom });
  const gl = hasWebGl();
  const data = asked.data?.mapPoints;
  const drawn = useMemo(() => ({
    points: data ? points(data.points) : [],
    symbols: data ? symbols(data.symbols).sort((a, b) => b.count - a.count) : [],
    areas: data ? areaCounts(data.areas) : new Map<string, number>(),
    familyKeys: data?.familyKeys ?? [],
  }), [data]);
  const { onFail } = props;
  useEffect(() => {
    if (asked.error) onFail();
  }, [asked.error]);
  if (!gl) return <Fallback drawn={drawn} ready={data !== undefined} />;
  return <Gl {...props} drawn={drawn} ready={data !== undefined && !asked.pending} unplaced={data?.unplaced ?? 0} view={view} onView={setView} />;
}

export interface Drawn {
  points: ReturnType<typeof points>;
  symbols: MapSymbol[];
  areas: Map<string, number>;
  familyKeys: string[];
}

interface GlProps extends MapProps {
  drawn: Drawn;
  ready: boolean;
  unplaced: number;
  view: Window;
  onView: (view: Window) => void;
}

function Gl({ here, facets, onFail, drawn, ready, unplaced, view, onView }: GlProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<GlMap | undefined>(undefined);
  const [base, setBase] = useState<Basemap | undefined>(undefined);
  const [shaded, setShaded] = useState(true);
  const [spot, setSpot] = useState<MapSymbol | undefined>(undefined);
  const placed = useRef(false);
  const per = unit(Math.max(1, ...drawn.symbols.map((one) => one.count)), map?.getContainer().clientWidth);

  useEffect(() => {
    let made: GlMap | undefined;
    let live = true;
    Promise.all([basemap(), visible(box.current)]).then(([loaded]) => {
      if (!live || !box.current) return;
      made = create(box.current, loaded, onView);
      made.once('load', () => {
        if (!live) return;
        setBase(loaded);
        setMap(made);
      });
      return undefined;
    }).catch(onFail);
    return () => {
      live = false;
      delete document.body.dataset['map'];
      made?.remove();
    };
  }, []);

  // Colours: again when counts, theme or the switch change.
  useEffect(() => {
    if (map) paint(map, drawn.areas, shaded);
  }, [map, drawn, shaded, theme()]);

  // The first look frames what there is; later ones stay where the reader went, unless an area is chosen.
  const areas = (here.filter.area ?? []).join();
  useEffect(() => {
    if (!map || !base || !ready) return;
    const chosen = boundsOf(base.states, here.filter.area ?? []);
    const given = parseBox(here.filter.bbox);
    const target = chosen ?? (placed.current ? undefined : given ? [[given[0], given[1]], [given[2], given[3]]] as Bounds : frame(drawn, base));
    if (target) map.fitBounds(target as LngLatBoundsLike, { padding: 28, maxZoom: 9, duration: 0 });
    if (!placed.current) map.once('idle', () => { document.body.dataset['map'] = 'ready'; });
    placed.current = true;
  }, [map, base, ready, areas]);

  useMarkers(map, drawn, per, facets, view.zoom, (symbol) => {
    if (symbol.slug) go(at({ screen: 'organisation', slug: symbol.slug }));
    else if (symbol.coincident || (map?.getZoom() ?? 0) > 10) setSpot(symbol);
    else map?.easeTo({ center: [symbol.lon, symbol.lat], zoom: map.getZoom() + 2 });
  });

  const only = (): void => {
    const bounds = map?.getBounds();
    if (bounds) go(stated(here, 'bbox', printBox([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()])), { keep: true });
  };
  return (
    <>
      <div class="map" ref={box} />
      <div class="ctrl layers"><label class="opt"><input type="checkbox" checked={shaded} onChange={() => setShaded(!shaded)} /><span class="l">{t('map.shade')}</span></label></div>
      <div class="ctrl zoom">
        <button type="button" class="icon" aria-label={t('map.zoomIn')} onClick={() => map?.zoomIn()}>+</button>
        <button type="button" class="icon" aria-label={t('map.zoomOut')} onClick={() => map?.zoomOut()}>−</button>
      </div>
      <Legend per={per} symbols={drawn.symbols} shaded={shaded} unplaced={unplaced} />
      {ready && here.filter.bbox === undefined ? <div class="ctrl here"><button type="button" class="btn" onClick={only}><Icon of="filter" />{t('map.only')}</button></div> : null}
      {spot ? <SpotPanel spot={spot} reach={spot.coincident ? SAME : apartAt(map)} here={here} onClose={() => setSpot(undefined)} /> : null}
    </>
  );
}

/** A map made in a box without size would frame its first look wrongly. */
function visible(element: HTMLElement | null): Promise<void> {
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

/** Degrees around a shared point: about ten metres. */
const SAME = 0.0001;

/** Degrees that a symbol of several close places spans, at the present scale. */
function apartAt(map: GlMap | undefined): number {
  return ((360 / 2 ** (map?.getZoom() ?? 0)) / 512) * REACH * 4;
}

function create(container: HTMLElement, base: Basemap, onView: (view: Window) => void): GlMap {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = new GlMap({
    container,
    style: style(base),
    center: [-101.9, 23.6],
    zoom: 3.6,
    minZoom: 1,
    maxZoom: 14,
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

/** The view, widened to whole steps of a grid that fits the zoom. */
function windowOf(map: GlMap): Window {
  const zoom = Math.round(map.getZoom()) + detail(map.getContainer().clientWidth);
  const step = 360 / 2 ** Math.max(0, zoom);
  const bounds = map.getBounds();
  const down = (value: number): number => Math.floor(value / step) * step;
  const up = (value: number): number => Math.ceil(value / step) * step;
  return {
    zoom,
    bbox: [Math.max(-180, down(bounds.getWest())), Math.max(-90, down(bounds.getSouth())), Math.min(180, up(bounds.getEast())), Math.min(90, up(bounds.getNorth()))],
  };
}

/** All that is placed, or where nothing is, the states. */
function frame(drawn: Drawn, base: Basemap): Bounds | undefined {
  const inhabited = [...drawn.areas].filter(([, count]) => count > 0).map(([code]) => code);
  const places = [...drawn.symbols, ...drawn.points].map((one) => [one.lon, one.lat]);
  const country = new Set(inhabited.map((code) => code.slice(0, 2)));
  // One country is shown whole: what is empty says as much as what is full.
  const whole = country.size === 1 ? boundsOf(base.states, base.states.features.map((one) => one.properties.code).filter((code) => country.has(code.slice(0, 2)))) : undefined;
  return whole && !country.has('US') ? whole : grow(boundsOf(base.states, country.has('US') ? [] : inhabited), places);
}

/** A symbol, or a single organisation drawn like one. */
interface Mark extends MapSymbol {
  slug?: string;
  title?: string;
}

/** Up to this many single organisations are buttons too; more are painted, and reached by the list. */
const SINGLES = 60;

/** Half the width of what a finger or pointer must be able to hit. */
const REACH = 12;

function marksOf(drawn: Drawn, map: GlMap): Mark[] {
  if (drawn.points.length > SINGLES) return drawn.symbols;
  const singles = drawn.points.map((one) => ({
    lon: one.lon, lat: one.lat, count: 1, families: drawn.familyKeys.map((key) => (key === one.family ? 1 : 0)), coincident: true, area: '', slug: one.slug, title: one.name,
  }));
  return [...drawn.symbols, ...gather(singles, (one) => map.project([one.lon, one.lat]), 2 * REACH)].sort((a, b) => b.count - a.count);
}

/** An area is named once, at its largest symbol. */
function namesOf(drawn: Mark[], values: { value: string; label: string }[]): (string | undefined)[] {
  const named = new Set<string>();
  return drawn.map((symbol) => {
    if (named.has(symbol.area)) return undefined;
    named.add(symbol.area);
    return values.find((one) => one.value === symbol.area)?.label;
  });
}

function useMarkers(map: GlMap | undefined, drawn: Drawn, per: number, facets: FacetData[], zoom: number, onOpen: (symbol: Mark) => void): void {
  const open = useRef(onOpen);
  open.current = onOpen;
  const names = facets.find((one) => one.key === 'AREA')?.values ?? [];
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
  const key = `${lang.value} ${names.length} ${zoom} ${settled}`;
  useEffect(() => {
    if (!map) return undefined;
    const source = map.getSource('points');
    const made: Marker[] = [];
    const marks = marksOf(drawn, map);
    const single = drawn.points.length > SINGLES ? drawn.points : [];
    const discs = marks.map((one) => {
      const { x, y } = map.project([one.lon, one.lat]);
      return { x, y, r: radius(one.count, per) };
    });
    // Each stays large enough to hit: no box may cover another, and boxes have corners.
    const shifts = apart(discs.map((disc) => ({ ...disc, r: Math.max(disc.r, REACH * Math.SQRT2) })));
    const labels = placeLabels(discs.map((disc, index) => ({ ...disc, x: disc.x + (shifts[index]?.dx ?? 0), y: disc.y + (shifts[index]?.dy ?? 0) })), namesOf(marks, names), map.getCanvas().getBoundingClientRect());
    marks.forEach((symbol, index) => {
      const shift = shifts[index] ?? { dx: 0, dy: 0 };
      const area = names.find((one) => one.value === symbol.area)?.label;
      const element = pin(symbol, {
        per,
        familyKeys: drawn.familyKeys,
        label: symbol.title ?? (area ? t('map.symbolIn', { whole: tn('list.organisations', symbol.count), area }) : tn('list.organisations', symbol.count)),
        name: area,
        at: labels[index],
        shift,
      });
      element.addEventListener('click', () => open.current(symbol));
      made.push(new Marker({ element, offset: [shift.dx, shift.dy] }).setLngLat([symbol.lon, symbol.lat]).addTo(map));
    });
    if (source && 'setData' in source && typeof source.setData === 'function') {
      source.setData({ type: 'FeatureCollection', features: single.map((one) => ({ type: 'Feature', properties: { slug: one.slug, name: one.name, family: one.family }, geometry: { type: 'Point', coordinates: [one.lon, one.lat] } })) });
    }
    map.setPaintProperty('points', 'circle-radius', radius(1, per) + 0.5);
    return () => made.forEach((marker) => marker.remove());
  }, [map, drawn, key]);
}
