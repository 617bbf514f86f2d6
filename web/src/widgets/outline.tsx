// A small map of the states of one country, drawn as plain SVG: shaded by count, or with circles.
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { COUNTRIES, project } from '../projection.js';
import { number, t } from '../i18n.ts';

export type Country = keyof typeof COUNTRIES;
type Paths = Record<string, string>;

const loaders: Record<Country, () => Promise<{ default: Paths }>> = {
  MX: () => import('virtual:outline/MX'),
  US: () => import('virtual:outline/US'),
};

/** Outlines that are here already, drawn at once: paper does not wait. */
const loaded = new Map<Country, Paths>();

export async function loadOutline(country: Country): Promise<Paths> {
  const { default: paths } = await loaders[country]();
  loaded.set(country, paths);
  return paths;
}

/** Upper bounds of the first four classes; zero stands apart, the fifth is open. */
const BREAKS = [1, 4, 9, 49];
const CLASSES = ['0', '1', '2–4', '5–9', '10–49', '50+'];

/** The class of a count on the sequential scale, 0 to 5. */
export function classOf(count: number): number {
  if (count === 0) return 0;
  const index = BREAKS.findIndex((limit) => count <= limit);
  return index < 0 ? 5 : index + 1;
}

/** The classes that some count is of; where there is one, others have none. */
export function classesOf(counts: Iterable<number>): { at: number; name: string }[] {
  const found = new Set([0, ...[...counts].map(classOf)]);
  return CLASSES.map((name, at) => ({ at, name })).filter(({ at }) => found.has(at));
}

/** The countries that these areas belong to and that there is a picture of, the northern first. */
export function countriesOf(counts: Map<string, number>): Country[] {
  const some = new Set([...counts].flatMap(([code, count]) => (count > 0 ? [code.slice(0, 2)] : [])));
  const all = Object.keys(COUNTRIES) as Country[];
  return all.filter((one) => some.has(one)).sort((a, b) => (COUNTRIES[b].centre[1] ?? 0) - (COUNTRIES[a].centre[1] ?? 0));
}

/** The country that most of these areas belong to, if there is a picture of it. */
export function countryOf(counts: Map<string, number>): Country | undefined {
  const totals = new Map<string, number>();
  for (const [code, count] of counts) totals.set(code.slice(0, 2), (totals.get(code.slice(0, 2)) ?? 0) + count);
  const [most] = [...totals].sort((a, b) => b[1] - a[1]);
  return most && most[0] in COUNTRIES ? (most[0] as Country) : undefined;
}

export interface Spot {
  lon: number;
  lat: number;
  count: number;
}

/** Those within the picture of a country: outside it a dot would float in nothing. */
export function inside(country: Country, spots: Spot[]): Spot[] {
  const { width, height } = COUNTRIES[country];
  return spots.filter((spot) => {
    const [x, y] = project(country, spot.lon, spot.lat);
    return x >= 0 && x <= width && y >= 0 && y <= height;
  });
}

interface Props {
  country: Country;
  counts: Map<string, number>;
  /** Shades the states; otherwise they only tell some from none. */
  shaded?: boolean;
  spots?: Spot[];
  /** The radius of the largest circle. */
  radius?: number;
  children?: ComponentChildren;
}

/** The outlines of countries, as far as they are here; drawn again when the others have come. */
export function useOutlines(countries: Country[]): ReadonlyMap<Country, Paths> {
  const [, redraw] = useState(0);
  const missing = countries.filter((one) => !loaded.has(one)).join();
  useEffect(() => {
    let live = true;
    if (missing) {
      void Promise.all(countries.map(loadOutline)).then(() => {
        if (live) redraw((times) => times + 1);
        return undefined;
      });
    }
    return () => {
      live = false;
    };
  }, [missing]);
  return loaded;
}

/** The states, shaded by count or only some told from none; `areKeys`: each can be pressed. */
export function States({ paths, counts, shaded = false, areKeys = false }: { paths: Paths; counts: Map<string, number>; shaded?: boolean | undefined; areKeys?: boolean }): VNode {
  return (
    <>
      {Object.entries(paths).map(([code, path]) => {
        const count = counts.get(code) ?? 0;
        return <path key={code} d={path} data-key={areKeys && count > 0 ? code : undefined} class={shaded ? `st q${classOf(count)}` : count > 0 ? 'st' : 'st nil'} />;
      })}
    </>
  );
}

export function Outline({ country, counts, shaded, spots = [], radius: largest = 20, children }: Props): VNode {
  const paths = useOutlines([country]).get(country) ?? {};
  const { width, height } = COUNTRIES[country];
  // Of equal ones the same in both languages.
  const most = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ['', 0];
  const largestSpot = Math.max(1, ...spots.map((spot) => spot.count));
  // The smallest circle stays visible.
  const radius = (count: number): number => Math.max(2.3, largest * Math.sqrt(count / largestSpot));
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <States paths={paths} counts={counts} shaded={shaded} />
      {shaded && !children && most[0] && paths[most[0]] ? <Leader path={paths[most[0]] ?? ''} count={most[1]} /> : null}
      {seen(spots.map((spot) => ({ ...spot, at: project(country, spot.lon, spot.lat), r: radius(spot.count) }))).map(({ count, at: [x, y], r }) => {
        return (
          <g key={`${x} ${y}`}>
            <circle cx={x} cy={y} r={r} fill="var(--accent)" fill-opacity=".88" stroke="var(--surface)" />
            {r >= 12 ? <text x={x} y={y + 5} text-anchor="middle" font-size="14" font-weight="600" fill="var(--accent-ink)">{number(count)}</text> : null}
          </g>
        );
      })}
      {children}
    </svg>
  );
}

/** States smaller than this are found by their leader, not by their shade. */
const SMALL = 16;

/** A line and a number for the state with the most, where it is too small to be seen. */
function Leader({ path, count }: { path: string; count: number }): VNode | null {
  const points = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  if (!(right - left < SMALL && bottom - top < SMALL)) return null;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return (
    <g class="leader">
      <path d={`M${x} ${y}L${x - 26} ${y + 42}`} />
      <circle cx={x} cy={y} r="2.4" />
      <text x={x - 28} y={y + 55} text-anchor="middle" font-size="15" font-weight="600">{number(count)}</text>
    </g>
  );
}

/** On so small a picture a dot within a circle would only cover its number; the map itself moves it aside. */
function seen<One extends { count: number; at: [number, number]; r: number }>(spots: One[]): One[] {
  const kept: One[] = [];
  for (const spot of spots.sort((a, b) => b.count - a.count)) {
    if (!kept.some((other) => Math.hypot(other.at[0] - spot.at[0], other.at[1] - spot.at[1]) < other.r)) kept.push(spot);
  }
  return kept;
}

/** The key of the shades: round breaks, zero apart. */
export function ShadeKey({ counts }: { counts: Iterable<number> }): VNode {
  return <ul class="qkey" aria-label={t('map.key')}>{classesOf(counts).map(({ at, name }) => <li key={name}><i class={`q${at}`} />{name}</li>)}</ul>;
}
