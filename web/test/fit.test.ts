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

/** Mexico, and a phone's map with its controls as they lie over it. */
const MEXICO: Bounds = [[-118.4, 14.5], [-86.7, 32.7]];
const phone = { width: 390, height: 360, controls: [{ left: 332, top: 12, right: 378, bottom: 146 }, { left: 12, top: 282, right: 370, bottom: 348 }, { left: 12, top: 12, right: 218, bottom: 48 }] };

test('on a phone the country stays the picture, whatever stands beside the controls', () => {
  for (const [lon, lat] of [[-86.9, 21], [-92.3, 14.9], [-117, 32.5], [-99.1, 19.4]] as const) {
    for (const shift of [0, 60]) {
      const { left, right, top, bottom } = padding(MEXICO, [{ lon, lat, r: 42, dx: shift, dy: shift }], phone, 9);
      // The country is wider than high: so much of the width, and as much height as that needs.
      const share = Math.min((390 - left - right) / 358, (360 - top - bottom) / (358 * 0.63));
      assert.ok(share > 0.8, `${lon}, ${shift}: ${share}`);
    }
  }
});

test('what cannot be cleared is covered as little as the room allows', () => {
  const found = padding(MEXICO, [{ lon: -86.9, lat: 21, r: 60 }], phone, 9);
  assert.ok(found.right > 16, JSON.stringify(found));
});
