// The map view. Areas and single organisations are painted by MapLibre; what stands for several is a
// button on top, reachable by keyboard. Without WebGL the same counts are drawn as plain SVG.
import type { LngLatBoundsLike, Map as GlMap } from 'maplibre-gl';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { at, stated, toggled, type Address } from '../../../address.ts';
import { areaCounts, points, symbols, type MapSymbol } from '../../../columns.ts';
import { apiFilter, parseBox, printBox } from '../../../filter.ts';
import { number, t } from '../../../i18n.ts';
import { go } from '../../../navigate.ts';
import { ExploreMap } from '../../../queries/generated/explore.ts';
import { useQuery } from '../../../query.ts';
import { theme } from '../../../theme.ts';
import { Icon } from '../../../widgets/icons.tsx';
import { hasWebGl } from '../../../widgets/webgl.ts';
import type { FacetData } from '../facets.ts';
import { basemap, boundsOf, type Basemap, type Bounds } from './basemap.ts';
import { create, visible } from './create.ts';
import { usePicture, type Picture } from '../download/picture.ts';
import { Fallback, sketchPicture } from './fallback.tsx';
import { layerOf, LayerSwitch, type Layer } from './layer.tsx';
import { padding, type Padding } from './fit.ts';
import { Legend } from './legend.tsx';
import { REACH, useMarkers } from './markers.ts';
import type { Names } from './naming.ts';
import { paint } from './paint.ts';
import { Paper } from './paper.tsx';
import { useRest } from './rest.ts';
import { radius, unit } from './rings.ts';
import { SpotPanel } from './spot.tsx';
import { stillPicture } from './still.tsx';
import { controlsOf, frame, partOf, world, type Window } from './view.ts';

export interface MapProps {
  here: Address;
  facets: FacetData[];
  onFail: () => void;
  /** Told which part is in sight; undefined when it is the whole. */
  onPart: (box: string | undefined) => void;
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
  const layer = layerOf(props.here);
  const names = useMemo(() => new Map(props.facets.find((one) => one.key === 'AREA')?.values.map((one) => [one.value, one.label])), [props.facets]);
  if (!gl) return <Plain here={props.here} drawn={drawn} ready={data !== undefined} layer={layer} names={names} />;
  return <Gl {...props} names={names} drawn={drawn} ready={data !== undefined && !asked.pending} unplaced={data?.unplaced ?? 0} view={view} onView={setView} />;
}

/** The map without WebGL, which is saved as it is. */
function Plain({ here, drawn, ready, layer, names }: { here: Address; drawn: Drawn; ready: boolean; layer: Layer; names: Names }): VNode {
  usePicture(useMemo((): Picture | undefined => (ready ? sketchPicture({ drawn, layer, names }) : undefined), [drawn, ready, layer, names]));
  return <><Fallback drawn={drawn} ready={ready} layer={layer} names={names} /><LayerSwitch here={here} /></>;
}

export interface Drawn {
  points: ReturnType<typeof points>;
  symbols: MapSymbol[];
  areas: Map<string, number>;
  familyKeys: string[];
}

interface GlProps extends MapProps {
  names: Names;
  drawn: Drawn;
  ready: boolean;
  unplaced: number;
  view: Window;
  onView: (view: Window) => void;
}

