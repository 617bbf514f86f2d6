import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withChoices } from '../src/screens/explore/choices.ts';

const value = (word: string, count: number): Parameters<typeof withChoices>[0][number] => ({ value: word, label: word, count, selected: false, missing: null, family: null });

test('whoever has no value is one row with the sum of the reasons', () => {
  const values = [value('energy', 4), value('unknown:no_answer', 1), value('unknown:not_asked', 2), value('unknown:refused', 0)];
  assert.deepEqual(withChoices(values, new Set(['energy']), 'none'), values);
  const rows = withChoices(values, new Set(['unknown']), 'none').map((one) => [one.label, one.count]);
  assert.deepEqual(rows, [['energy', 4], ['unknown:no_answer', 1], ['unknown:not_asked', 2], ['none', 3]]);
  assert.ok(withChoices(values, new Set(['unknown', 'unknown:refused']), 'none').some((one) => one.value === 'unknown:refused'), 'a reason that is chosen stays');
});

test('a choice that is no longer listed stays, with nobody', () => {
  const rows = withChoices([value('energy', 4)], new Set(['energy', 'mining']), 'none');
  assert.deepEqual(rows.map((one) => [one.value, one.count, one.selected]), [['energy', 4, false], ['mining', 0, true]]);
});
