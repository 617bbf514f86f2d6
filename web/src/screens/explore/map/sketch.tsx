// The map as a drawing to keep: the states of each country that has organisations, shaded and with circles, as plain
// SVG. It goes on paper, and into the picture that is saved where WebGL is missing.
import type { VNode } from 'preact';
import { number } from '../../../i18n.ts';
import { COUNTRIES, project } from '../../../projection.js';
import { lang } from '../../../navigate.ts';
import { countriesOf, States, useOutlines, type Country } from '../../../widgets/outline.tsx';
import { widthOf } from '../../../widgets/measure.ts';
import { Unsorted } from '../../../widgets/unsorted.tsx';
import { inCountry } from '../../../widgets/within.ts';
import { offStage, type Picture } from '../download/picture.ts';
import { Key, keyLines } from './key.tsx';
import { leadFrom, placeLabels } from './labels.ts';
import type { Layer } from './layer.tsx';
import type { Drawn } from './map.tsx';
import { namesOf, wholeOf, type Names, type Share } from './naming.ts';
import { apart, HOLE, holds, radius, RING, slices, unit } from './rings.ts';
import { stacked } from './sheet.ts';
import { partKey, WORDS } from './words.ts';

/** The countries that a sketch shows: those of the map that there is a picture of. */
export function sketched(drawn: Drawn): Country[] {
  const found = countriesOf(drawn.areas);
  const ground = (Object.keys(COUNTRIES) as Country[]).filter((one) => drawn.ground.includes(one));
  return found.length > 0 ? found : ground.length > 0 ? ground : ['MX'];
}

/** The states of each country that has organisations, with the circles of the map, as one picture: the countries
 * below each other under their names, each to its own scale, their circles all to the same; the key stands below,
 * unless the page has one (`bare`) that says all but what a name beside a circle means. */
export function Sketch({ drawn, layer, names: areas, bare }: { drawn: Drawn; layer: Layer; names: Names; bare?: boolean }): VNode {
  const countries = sketched(drawn);
  const names = new Intl.DisplayNames(lang.value, { type: 'region' });
  const { places, height: y, width, isNamed: named } = stacked(countries);
  const loaded = useOutlines(countries);
  const outlines = new Map(countries.map((country) => [country, loaded.get(country) ?? {}]));
  const singles = drawn.points.map((one) => ({ lon: one.lon, lat: one.lat, areas: [], count: 1, families: drawn.familyKeys.map((key) => (key === one.family ? 1 : 0)) }));
  const marks = [...drawn.symbols, ...singles];
  const per = unit(Math.max(1, ...marks.map((one) => one.count)), NARROW_PX);
  const isIn = (country: Country) => ({ lon, lat, areas: [first] }: Mark): boolean => (first ? first.startsWith(country) : inCountry(lon, lat, outlines) === country);
  const present = drawn.familyKeys.filter((_, at) => marks.some((one) => (one.families[at] ?? 0) > 0));
  const rings = layer === 'areas' ? [] : places.map(({ country }) => ringsOf({ marks: named ? marks.filter(isIn(country)) : marks, country, per, areas, counts: drawn.areas }));
  const share = rings.map((one) => one.share).find((one) => one !== undefined);
  const key = bare ? undefined : keyLines(layer, { families: present, counts: drawn.areas.values(), share }, width);
  const picture = (
    <svg viewBox={`0 0 ${width} ${y + (key?.height ?? 0)}`} aria-hidden="true">
      {bare ? null : <defs><Unsorted /></defs>}
      {places.map(({ country, top }, at) => (
        <g key={country} transform={`translate(0 ${top})`}>
          {named ? <text class="country" x="0" y="-8">{names.of(country)}</text> : null}
          <States paths={outlines.get(country) ?? {}} counts={drawn.areas} shaded={layer !== 'circles'} />
          {rings[at] ? <Rings of={rings[at]} familyKeys={drawn.familyKeys} /> : null}
        </g>
      ))}
      {key ? <Key rows={key.rows} top={y} /> : null}
    </svg>
  );
  return bare && share ? <>{picture}<p class="tiny muted">{partKey(share)}</p></> : picture;
}

