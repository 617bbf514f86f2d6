// Where the number of an area goes that is too small to hold it: with its name, to the nearest place on no other area,
// at the end of a line. In a neighbour it would count the neighbour's.
import type { Geometry, Position } from 'geojson';
import { around } from '../../../widgets/within.ts';
import { polygonsOf } from './middle.ts';
import { NARROW } from './rings.ts';
import type { Box } from './labels.ts';
import type { Mark, Point, Surface } from './room.ts';

/** Half the room of a number, in pixels. */
const HALF = 12;
/** An average letter of the map's type, in pixels. */
const LETTER = 7;
/** How far a line leads: from here, in such steps, up to there. */
const NEAR = 30;
const STEP = 8;
const FAR = 190;
const DIRECTIONS = 32;

/** Rings in pixels, each with the box around it. */
type Land = { ring: Position[]; box: Box }[];

/** The marks of areas, those of small ones with their place aside where there is one. */
export function withAsides(marks: Mark[], ground: Geometry[], surface: Surface): Mark[] {
  const isSmall = (mark: Mark): boolean => (mark.width ?? 0) * surface.degree < 2 * HALF;
  if (surface.width < NARROW || !marks.some(isSmall)) return marks;
  const land = ground.flatMap((one) => ringsOf(one, surface));
  const numbers = marks.filter((one) => !isSmall(one)).map((one) => boxAround(surface.at(one), 0));
  const taken: Box[] = [...surface.controls, ...numbers];
  return marks.map((mark) => {
    if (!isSmall(mark)) return mark;
    const from = surface.at(mark);
    const found = search(from, (mark.title ?? '').length * LETTER, { land, taken, surface });
    if (!found) return mark;
    taken.push(found.box);
    return { ...mark, aside: { dx: found.at.x - from.x, dy: found.at.y - from.y } };
  });
}

function search(from: Point, width: number, { land, taken, surface }: { land: Land; taken: Box[]; surface: Surface }): { at: Point; box: Box } | undefined {
  for (let reach = NEAR; reach <= FAR; reach += STEP) {
    for (let turn = 0; turn < DIRECTIONS; turn += 1) {
      const angle = (turn / DIRECTIONS) * 2 * Math.PI;
      const at = { x: from.x + Math.cos(angle) * reach, y: from.y + Math.sin(angle) * reach };
      const box = boxAround(at, at.x < from.x ? -width : width);
      const isIn = box.left >= 0 && box.top >= 0 && box.right <= surface.width && box.bottom <= surface.height;
      if (isIn && !taken.some((one) => meet(one, box)) && !pointsOf(box).some((point) => isOn(land, point))) return { at, box };
    }
  }
  return undefined;
}

/** A number and the name beside it, which is on the side away from its area. */
function boxAround({ x, y }: Point, name: number): Box {
  return { left: x - HALF + Math.min(0, name), right: x + HALF + Math.max(0, name), top: y - HALF, bottom: y + HALF };
}

function pointsOf({ left, right, top, bottom }: Box): Point[] {
  return [left, (left + right) / 2, right].flatMap((x) => [{ x, y: top }, { x, y: bottom }]);
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function ringsOf(geometry: Geometry, { at }: Surface): Land {
  return polygonsOf(geometry).flatMap(([outer]) => {
    if (!outer) return [];
    const points = outer.map(([lon = 0, lat = 0]) => at({ lon, lat, areas: [] }));
    const [ring, xs, ys] = [points.map(({ x, y }) => [x, y]), points.map(({ x }) => x), points.map(({ y }) => y)];
    return [{ ring, box: { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) } }];
  });
}

/** Whether a point lies on one of them. */
function isOn(land: Land, { x, y }: Point): boolean {
  return land.some(({ ring, box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom && around(ring, x, y));
}
