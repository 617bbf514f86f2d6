// The map where WebGL is missing: the states as plain SVG, under the same buttons as on the other map. It is moved and
// zoomed by pointer, keys and buttons; the list beside it is the same as ever.
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { at, toggled, type Address } from '../../../address.ts';
import type { MapSymbol } from '../../../columns.ts';
import { t } from '../../../i18n.ts';
import { go, lang } from '../../../navigate.ts';
import { COUNTRIES, project } from '../../../projection.js';
import { useNarrow } from '../../../widgets/narrow.ts';
import { States, useOutlines, type Country } from '../../../widgets/outline.tsx';
import { inCountry } from '../../../widgets/within.ts';
import { usePicture, type Picture } from '../download/picture.ts';
import { listen, WHOLE, zoomed, type Seen } from '../moving.ts';
import { basemap, type Areas } from './basemap.ts';
import type { Box } from './labels.ts';
import type { Layer } from './layer.tsx';
import { Legend } from './legend.tsx';
import type { Drawn } from './map.tsx';
import { held, inOrder, largest, layOut, sameAs, shareIn, type Laid } from './marks.ts';
import type { Names } from './naming.ts';
import { pin } from './pin.ts';
import { radius, unit } from './rings.ts';
import { REACH, type Mark, type Point, type Surface } from './room.ts';
import { sketched, sketchPicture, stacked } from './sketch.tsx';
import { SpotPanel } from './spot.tsx';
import { controlsOf, detail, world, type Window } from './view.ts';
import { Zoom } from './zoom.tsx';

/** How many times as large as the whole the map becomes. */
const LARGEST = 32;
/** A press on a symbol of several places, and one on a button. */
const INTO = 4;
const STEP = 2;
/** Around the whole, in pixels: beside the buttons, and below them. On a phone Mexico has nothing where they stand, and is
 *  as wide as there is room. */
const SIDE = { wide: 56, narrow: 52, alone: 12 };
const TOP = 60;
const FOOT = 16;
/** Degrees around a shared point: about ten metres. */
const SAME = 0.0001;
/** Under the top of a country, in pixels. */
const NAME = 14;
/** The world of the other map at zoom 0: pixels of a degree. */
const WORLD = 512 / 360;
const RAD = Math.PI / 180;

interface Props {
  here: Address;
  drawn: Drawn;
  ready: boolean;
  isMissing: boolean;
  layer: Layer;
  names: Names;
  unplaced: number;
  onView: (view: Window) => void;
}

export function Plain({ here, drawn, ready, isMissing, layer, names, unplaced, onView }: Props): VNode {
  usePicture(useMemo((): Picture | undefined => (ready ? sketchPicture({ drawn, layer, names }) : undefined), [drawn, ready, layer, names]));
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0, controls: [] });
  const [seen, setSeen] = useState<Seen>(WHOLE);
  const [spot, setSpot] = useState<MapSymbol | undefined>(undefined);
  const [states, setStates] = useState<Areas | undefined>(undefined);
  const narrow = useNarrow();
  const countries = sketched(drawn);
  const outlines = useOutlines(countries);
  const ground = groundOf(countries, size, narrow);
  const surface = surfaceOf(ground, countries, size, { seen, outlines });
  // The ground is smaller than the box: circles that fit the box would cover it.
  const per = unit(Math.max(1, ...drawn.symbols.map((one) => one.count)), ground.width * ground.per);

  useEffect(() => {
    if (ready) document.body.dataset['map'] = 'ready';
    return () => {
      delete document.body.dataset['map'];
    };
  }, [ready]);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setSize({ width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight), controls: controlsOf(element) }));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  // Without the areas, what stands alone has no name of its place; everything else is there.
  useEffect(() => void basemap().then((base) => setStates(base.states)).catch(() => {}), []);
  // As fine as the other map is asked for at this scale.
  const zoom = size.width > 0 ? Math.max(0, Math.round(Math.log2(surface.degree / WORLD)) + detail(size.width)) : undefined;
  useEffect(() => {
    if (zoom !== undefined) onView({ ...world(), zoom });
  }, [zoom]);

  const open = (mark: Mark): void => {
    if (mark.plain) go(toggled(here, 'area', mark.area), { keep: true });
    else if (mark.slug) go(at({ screen: 'organisation', slug: mark.slug }));
    else if (mark.coincident || seen.scale >= LARGEST) setSpot(mark);
    else setSeen(centred(surface.at(mark), size, seen));
  };
  const pick = (key: string): void => {
    if (layer !== 'areas') go(at({ screen: 'organisation', slug: key }));
    else if ((drawn.areas.get(key) ?? 0) > 0) go(toggled(here, 'area', key), { keep: true });
  };
  const act = useRef({ onPick: pick, onFocus: () => {}, onSeen: setSeen });
  act.current = { onPick: pick, onFocus: () => {}, onSeen: setSeen };
  useEffect(() => (box.current ? listen(box.current, act, LARGEST) : undefined), []);

  const { laid, painted } = useMemo(() => (size.width > 0 ? layOut({ drawn, states, layer, per, names }, surface) : { laid: [], painted: [] }), [drawn, states, layer, names, size, seen, outlines.size, lang.value]);
  const isEmpty = isMissing || (ready && unplaced === 0 && drawn.symbols.length === 0 && drawn.points.length === 0);
  const regions = new Intl.DisplayNames(lang.value, { type: 'region' });
  const { dx, dy, scale } = seen;
  const middle = { x: size.width / 2, y: size.height / 2 };
  return (
    <>
      <div class="plainmap">
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
        {isEmpty ? null : <div class="plain-key"><Legend per={per} most={largest(laid)} share={shareIn(laid, drawn)} layer={layer} counts={[...drawn.areas.values()]} unplaced={unplaced} /><p class="tiny muted">{t('map.noWebGl')}</p></div>}
      </div>
      {isMissing ? null : <Zoom onIn={() => setSeen((now) => zoomed(now, STEP, undefined, LARGEST))} onOut={() => setSeen((now) => zoomed(now, 1 / STEP, undefined, LARGEST))} onWhole={() => setSeen(WHOLE)} />}
      {spot ? <SpotPanel spot={spot} reach={spot.coincident ? SAME : (REACH * 4) / surface.degree} here={here} onClose={() => setSpot(undefined)} /> : null}
    </>
  );
}

