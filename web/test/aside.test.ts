import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Polygon } from 'geojson';
import { withAsides } from '../src/screens/explore/map/aside.ts';
import type { Mark, Surface } from '../src/screens/explore/map/room.ts';

/** A degree is ten pixels. */
const surface: Surface = { at: ({ lon, lat }) => ({ x: lon * 10, y: lat * 10 }), width: 600, height: 600, degree: 10, controls: [] };
const box = (left: number, top: number, right: number, bottom: number): Polygon => ({ type: 'Polygon', coordinates: [[[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]] });
const state = (lon: number, lat: number, width: number, count: number, title: string): Mark => ({ lon, lat, width, count, families: [], coincident: false, area: title, areas: [title], title, plain: true });

test('the number of an area too small to hold it stands on no other area, with room for its name', () => {
  const small = state(30, 30, 1, 22, 'Small');
  const large = state(26, 30, 8, 7, 'Large');
  const [first, second] = withAsides([small, large], [box(22, 26, 38, 34)], surface);
  assert.ok(first?.aside && !second?.aside);
  const [x, y] = [300 + first.aside.dx, 300 + first.aside.dy];
  assert.ok(x < 220 || x > 380 || y < 260 || y > 340, JSON.stringify(first.aside));
  // On a phone, and where there is no free place, it stays where it was.
  assert.equal(withAsides([small], [box(22, 26, 38, 34)], { ...surface, width: 390 })[0]?.aside, undefined);
  assert.equal(withAsides([small], [box(0, 0, 60, 60)], surface)[0]?.aside, undefined);
});