function Gl({ names, here, onFail, onPart, drawn, ready, unplaced, view, onView }: GlProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<GlMap | undefined>(undefined);
  const [base, setBase] = useState<Basemap | undefined>(undefined);
  const layer = layerOf(here);
  const framed = useRef<Bounds | undefined>(undefined);
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
      onPart(undefined);
      made?.remove();
    };
  }, []);

  // Colours: again when counts, theme or the switch change.
  useEffect(() => {
    if (map) paint(map, drawn.areas, layer !== 'circles');
  }, [map, drawn, layer, theme()]);

  // The first look frames what there is; later ones stay where the reader went, unless an area is chosen.
  const areas = (here.filter.area ?? []).join();
  useEffect(() => {
    if (!map || !base || !ready) return;
    const chosen = boundsOf(base.states, here.filter.area ?? []);
    const given = parseBox(here.filter.bbox);
    const target = chosen ?? (placed.current ? undefined : given ? [[given[0], given[1]], [given[2], given[3]]] as Bounds : frame(drawn, base));
    if (target) {
      framed.current = target;
      map.fitBounds(target as LngLatBoundsLike, { ...look(map, target, drawn, per), duration: 0 });
    }
    if (!placed.current) map.once('idle', () => { document.body.dataset['map'] = 'ready'; });
    placed.current = true;
  }, [map, base, ready, areas]);

  usePicture(useMemo((): Picture | undefined => (map && base && ready ? stillPicture({ map, base, drawn, layer, per }, () => (partOf(map, framed.current) ? windowNote(map) : undefined)) : undefined), [map, base, ready, drawn, layer, per]));

  // The list beside the map has what is in sight.
  useRest(map, ready, (still) => onPart(partOf(still, framed.current)));
  const pressed = useRef<(code: string) => void>(() => {});
  pressed.current = (code) => {
    if (layer === 'areas' && (drawn.areas.get(code) ?? 0) > 0) go(toggled(here, 'area', code), { keep: true });
  };
  useEffect(() => {
    map?.on('click', 'states', (event) => {
      const code: unknown = event.features?.[0]?.properties['code'];
      if (typeof code === 'string') pressed.current(code);
    });
  }, [map]);

  useMarkers(map, { drawn, states: base?.states, layer, per, names, zoom: view.zoom, onOpen: (symbol) => {
    if (symbol.plain) pressed.current(symbol.area);
    else if (symbol.slug) go(at({ screen: 'organisation', slug: symbol.slug }));
    else if (symbol.coincident || (map?.getZoom() ?? 0) > 10) setSpot(symbol);
    else map?.easeTo({ center: [symbol.lon, symbol.lat], zoom: map.getZoom() + 2 });
  } });

  // A key to nothing explains nothing.
  const isEmpty = ready && unplaced === 0 && drawn.symbols.length === 0 && drawn.points.length === 0;
  const whole = (): void => {
    if (framed.current) map?.fitBounds(framed.current as LngLatBoundsLike, look(map, framed.current, drawn, per));
  };
  const only = (): void => {
    const bounds = map?.getBounds();
    if (bounds) go(stated(here, 'bbox', printBox([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()])), { keep: true });
  };
  return (
    <>
      <div class="map" ref={box} />
      <Paper drawn={drawn} layer={layer} names={names} ready={ready && map !== undefined} />
      <LayerSwitch here={here} />
      <div class="ctrl zoom">
        <button type="button" class="icon" aria-label={t('map.zoomIn')} onClick={() => map?.zoomIn()}>+</button>
        <button type="button" class="icon" aria-label={t('map.zoomOut')} onClick={() => map?.zoomOut()}>−</button>
        <button type="button" class="icon" aria-label={t('map.whole')} onClick={whole}><Icon of="whole" /></button>
      </div>
      {isEmpty ? null : <Legend per={per} symbols={drawn.symbols} layer={layer} unplaced={unplaced} />}
      {ready && !isEmpty && here.filter.bbox === undefined ? <div class="ctrl here"><button type="button" class="btn" onClick={only}><Icon of="filter" />{t('map.only')}</button></div> : null}
      {spot ? <SpotPanel spot={spot} reach={spot.coincident ? SAME : apartAt(map)} here={here} onClose={() => setSpot(undefined)} /> : null}
    </>
  );
}

/** Which part of the map a picture shows. */
function windowNote(map: GlMap): string {
  const bounds = map.getBounds();
  const [south, north, west, east] = [bounds.getSouth(), bounds.getNorth(), bounds.getWest(), bounds.getEast()].map((degrees) => number(Math.round(degrees * 10) / 10));
  return t('map.window', { south: south ?? '', north: north ?? '', west: west ?? '', east: east ?? '' });
}

/** A single place is not shown larger. */
const NEAREST = 9;

/** How a box is framed: everything in it beside the controls. */
function look(map: GlMap, target: Bounds, drawn: Drawn, per: number): { padding: Padding; maxZoom: number } {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const controls = controlsOf(map);
  const rounds = [...drawn.symbols.map((one) => ({ lon: one.lon, lat: one.lat, r: radius(one.count, per) })), ...drawn.points.map((one) => ({ lon: one.lon, lat: one.lat, r: radius(1, per) }))];
  return { padding: padding(target, rounds, { width, height, controls }, NEAREST), maxZoom: NEAREST };
}

/** Degrees around a shared point: about ten metres. */
const SAME = 0.0001;

/** Degrees that a symbol of several close places spans, at the present scale. */
function apartAt(map: GlMap | undefined): number {
  return ((360 / 2 ** (map?.getZoom() ?? 0)) / 512) * REACH * 4;
}