/** The sketch to take away. */
export function sketchPicture(props: { drawn: Drawn; layer: Layer; names: Names }): Picture {
  return { boundaries: true, draw: () => offStage(<Sketch {...props} />, 'svg path.st') };
}

/** Circles in the units of the outline, which is drawn about half as large as the map. */
const NARROW_PX = 400;
/** What a number needs in a circle: its type is smaller than the map's. */
const ROOM = 7;
/** The largest is named in any case: it is what the map is about. */
const ALWAYS = 1;
const NAME_FONT = '600 11px "Source Sans 3"';
/** Around a name, on both sides together. */
const HALO = 3;

interface Mark {
  lon: number;
  lat: number;
  areas: string[];
  count: number;
  families: number[];
}

interface Ringed {
  marks: Mark[];
  country: Country;
  per: number;
  areas: Names;
  /** How many each area has. */
  counts: Map<string, number>;
}

interface Placed {
  marks: Mark[];
  per: number;
  discs: { x: number; y: number; r: number }[];
  shifts: ReturnType<typeof apart>;
  names: (string | undefined)[];
  labels: ReturnType<typeof placeLabels>;
  /** The largest circle with a name that says which part of its area it holds. */
  share: Share | undefined;
}

/** Where the circles of a country stand, and what is written beside them. */
function ringsOf({ marks, country, per, areas, counts }: Ringed): Placed {
  const discs = marks.map((one) => {
    const [x, y] = project(country, one.lon, one.lat);
    return { x, y, r: radius(one.count, per) };
  });
  const shifts = apart(discs);
  const shown = shownOf(discs, shifts);
  const names = namesOf(marks, { words: WORDS, counts, names: areas, per, room: ROOM });
  const { width, height } = COUNTRIES[country];
  const labels = placeLabels(shown, names, { frame: { width, height, still: true }, measure: (text) => widthOf(text, NAME_FONT) + HALO, always: ALWAYS, leads: true });
  const [part] = marks.filter((one, at) => labels[at] && wholeOf(one, counts)).sort((a, b) => b.count - a.count);
  return { marks, per, discs, shifts, names, labels, share: part && { count: part.count, all: wholeOf(part, counts) ?? part.count } };
}

/** The circles where they stand once none lies on another. */
function shownOf(discs: Placed['discs'], shifts: Placed['shifts']): Placed['discs'] {
  return discs.map(({ x, y, r }, at) => ({ x: x + (shifts[at]?.dx ?? 0), y: y + (shifts[at]?.dy ?? 0), r }));
}

function Rings({ of: { marks, per, discs, shifts, names, labels }, familyKeys }: { of: Placed; familyKeys: string[] }): VNode {
  const shown = shownOf(discs, shifts);
  return (
    <g class="rings">
      {marks.map((one, index) => {
        const { x, y, r } = discs[index] ?? { x: 0, y: 0, r: 0 };
        const { dx, dy } = shifts[index] ?? { dx: 0, dy: 0 };
        const inner = r >= RING ? r * HOLE : 0;
        return (
          <g key={index} transform={`translate(${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)})`}>
            {Math.hypot(dx, dy) > r ? <path class="lead" d={`M0 0L${(-dx).toFixed(1)} ${(-dy).toFixed(1)}`} /> : null}
            <circle class="hole" r={r} />
            {slices(one.families, r, inner).map((slice) => <path key={slice.index} class={`fam ${familyKeys[slice.index] ?? 'none'}`} fill-rule="evenodd" d={slice.path} />)}
            {holds(one.count, per, ROOM) ? <text y={4} text-anchor="middle">{number(one.count)}</text> : null}
          </g>
        );
      })}
      {labels.map((label, index) => (label?.lead ? <path key={index} class="lead" d={leadFrom(shown[index] ?? { x: 0, y: 0, r: 0 }, label.lead)} /> : null))}
      {labels.map((label, index) => (label ? <text key={index} class="over" x={(shown[index]?.x ?? 0) + label.x} y={(shown[index]?.y ?? 0) + label.y} text-anchor={label.anchor}>{names[index]}</text> : null))}
    </g>
  );
}
