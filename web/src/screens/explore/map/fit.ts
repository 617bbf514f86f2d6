// Which look frames everything so that no circle lies under a control or off the edge. Pure: positions are
// worked out as the map would project them.
import type { Bounds } from './basemap.ts';
import type { Box } from './labels.ts';

export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface Frame {
  width: number;
  height: number;
  /** What lies over the map, in its pixels. */
  controls: Box[];
}

/** What is drawn: where, and how large in pixels. */
export interface Round {
  lon: number;
  lat: number;
  r: number;
  /** How far from its place it stands, in pixels. */
  dx?: number;
  dy?: number;
}

/** Around everything, at least; where a circle would be cut, as much as the largest needs. */
const AIR = 16;
/** Between a circle and the edge. */
const GAP = 4;
/** Between a circle and a control: where circles meet, the smaller are moved aside about so far. */
const CLEAR = 24;
/** Room for circles and controls may cost so much of the zoom, about a fifth of the size: on a phone the country stays the picture. */
const MOST_LOST = 0.3;
/** So many pixels more or less under a control are no difference. */
const SLACK = 1;
/** What is wider than this share of the map is passed by above or below it: beside it there is no room. */
const WIDE = 0.6;
/** The map's world is so many pixels wide at zoom 0. */
const WORLD = 512;

/** Whether anything can be framed in a box: while a page is laid out it may have no height yet, and is framed when it has. */
export function hasRoom({ width, height }: Pick<Frame, 'width' | 'height'>): boolean {
  return Math.min(width, height) > 2 * AIR;
}

const across = (lon: number): number => (lon + 180) / 360;
const down = (lat: number): number => (1 - Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360)) / Math.PI) / 2;

/**
 * The padding to frame `bounds` with: the largest picture in which no circle is covered, else the least covered; of several
 * the one that is nearest to the middle. None is much smaller than it would be if nothing lay over the map.
 */
export function padding(bounds: Bounds, rounds: Round[], frame: Frame, maxZoom: number): Padding {
  const most = Math.max(0, ...rounds.map((one) => one.r + Math.max(Math.abs(one.dx ?? 0), Math.abs(one.dy ?? 0)))) + AIR;
  const least = (lookAt(bounds, all(AIR), frame, maxZoom)?.zoom ?? Infinity) - MOST_LOST;
  const tried = [AIR, (AIR + most) / 2, most].flatMap((edge) => candidates(all(edge), frame)).flatMap(shares).flatMap((pad) => {
    const look = lookAt(bounds, pad, frame, maxZoom);
    if (!look || look.zoom < least) return [];
    return { pad, zoom: look.zoom, covered: rounds.reduce((sum, one) => sum + cover(at(one, look), one.r, frame), 0) };
  });
  const clearest = Math.min(...tried.map((one) => one.covered)) + SLACK;
  const clear = tried.filter((one) => one.covered <= clearest);
  const largest = Math.max(...clear.map((one) => one.zoom)) - 0.001;
  const [best] = clear.filter((one) => one.zoom >= largest).sort((a, b) => aside(a.pad) - aside(b.pad));
  return best?.pad ?? all(AIR);
}

/** How far from the middle of the map a padding moves what is framed, in pixels across and down. */
function aside({ top, right, bottom, left }: Padding): number {
  return Math.abs(left - right) / 2 + Math.abs(top - bottom) / 2;
}

function all(edge: number): Padding {
  return { top: edge, right: edge, bottom: edge, left: edge };
}

/** How many pixels a circle would have to move to be free of the edge and of each control. */
function cover({ x, y }: { x: number; y: number }, r: number, { width, height, controls }: Frame): number {
  const edge = Math.max(0, r + GAP - Math.min(x, y, width - x, height - y));
  return controls.reduce((sum, box) => sum + Math.max(0, r + GAP + CLEAR - away({ x, y }, box)), edge);
}

/** Each control is passed by on its side unless it is wide, above or below it, or not at all. */
function candidates(base: Padding, { width, height, controls }: Frame): Padding[] {
  return controls.reduce<Padding[]>((found, box) => {
    const atLeft = box.left + box.right < width;
    const atTop = box.top + box.bottom < height;
    const beside = atLeft ? box.right : width - box.left;
    const level = atTop ? box.bottom : height - box.top;
    const isWide = box.right - box.left > WIDE * width;
    return found.flatMap((pad) => [
      pad,
      ...(isWide ? [] : [atLeft ? { ...pad, left: Math.max(pad.left, beside + base.left) } : { ...pad, right: Math.max(pad.right, beside + base.right) }]),
      atTop ? { ...pad, top: Math.max(pad.top, level + base.top) } : { ...pad, bottom: Math.max(pad.bottom, level + base.bottom) },
    ]);
  }, [base]);
}

/** A padding, and what is left of it where there is no room for all of it. */
function shares(pad: Padding): Padding[] {
  const share = (part: number, side: number): number => AIR + part * (side - AIR);
  return [1, 0.75, 0.5, 0.25].map((part) => ({ top: share(part, pad.top), right: share(part, pad.right), bottom: share(part, pad.bottom), left: share(part, pad.left) }));
}

interface Look {
  zoom: number;
  scale: number;
  x: number;
  y: number;
}

/** Zoom and corner of the world with which the map frames `bounds`; undefined where the padding leaves no room. */
function lookAt([[west, south], [east, north]]: Bounds, pad: Padding, { width, height }: Frame, maxZoom: number): Look | undefined {
  const [room, tall] = [width - pad.left - pad.right, height - pad.top - pad.bottom];
  if (room < 80 || tall < 80) return undefined;
  const [x0, x1, y0, y1] = [across(west), across(east), down(north), down(south)];
  const zoom = Math.min(maxZoom, Math.log2(Math.min(room / (WORLD * Math.max(1e-9, x1 - x0)), tall / (WORLD * Math.max(1e-9, y1 - y0)))));
  const scale = WORLD * 2 ** zoom;
  return { zoom, scale, x: ((x0 + x1) / 2) * scale - (pad.left + room / 2), y: ((y0 + y1) / 2) * scale - (pad.top + tall / 2) };
}

function at({ lon, lat, dx = 0, dy = 0 }: Round, { scale, x, y }: Look): { x: number; y: number } {
  return { x: across(lon) * scale - x + dx, y: down(lat) * scale - y + dy };
}

function away(point: { x: number; y: number }, box: Box): number {
  const dx = Math.max(box.left - point.x, 0, point.x - box.right);
  const dy = Math.max(box.top - point.y, 0, point.y - box.bottom);
  return Math.hypot(dx, dy);
}
