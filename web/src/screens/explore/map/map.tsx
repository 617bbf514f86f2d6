// The map view. Areas and single organisations are painted by MapLibre; what stands for several is a
// button on top, reachable by keyboard. Without WebGL the same counts are drawn as plain SVG.
import type { LngLatBoundsLike, Map as GlMap } from 'maplibre-gl';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { at, looked, stated, toggled, type Address } from '../../../address.ts';
import { stable } from '../../../api.ts';
import { areaCounts, points, symbols, type MapSymbol } from '../../../columns.ts';
import { apiFilter, parseBox, printBox } from '../../../filter.ts';
import { number, t } from '../../../i18n.ts';
import { address, go } from '../../../navigate.ts';
import { ExploreMap, type ExploreMapData } from '../../../queries/generated/explore.ts';
import { useQuery } from '../../../query.ts';
import { meta } from '../../../record.ts';
import { theme } from '../../../theme.ts';
import { Icon } from '../../../widgets/icons.tsx';
import { Failed } from '../../../widgets/states.tsx';
import { Unsorted } from '../../../widgets/unsorted.tsx';
import { hasWebGl } from '../../../widgets/webgl.ts';
import type { FacetData } from '../facets.ts';
import { Past } from '../past.tsx';
import { basemap, boundsOf, type Basemap, type Bounds } from './basemap.ts';
import { create, measured, visible } from './create.ts';
import { usePicture, type Picture } from '../download/picture.ts';
import { layerOf, LayerSwitch, type Layer } from './layer.tsx';
import { hasRoom, padding, type Padding, type Round } from './fit.ts';
import { groundOf } from './ground.ts';
import { Legend } from './legend.tsx';
import { surfaceOf, useMarkers } from './markers.ts';
import { largest, layOut, shareIn, type Laid } from './marks.ts';
import type { Names, Share } from './naming.ts';
import { paint } from './paint.ts';
import { Paper } from './paper.tsx';
import { Plain } from './plain.tsx';
import { useRest } from './rest.ts';
import { radius, unit } from './rings.ts';
import { REACH } from './room.ts';
import { SpotPanel } from './spot.tsx';
import { arrived, counted, moved, NOWHERE, resized, rested, settled, wantedOf, widened, type Next } from './standing.ts';
import { stillPicture } from './still.tsx';
import { controlsOf, frame, partOf, standOf, windowOf, world, type Window } from './view.ts';
import { Zoom } from './zoom.tsx';

export interface MapProps {
  here: Address;
  facets: FacetData[];
  /** The page says already that what is shown is from before. */
  isPast: boolean;
  /** The map itself cannot be drawn. */
  onFail: () => void;
  /** Told whether its question has failed. */
  onMissing: (isMissing: boolean) => void;
  /** Told whether it waits for its circles. */
  onWait: (waits: boolean) => void;
  /** Told which part is in sight; undefined when it is the whole. */
  onPart: (box: string | undefined) => void;
}

export default function MapView(props: MapProps): VNode {
  const filter = apiFilter(props.here.filter);
  const [view, setView] = useState<Window>(world);
  const asked = useQuery(ExploreMap, { filter, bbox: view.bbox, zoom: view.zoom });
  const gl = hasWebGl();
  // Circles of the question before would pass for an answer to this one, unless it is the same but for the window: what was
  // in sight of it stays.
  const told = useRef<{ key: string; data: ExploreMapData['mapPoints'] } | undefined>(undefined);
  const key = stable(filter);
  if (asked.data && !asked.error && !asked.pending) told.current = { key, data: asked.data.mapPoints };
  const kept = asked.error && told.current?.key === key ? told.current.data : undefined;
  const data = asked.error ? kept : asked.data?.mapPoints;
  const chapters = (props.here.filter.chapter ?? meta.value?.chapters.map((one) => one.code) ?? []).join();
  const drawn = useMemo(() => {
    const areas = data ? areaCounts(data.areas) : new Map<string, number>();
    return {
      points: data ? points(data.points) : [],
      symbols: data ? symbols(data.symbols).sort((a, b) => b.count - a.count) : [],
      areas,
      familyKeys: data?.familyKeys ?? [],
      ground: groundOf(areas, chapters.split(',')),
    };
  }, [data, chapters]);
  const { onMissing, onWait } = props;
  const isMissing = asked.error !== undefined && !kept;
  useEffect(() => onMissing(isMissing), [isMissing, props.here]);
  useEffect(() => onWait(asked.pending), [asked.pending]);
  const layer = layerOf(props.here);
  const names = useMemo(() => new Map(props.facets.find((one) => one.key === 'AREA')?.values.map((one) => [one.value, one.label])), [props.facets]);
  const what = { here: props.here, names, drawn, layer, unplaced: data?.unplaced ?? 0, waits: asked.pending && asked.slow, onView: setView };
  return (
    <>
      <svg class="vh" width="1" height="1" aria-hidden="true"><defs><Unsorted /></defs></svg>
      {gl ? <Gl {...props} {...what} ready={data !== undefined && !asked.pending} isMissing={isMissing} view={view} /> : <Plain {...what} onPart={props.onPart} ready={data !== undefined} isMissing={isMissing} />}
      <Paper drawn={drawn} layer={layer} names={names} ready={data !== undefined} />
      {isMissing ? <div class="stage-note missing"><Failed what={t('map.failed')} retry={asked.retry} offline={asked.error?.kind === 'offline'} /></div> : <LayerSwitch here={props.here} />}
      {kept && !props.isPast ? <div class="waits away no-print"><Past retry={asked.retry} offline={asked.error?.kind === 'offline'} /></div> : null}
    </>
  );
}

