// The map where WebGL is missing: the states as plain SVG, under the same buttons as on the other map. It is moved and
// zoomed by pointer, keys and buttons; the list beside it is the same as ever.
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { at, stated, toggled, type Address } from '../../../address.ts';
import type { MapSymbol } from '../../../columns.ts';
import { t } from '../../../i18n.ts';
import { go, lang } from '../../../navigate.ts';
import { Icon } from '../../../widgets/icons.tsx';
import { useNarrow } from '../../../widgets/narrow.ts';
import { States, useOutlines } from '../../../widgets/outline.tsx';
import { usePicture, type Picture } from '../download/picture.ts';
import { listen, WHOLE, zoomed, type Seen } from '../moving.ts';
import { LARGEST, zoomOf, type Sheet } from './aim.ts';
import { useAim } from './aiming.ts';
import { basemap, type Areas } from './basemap.ts';
import type { Layer } from './layer.tsx';
import { Legend } from './legend.tsx';
import type { Drawn } from './map.tsx';
import { largest, layOut, shareIn } from './marks.ts';
import type { Names } from './naming.ts';
import { Pins } from './pins.tsx';
import { radius, unit } from './rings.ts';
import { REACH, type Mark, type Point } from './room.ts';
import { groundOf, held, homeOf, SIDE, stacked, surfaceOf, type Size } from './sheet.ts';
import { sketched, sketchPicture } from './sketch.tsx';
import { SpotPanel } from './spot.tsx';
import { controlsOf, detail, world, type Window } from './view.ts';
import { Zoom } from './zoom.tsx';

/** A press on a symbol of several places, and one on a button. */
const INTO = 4;
const STEP = 2;
/** Degrees around a shared point: about ten metres. */
const SAME = 0.0001;
/** Under the top of a country, in pixels. */
const NAME = 14;
interface Props {
  here: Address;
  drawn: Drawn;
  ready: boolean;
  isMissing: boolean;
  layer: Layer;
  names: Names;
  unplaced: number;
  waits: boolean;
  onView: (view: Window) => void;
  /** Told which part is in sight; undefined when it is the whole. */
  onPart: (box: string | undefined) => void;
}

