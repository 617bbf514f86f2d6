import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longest } from '../src/widgets/longest.ts';
import { sectorBars } from '../src/widgets/sectors.ts';

const row = (value: string, count: number, missing: string | null = null): { value: string; label: string; count: number; family: string | null; missing: string | null } => ({ value, label: value, count, family: missing ? null : 'data', missing });

test('each reason for a missing sector has a shape, and who was not asked has no bar', () => {
  const rows = [row('geo', 4), row('unknown:not_asked', 9, 'NOT_ASKED'), row('unknown:no_answer', 2, 'NO_ANSWER'), row('unknown:dont_know', 2, 'DONT_KNOW'), row('unknown:refused', 2, 'REFUSED'), row('unknown:not_applicable', 1, 'NOT_APPLICABLE'), row('unknown:suppressed', 1, 'SUPPRESSED')];
  const bars = sectorBars(rows, () => undefined);
  assert.deepEqual(bars.map((one) => one.look), [undefined, 'nobar', 'hatch', 'hatch', 'hatch', 'apply', 'held']);
  assert.deepEqual(bars.map((one) => one.family), ['data', 'none', 'none', 'none', 'none', 'none', 'none']);
  assert.equal(longest(bars), 4, 'the nine who were not asked make no other bar shorter');
  assert.equal(longest(sectorBars(rows, () => undefined, new Map([['geo', 6], ['unknown:not_asked', 20]]))), 6);
  assert.equal(longest([]), 1);
});