export interface Drawn {
  points: ReturnType<typeof points>;
  symbols: MapSymbol[];
  areas: Map<string, number>;
  familyKeys: string[];
  /** The countries that are drawn with their states. */
  ground: string[];
}

interface GlProps extends MapProps {
  names: Names;
  drawn: Drawn;
  layer: Layer;
  ready: boolean;
  isMissing: boolean;
  unplaced: number;
  waits: boolean;
  view: Window;
  onView: (view: Window) => void;
}

function Gl({ names, here, onFail, onPart, drawn, layer, ready, isMissing, unplaced, waits, view, onView }: GlProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<GlMap | undefined>(undefined);
  const [base, setBase] = useState<Basemap | undefined>(undefined);
  // Decided in `standing.ts`, for each of the events below, and carried out here.
  const standing = useRef(NOWHERE);
  const [most, setMost] = useState(1);
  const [share, setShare] = useState<Share | undefined>(undefined);
  const onLaid = (laid: Laid[]): void => {
    setMost(largest(laid));
    const next = shareIn(laid, drawn);
    setShare((now) => (now?.count === next?.count && now?.all === next?.all ? now : next));
  };
  const [spot, setSpot] = useState<MapSymbol | undefined>(undefined);
  const byReader = (): void => {
    standing.current = moved(standing.current);
  };
  // What the map does by itself it does at once.
  const carryOut = ({ now, turn }: Next, rounds: () => Round[]): void => {
    standing.current = now;
    if (!map || turn.do === 'stay') return;
    if (turn.do === 'go') map.jumpTo({ center: [turn.there.lon, turn.there.lat], zoom: turn.there.zoom });
    else if (turn.bounds && hasRoom(boxOf(map))) map.fitBounds(turn.bounds as LngLatBoundsLike, { ...look(map, turn.bounds, rounds()), duration: 0 });
    standing.current = settled(standing.current, standOf(map));
  };
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

  // Of what is not known no state is shaded as empty. Colours: again when counts, theme or the switch change.
  useEffect(() => {
    if (map) paint(map, drawn, layer !== 'circles' && !isMissing);
  }, [map, drawn, layer, isMissing, theme()]);

  const wanted = wantedOf(here);
  useEffect(() => {
    if (!map || !base || !ready) return;
    const isFirst = !standing.current.wanted;
    measured(map);
    const chosen = (): Bounds | undefined => {
      const given = parseBox(here.filter.bbox);
      return boundsOf(base.states, here.filter.area ?? []) ?? (given ? [[given[0], given[1]], [given[2], given[3]]] : undefined);
    };
    carryOut(arrived(standing.current, wanted, { chosen, all: () => frame(drawn, base) }), () => roundsOf(drawn, per));
    if (isFirst) map.once('idle', () => { document.body.dataset['map'] = 'ready'; });
  }, [map, base, ready, wanted.ground, wanted.stand]);
  useEffect(() => {
    if (!map || !base || !ready || stable(windowOf(map)) !== stable(view)) return;
    carryOut(counted(standing.current), () => {
      const { laid } = layOut({ drawn, states: base.states, layer, per, names }, surfaceOf(map));
      return laid.map(({ mark, look: { shift } }) => ({ lon: mark.lon, lat: mark.lat, r: mark.plain ? REACH : radius(mark.count, per), ...shift }));
    });
  }, [map, base, ready, drawn, view]);
  // What is said above the map, and what stands below it, may take its room at any time.
  const anew = useRef(() => {});
  anew.current = () => {
    carryOut(resized(standing.current), () => roundsOf(drawn, per));
  };
  useEffect(() => {
    map?.on('move', (event) => {
      if (event.originalEvent) byReader();
    });
    map?.on('resize', () => anew.current());
  }, [map]);

  usePicture(useMemo((): Picture | undefined => (map && base && ready ? stillPicture({ map, base, drawn, layer, per, share }, () => (partOf(map, standing.current.framed) ? windowNote(map) : undefined)) : undefined), [map, base, ready, drawn, layer, per, share]));

  // The list beside the map has what is in sight, and the address says where the reader has gone: no step back leads
  // through each move.
  useRest(map, ready, (still) => {
    onPart(partOf(still, standing.current.framed));
    const { now, say } = rested(standing.current, standOf(still), address.peek().look.at);
    standing.current = now;
    if (say) go(looked(address.peek(), say), { keep: true, replace: true });
  });
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

  useMarkers(map, { drawn, states: base?.states, layer, per, names, zoom: view.zoom, isNoted: share !== undefined, onLaid, onOpen: (symbol) => {
    if (symbol.plain) pressed.current(symbol.area);
    else if (symbol.slug) go(at({ screen: 'organisation', slug: symbol.slug }));
    else if (symbol.coincident || (map?.getZoom() ?? 0) > 10) setSpot(symbol);
    else {
      byReader();
      map?.easeTo({ center: [symbol.lon, symbol.lat], zoom: map.getZoom() + 2 });
    }
  } });

  // A key to nothing explains nothing.
  const isEmpty = isMissing || (ready && unplaced === 0 && drawn.symbols.length === 0 && drawn.points.length === 0);
  const whole = (): void => {
    if (!map) return;
    measured(map);
    const { now, turn } = widened(standing.current);
    standing.current = now;
    if (turn.do === 'frame' && turn.bounds) map.fitBounds(turn.bounds as LngLatBoundsLike, look(map, turn.bounds, roundsOf(drawn, per)));
  };
  const only = (): void => {
    const bounds = map?.getBounds();
    if (bounds) go(stated(here, 'bbox', printBox([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()])), { keep: true });
  };
  return (
    <>
      <div class="map" ref={box} aria-busy={waits} />
      {isMissing ? null : <Zoom onIn={() => { byReader(); map?.zoomIn(); }} onOut={() => { byReader(); map?.zoomOut(); }} onWhole={whole} />}
      {isEmpty ? null : <Legend per={per} most={most} share={share} layer={layer} counts={[...drawn.areas.values()]} unplaced={unplaced} />}
      {map && base && ready && !isEmpty && here.filter.bbox === undefined ? <div class="ctrl here"><button type="button" class="btn" onClick={only}><Icon of="filter" />{t('map.only')}</button></div> : null}
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
function look(map: GlMap, target: Bounds, rounds: Round[]): { padding: Padding; maxZoom: number } {
  const controls = controlsOf(map.getContainer());
  return { padding: padding(target, rounds, { ...boxOf(map), controls }, NEAREST), maxZoom: NEAREST };
}

function boxOf(map: GlMap): { width: number; height: number } {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  return { width, height };
}

function roundsOf(drawn: Drawn, per: number): Round[] {
  return [...drawn.symbols.map((one) => ({ lon: one.lon, lat: one.lat, r: radius(one.count, per) })), ...drawn.points.map((one) => ({ lon: one.lon, lat: one.lat, r: radius(1, per) }))];
}

/** Degrees around a shared point: about ten metres. */
const SAME = 0.0001;

/** Degrees that a symbol of several close places spans, at the present scale. */
function apartAt(map: GlMap | undefined): number {
  return ((360 / 2 ** (map?.getZoom() ?? 0)) / 512) * REACH * 4;
}

