import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAnyReason } from '../src/screens/explore/any-reason.ts';

const value = (word: string, count: number): Parameters<typeof withAnyReason>[0][number] => ({ value: word, label: word, count, selected: false, missing: null, family: null });

test('whoever has no value is one row with the sum of the reasons', () => {
  const values = [value('energy', 4), value('unknown:no_answer', 1), value('unknown:not_asked', 2), value('unknown:refused', 0)];
  assert.deepEqual(withAnyReason(values, new Set(['energy']), 'none'), values);
  const rows = withAnyReason(values, new Set(['unknown']), 'none').map((one) => [one.label, one.count]);
  assert.deepEqual(rows, [['energy', 4], ['unknown:no_answer', 1], ['unknown:not_asked', 2], ['none', 3]]);
  assert.ok(withAnyReason(values, new Set(['unknown', 'unknown:refused']), 'none').some((one) => one.value === 'unknown:refused'), 'a reason that is chosen stays');
});
