import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bounds } from '../src/screens/explore/map/basemap.ts';
import { hasRoom, padding, type Padding, type Round } from '../src/screens/explore/map/fit.ts';

const BOX: Bounds = [[-117, 14], [-86, 33]];
const open = { width: 700, height: 650, controls: [] };

test('a box without room is waited for', () => {
  for (const [width, height, has] of [[800, 0, false], [0, 600, false], [800, 32, false], [32, 600, false], [800, 33, true], [358, 416, true]] as const) {
    assert.equal(hasRoom({ width, height }), has, `${width} × ${height}`);
  }
});

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

/** Zoom at which Mexico is framed with a padding, and how much of the way clear of edge and controls a circle lacks. */
function framed({ left, right, top, bottom }: Padding, { lon, lat, r }: Round): { zoom: number; lacks: number } {
  const across = (one: number): number => (512 * (one + 180)) / 360;
  const down = (one: number): number => (512 * (1 - Math.asinh(Math.tan((one * Math.PI) / 180)) / Math.PI)) / 2;
  const [[west, south], [east, north]] = MEXICO;
  const [wide, high] = [phone.width - left - right, phone.height - top - bottom];
  const scale = Math.min(wide / (across(east) - across(west)), high / (down(south) - down(north)));
  const x = left + wide / 2 + scale * (across(lon) - (across(west) + across(east)) / 2);
  const y = top + high / 2 + scale * (down(lat) - (down(north) + down(south)) / 2);
  const off = phone.controls.map((box) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)));
  const lacks = [Math.min(x, y, phone.width - x, phone.height - y), ...off].reduce((sum, one) => sum + Math.max(0, r - one), 0);
  return { zoom: Math.log2(scale), lacks };
}

test('what cannot be cleared is covered as little as the room allows', () => {
  const round = { lon: -86.9, lat: 21, r: 60 };
  const [found, bare] = [framed(padding(MEXICO, [round], phone, 9), round), framed({ left: 16, right: 16, top: 16, bottom: 16 }, round)];
  assert.ok(bare.lacks > 0 && found.lacks < bare.lacks, `${found.lacks} of ${bare.lacks}`);
  assert.ok(bare.zoom - found.zoom <= 0.3 + 1e-9, `${bare.zoom} to ${found.zoom}`);
});

test('of pictures that are equal the one in the middle is taken', () => {
  // The width decides how large the country is: to go up or down costs nothing.
  const tall = { width: 400, height: 700, controls: [{ left: 10, top: 10, right: 120, bottom: 60 }, { left: 10, top: 640, right: 390, bottom: 690 }] };
  const { left, right, top, bottom } = padding(MEXICO, [{ lon: -99.1, lat: 19.4, r: 20 }], tall, 9);
  assert.deepEqual([left - right, top - bottom], [0, 0]);
});
