import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart, free, radius, slices, unit } from '../src/screens/explore/map/rings.ts';

test('areas compare: four times the organisations, twice the radius', () => {
  const per = unit(77);
  assert.ok(Math.abs(radius(80, per) / radius(20, per) - 2) < 1e-9);
});

test('the largest circle never outgrows the map', () => {
  for (const most of [1, 77, 1000, 200_000]) assert.ok(radius(most, unit(most)) <= 42.2);
});

test('a ring has one slice per family that is there', () => {
  assert.deepEqual(slices([3, 0, 1], 20, 10).map((one) => one.index), [0, 2]);
  assert.equal(slices([0, 0], 20, 10).length, 0);
  assert.match(slices([5], 20, 0)[0]?.path ?? '', /^M-20 0A20 20/);
});

test('circles that would cover one another are moved apart, the large one least', () => {
  const discs = [{ x: 0, y: 0, r: 40 }, { x: 10, y: 0, r: 8 }, { x: 10, y: 0, r: 8 }];
  const shifts = apart(discs);
  const moved = discs.map((disc, index) => ({ ...disc, x: disc.x + (shifts[index]?.dx ?? 0), y: disc.y + (shifts[index]?.dy ?? 0) }));
  for (let i = 0; i < moved.length; i += 1) {
    for (let j = i + 1; j < moved.length; j += 1) {
      const [a, b] = [moved[i], moved[j]];
      assert.ok(a && b && Math.hypot(a.x - b.x, a.y - b.y) > a.r + b.r - 1, `${i} and ${j} overlap`);
    }
  }
  assert.ok(Math.hypot(shifts[0]?.dx ?? 9, shifts[0]?.dy ?? 9) < 4);
});

test('circles that do not touch stay', () => {
  assert.deepEqual(apart([{ x: 0, y: 0, r: 5 }, { x: 100, y: 0, r: 5 }]), [{ dx: 0, dy: 0 }, { dx: 0, dy: 0 }]);
});

test('where there is no room to move aside, the first of those that meet stay', () => {
  const at = (x: number, r = 12): { x: number; y: number; r: number } => ({ x, y: 0, r });
  assert.deepEqual(free([at(0), at(20), at(30), at(45)]), [true, false, true, false]);
  assert.deepEqual(free([]), []);
});
