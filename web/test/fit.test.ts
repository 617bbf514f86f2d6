import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bounds } from '../src/screens/explore/map/basemap.ts';
import { padding } from '../src/screens/explore/map/fit.ts';

const BOX: Bounds = [[-117, 14], [-86, 33]];
const open = { width: 700, height: 650, controls: [] };

test('small circles inside the box need little room', () => {
  const { left, right, top, bottom } = padding(BOX, [{ lon: -99, lat: 19, r: 42 }], open, 9);
  assert.ok(Math.max(left, right, top, bottom) <= 16);
});

test('a large circle at the edge is not cut', () => {
  const { left, right } = padding(BOX, [{ lon: -117, lat: 22, r: 42 }], open, 9);
  assert.ok(left >= 42 && right >= 42);
});

test('a circle in a corner is moved out from under the control there', () => {
  const controls = [{ left: 640, top: 0, right: 700, bottom: 140 }];
  const found = padding(BOX, [{ lon: -86, lat: 33, r: 12 }], { ...open, height: 420, controls }, 9);
  assert.ok(found.right > 72 || found.top > 152, JSON.stringify(found));
  const free = padding(BOX, [{ lon: -117, lat: 14, r: 12 }], { ...open, height: 420, controls }, 9);
  assert.ok(free.right < 72 && free.top < 152);
});

test('one place alone has a look of its own', () => {
  const here: Bounds = [[-99, 19], [-99, 19]];
  assert.ok(Number.isFinite(padding(here, [{ lon: -99, lat: 19, r: 5 }], open, 9).left));
});
