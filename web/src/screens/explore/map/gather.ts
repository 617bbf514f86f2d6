// Single organisations too close to be hit one by one are drawn as one symbol, which a click zooms in on. What the record
// places on one point is a symbol already; it is mixed with a neighbour only where there is no room beside it.

export interface Single {
  lon: number;
  lat: number;
  count: number;
  families: number[];
  coincident: boolean;
  area: string;
  areas: string[];
  slug?: string;
  title?: string;
}

interface Point {
  x: number;
  y: number;
}

/** Groups what lies within `reach` pixels of a group's first member; a group of one stays itself. */
export function gather<One extends Single>(singles: One[], project: (one: One) => Point, reach: number): Single[] {
  const groups: { at: Point; members: One[] }[] = [];
  for (const one of singles) {
    const at = project(one);
    const near = groups.find((group) => Math.hypot(group.at.x - at.x, group.at.y - at.y) < reach);
    if (near) near.members.push(one);
    else groups.push({ at, members: [one] });
  }
  return groups.map(({ members }) => merged(members));
}

/** Several as one, where most of them are. */
export function merged<One extends Single>(members: One[]): Single {
  const [first] = members;
  if (!first || members.length === 1) return first ?? { lon: 0, lat: 0, count: 0, families: [], coincident: false, area: '', areas: [] };
  const areas = byCount(members);
  const count = members.reduce((sum, one) => sum + one.count, 0);
  const mean = (value: (one: One) => number): number => members.reduce((sum, one) => sum + value(one) * one.count, 0) / count;
  return {
    lon: mean((one) => one.lon),
    lat: mean((one) => one.lat),
    count,
    families: first.families.map((_, index) => members.reduce((sum, one) => sum + (one.families[index] ?? 0), 0)),
    coincident: false,
    area: areas.length === 1 ? (areas[0] ?? '') : '',
    areas,
  };
}

/** Each area once, those with most first. Of a member only the order of its areas is known: each has half of what is left. */
function byCount(members: Pick<Single, 'areas' | 'count'>[]): string[] {
  const counts = new Map<string, number>();
  for (const { areas, count } of members) areas.forEach((one, at) => counts.set(one, (counts.get(one) ?? 0) + count / 2 ** (at + 1)));
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([one]) => one);
}
