import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MANY, ROW, sliceOf } from '../src/screens/explore/table/window.ts';

test('up to a thousand rows are all drawn', () => {
  assert.deepEqual(sliceOf(MANY, 30_000, 600), { from: 0, to: MANY });
});

test('beyond that only those in sight, with some to spare, wherever one scrolls', () => {
  for (const scroll of [0, 5000, 49 * 5000, 49 * 9990]) {
    const { from, to } = sliceOf(10_000, scroll, 600);
    const first = Math.floor(scroll / ROW);
    assert.ok(from <= first && to >= Math.min(10_000, first + Math.ceil(600 / ROW)), `${scroll}`);
    assert.ok(to - from <= 70);
  }
});