export function Plain({ here, drawn, ready, isMissing, layer, names, unplaced, waits, onView, onPart }: Props): VNode {
  usePicture(useMemo((): Picture | undefined => (ready ? sketchPicture({ drawn, layer, names }) : undefined), [drawn, ready, layer, names]));
  const box = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0, foot: 0, controls: [] });
  const [spot, setSpot] = useState<MapSymbol | undefined>(undefined);
  const [states, setStates] = useState<Areas | null | undefined>(undefined);
  const narrow = useNarrow();
  const countries = sketched(drawn);
  const outlines = useOutlines(countries);
  const known = countries.join();
  const { width, height, foot } = size;
  const ground = useMemo(() => groundOf(stacked(countries), { width, height, foot }, narrow), [known, width, height, foot, narrow]);
  // Of two countries their outlines say where a place is.
  const isDrawn = width > 0 && (countries.length === 1 || countries.every((one) => outlines.has(one)));
  const sheet = useMemo((): Sheet | undefined => (isDrawn ? { ground, width, height, home: (lon, lat) => homeOf({ lon, lat, areas: [] }, countries, outlines) } : undefined), [ground, isDrawn]);
  const { seen, hasArrived, box: part, move, widen } = useAim({ here, sheet, states, ready, onPart });
  const surface = surfaceOf(ground, size, seen, outlines);
  // The ground is smaller than the box: circles that fit the box would cover it.
  const per = unit(Math.max(1, ...drawn.symbols.map((one) => one.count)), ground.width * ground.per);

  useEffect(() => {
    if (ready && hasArrived) document.body.dataset['map'] = 'ready';
    return () => {
      delete document.body.dataset['map'];
    };
  }, [ready, hasArrived]);
  const isEmpty = isMissing || (ready && unplaced === 0 && drawn.symbols.length === 0 && drawn.points.length === 0);
  const offers = part !== undefined && !isEmpty && here.filter.bbox === undefined;
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    // On paper it is not in sight, and stays as it is.
    const watch = new ResizeObserver(() => {
      if (element.clientWidth === 0) return;
      const measured = { width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight), foot: legend.current?.offsetHeight ?? 0, controls: controlsOf(element) };
      setSize((before) => held(before, measured));
    });
    watch.observe(element);
    if (legend.current) watch.observe(legend.current);
    return () => watch.disconnect();
  }, [isEmpty, offers]);
  // Without the areas, what stands alone has no name of its place; everything else is there.
  useEffect(() => void basemap().then((base) => setStates(base.states)).catch(() => setStates(null)), []);
  // As fine as the other map is asked for at this scale.
  const zoom = size.width > 0 ? Math.max(0, Math.round(zoomOf(surface.degree)) + detail(size.width)) : undefined;
  useEffect(() => {
    if (zoom !== undefined) onView({ ...world(), zoom });
  }, [zoom]);

  const open = (mark: Mark): void => {
    if (mark.plain) go(toggled(here, 'area', mark.area), { keep: true });
    else if (mark.slug) go(at({ screen: 'organisation', slug: mark.slug }));
    else if (mark.coincident || seen.scale >= LARGEST) setSpot(mark);
    else move((now) => centred(surface.at(mark), size, now));
  };
  const pick = (key: string): void => {
    if (layer !== 'areas') go(at({ screen: 'organisation', slug: key }));
    else if ((drawn.areas.get(key) ?? 0) > 0) go(toggled(here, 'area', key), { keep: true });
  };
  const act = useRef({ onPick: pick, onFocus: () => {}, onSeen: move });
  act.current = { onPick: pick, onFocus: () => {}, onSeen: move };
  useEffect(() => (box.current ? listen(box.current, act, LARGEST) : undefined), []);

  const { laid, painted } = useMemo(() => (size.width > 0 ? layOut({ drawn, states: states ?? undefined, layer, per, names }, surface) : { laid: [], painted: [] }), [drawn, states, layer, names, size, ground, seen, outlines.size, lang.value]);
  const regions = new Intl.DisplayNames(lang.value, { type: 'region' });
  const { dx, dy, scale } = seen;
  const middle = { x: size.width / 2, y: size.height / 2 };
  // The buttons zoom around the middle of what no control lies on.
  const free = { x: 0, y: (ground.room.top + ground.room.bottom) / 2 - middle.y };
  return (
    <>
      <div class="plainmap" aria-busy={waits}>
        <div class={seen === WHOLE ? 'plain-box' : 'plain-box moved'} ref={box} role="group" tabIndex={0} aria-label={t('map.label')}>
          <svg width={size.width} height={size.height} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
            <g transform={`translate(${middle.x + dx} ${middle.y + dy}) scale(${scale}) translate(${ground.left - middle.x} ${ground.top - middle.y}) scale(${ground.per})`}>
              {ground.places.map(({ country, top }) => (
                <g key={country} transform={`translate(0 ${top})`}>
                  <States paths={outlines.get(country) ?? {}} counts={drawn.areas} shaded={layer !== 'circles' && !isMissing} areKeys={layer === 'areas'} />
                </g>
              ))}
            </g>
            {ground.isNamed && scale === 1 ? ground.places.map(({ country, top }) => <text key={country} class="country" x={Math.min(ground.left, SIDE.narrow) + dx} y={ground.top + top * ground.per + NAME + dy}>{regions.of(country)}</text>) : null}
            {painted.map((one) => {
              const { x, y } = surface.at({ ...one, areas: [] });
              return <circle key={one.slug} data-key={one.slug} class={`fam ${one.family}`} cx={x} cy={y} r={radius(1, per) + 0.5}><title>{one.name}</title></circle>;
            })}
          </svg>
          <Pins laid={laid} surface={surface} onOpen={open} />
        </div>
        {isEmpty ? null : (
          <div class="plain-key" ref={legend}>
            <div class="ctrl why">
              <Legend per={per} most={largest(laid)} share={shareIn(laid, drawn)} layer={layer} counts={[...drawn.areas.values()]} unplaced={unplaced} />
              <p class="tiny muted">{t('map.noWebGl')}</p>
            </div>
            {offers ? <div class="ctrl here"><button type="button" class="btn" onClick={() => go(stated(here, 'bbox', part), { keep: true })}><Icon of="filter" />{t('map.only')}</button></div> : null}
          </div>
        )}
      </div>
      {isMissing ? null : <Zoom onIn={() => move((now) => zoomed(now, STEP, free, LARGEST))} onOut={() => move((now) => zoomed(now, 1 / STEP, free, LARGEST))} onWhole={widen} />}
      {spot ? <SpotPanel spot={spot} reach={spot.coincident ? SAME : (REACH * 4) / surface.degree} here={here} onClose={() => setSpot(undefined)} /> : null}
    </>
  );
}

/** Closer, with a point of the picture in its middle. */
function centred(point: Point, { width, height }: Size, seen: Seen): Seen {
  const scale = Math.min(LARGEST, seen.scale * INTO);
  const grown = scale / seen.scale;
  return { scale, dx: -(point.x - width / 2 - seen.dx) * grown, dy: -(point.y - height / 2 - seen.dy) * grown };
}
