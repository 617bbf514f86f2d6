import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areWhole, inPercent, toTenth } from '../src/rounding.ts';

test('no share is rounded to all or to nothing', () => {
  const printed = (share: number): string => `${inPercent(share).sign}${Math.round(inPercent(share).share * 100)}`;
  for (const [share, text] of [[0, '0'], [1 / 529, '<1'], [0.005, '1'], [0.886, '89'], [0.9949, '99'], [528 / 529, '>99'], [1, '100']] as const) assert.equal(printed(share), text);
});

test('one tenth among figures and none of them is whole', () => {
  assert.ok(areWhole([4, 2.04, 0]) && areWhole([]));
  assert.ok(!areWhole([4, 2.5]));
  assert.deepEqual([0.1 + 0.2, 2.04, 2.96, 7].map(toTenth), [0.3, 2, 3, 7]);
});
