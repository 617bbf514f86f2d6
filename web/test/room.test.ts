import assert from 'node:assert/strict';
import { test } from 'node:test';
import { padding } from '../src/screens/explore/map/fit.ts';
import { groundOf } from '../src/screens/explore/map/ground.ts';
import { settled, type Mark, type Surface } from '../src/screens/explore/map/room.ts';
import { holds } from '../src/screens/explore/map/rings.ts';

/** A degree is ten pixels. */
const surface: Surface = { at: ({ lon, lat }) => ({ x: lon * 10, y: lat * 10 }), width: 700, height: 600, degree: 10, controls: [] };
const mark = (lon: number, lat: number, count: number, area: string): Mark => ({ lon, lat, count, families: [count], coincident: true, area, areas: [area] });
const away = ({ dx, dy }: { dx: number; dy: number }): number => Math.hypot(dx, dy);

test('what has room near its place stays there', () => {
  const found = settled([mark(10, 10, 5, 'A'), mark(30, 10, 2, 'B')], surface, 4);
  assert.deepEqual(found.map((one) => [one.mark.count, away(one)]), [[5, 0], [2, 0]]);
});

test('where many meet, those without room near their place join a neighbour, and nobody is lost', () => {
  const crowd = Array.from({ length: 40 }, (_, index) => mark(20 + (index % 8) * 0.5, 20 + Math.floor(index / 8) * 0.5, index === 0 ? 90 : 1 + (index % 3), index === 0 ? 'A' : 'B'));
  const all = crowd.reduce((sum, one) => sum + one.count, 0);
  const found = settled([...crowd].sort((a, b) => b.count - a.count), surface, 4);
  assert.ok(found.length < crowd.length);
  assert.equal(found.reduce((sum, one) => sum + one.mark.count, 0), all);
  assert.ok(Math.max(...found.map((one) => away(one) - one.r)) <= 32.5, 'no line leads far away');
  const [largest] = found;
  assert.equal(largest?.mark.areas[0], 'A', 'it is called by the area with most of them');
});

test('states are drawn where organisations are, and where nothing matches, of the studies in question', () => {
  assert.deepEqual(groundOf(new Map([['MX-JAL', 2], ['US-CA', 1]]), ['mx']), ['MX', 'US']);
  assert.deepEqual(groundOf(new Map(), ['us']), ['US']);
  assert.deepEqual(groundOf(new Map(), ['mx', 'sample']), ['MX']);
  assert.deepEqual(groundOf(new Map(), ['']), []);
});

test('a circle that was moved aside is framed where it stands', () => {
  const box: [[number, number], [number, number]] = [[-117, 14], [-86, 33]];
  const open = { width: 700, height: 650, controls: [] };
  const at = padding(box, [{ lon: -116, lat: 22, r: 10 }], open, 9);
  const moved = padding(box, [{ lon: -116, lat: 22, r: 10, dx: -40, dy: 0 }], open, 9);
  assert.ok(moved.left > at.left && moved.left >= 34, JSON.stringify(moved));
});

test('a longer number needs a larger circle to stand in', () => {
  const per = 1.45;
  assert.equal(holds(99, per), true);
  assert.equal(holds(100, per), false);
  assert.equal(holds(400, per), true);
});