interface Ground extends ReturnType<typeof stacked> {
  /** Its corner, and the pixels of a unit of the drawing, as long as it is not zoomed. */
  left: number;
  top: number;
  per: number;
}

interface Size {
  width: number;
  height: number;
  /** What lies over it. */
  controls: Box[];
}

/** The countries, as large as the box has room for. */
function groundOf(countries: Country[], { width, height }: Size, narrow: boolean): Ground {
  const all = stacked(countries);
  const side = !narrow ? SIDE.wide : countries.every((one) => one === 'MX') ? SIDE.alone : SIDE.narrow;
  const per = Math.max(0.1, Math.min((width - 2 * side) / all.width, (height - TOP - FOOT) / all.height));
  return { ...all, per, left: (width - all.width * per) / 2, top: TOP + (height - TOP - FOOT - all.height * per) / 2 };
}

/** In which country a place is that no area is known of; looked up once. */
const homes = new Map<string, Country | undefined>();

function homeOf({ lon, lat, areas: [first] }: Pick<MapSymbol, 'lon' | 'lat' | 'areas'>, countries: Country[], outlines: ReadonlyMap<Country, Record<string, string>>): Country | undefined {
  const own = countries.find((one) => first?.startsWith(one));
  if (own || countries.length === 1) return own ?? countries[0];
  const key = `${countries.join()} ${outlines.size} ${lon} ${lat}`;
  if (!homes.has(key)) homes.set(key, inCountry(lon, lat, outlines));
  return homes.get(key);
}

interface Around {
  seen: Seen;
  outlines: ReadonlyMap<Country, Record<string, string>>;
}

function surfaceOf(ground: Ground, countries: Country[], { width, height, controls }: Size, { seen, outlines }: Around): Surface {
  const place = (one: Pick<MapSymbol, 'lon' | 'lat' | 'areas'>): Point => {
    const country = homeOf(one, countries, outlines) ?? countries[0] ?? 'MX';
    const [x, y] = project(country, one.lon, one.lat);
    const top = ground.places.find((other) => other.country === country)?.top ?? 0;
    const [fromLeft, fromTop] = [ground.left + x * ground.per, ground.top + (top + y) * ground.per];
    return { x: (fromLeft - width / 2) * seen.scale + width / 2 + seen.dx, y: (fromTop - height / 2) * seen.scale + height / 2 + seen.dy };
  };
  const { scale, centre: [, lat = 0] } = COUNTRIES[countries[0] ?? 'MX'];
  return { at: place, width, height, degree: scale * RAD * Math.cos(lat * RAD) * ground.per * seen.scale, controls };
}

/** Closer, with a point of the picture in its middle. */
function centred(point: Point, { width, height }: Size, seen: Seen): Seen {
  const scale = Math.min(LARGEST, seen.scale * INTO);
  const grown = scale / seen.scale;
  return { scale, dx: -(point.x - width / 2 - seen.dx) * grown, dy: -(point.y - height / 2 - seen.dy) * grown };
}

/** The buttons; those that look and answer alike stay the same ones while the map moves. */
function Pins({ laid, surface, onOpen }: { laid: Laid[]; surface: Surface; onOpen: (mark: Mark) => void }): VNode {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(new Map<string, HTMLButtonElement>());
  const open = useRef(onOpen);
  open.current = onOpen;
  useLayoutEffect(() => {
    const into = box.current;
    if (!into) return;
    const holds = held();
    const next = new Map<string, HTMLButtonElement>();
    laid.forEach((one, index) => {
      const same = sameAs(one);
      const id = next.has(same) ? `${same} ${index}` : same;
      const { mark, look } = one;
      let button = shown.current.get(id);
      if (!button) {
        button = pin(mark, look);
        button.addEventListener('click', () => open.current(mark));
        into.append(button);
      }
      const { x, y } = surface.at(mark);
      button.style.transform = `translate(-50%, -50%) translate(${(x + look.shift.dx).toFixed(1)}px, ${(y + look.shift.dy).toFixed(1)}px)`;
      next.set(id, button);
    });
    for (const [id, button] of shown.current) if (!next.has(id)) button.remove();
    inOrder([...next.values()]);
    shown.current = next;
    if (holds !== null && held() === null) [...next.values()].find((one) => one.getAttribute('aria-label') === holds)?.focus({ preventScroll: true });
  }, [laid]);
  return <div class="plain-pins" ref={box} />;
}
