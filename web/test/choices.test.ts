import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withChoices } from '../src/screens/explore/choices.ts';
import { ordered, withZeros, type FacetData } from '../src/screens/explore/facets.ts';

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

test('beside the values of a selection those of the whole keep their place at zero, and who has none stands last', () => {
  const reason = { ...value('unknown:no_answer', 2), missing: 'NO_ANSWER' as const };
  const facet = (values: FacetData['values'], more = 0): FacetData => ({ key: 'SECTOR', more, coverage: null, values }) as unknown as FacetData;
  const whole = [facet([value('energy', 4), value('legal', 2), value('mining', 1), value('unlisted', 1), reason])];
  const rows = (own: FacetData, all = whole, isEmpty = false): unknown[] => withZeros([own], all, isEmpty).flatMap((one) => ordered(one.key, one.values).map(({ value: word, count }) => [word, count]));
  assert.deepEqual(rows(facet([value('legal', 2), value('unlisted', 1)])), [['legal', 2], ['energy', 0], ['mining', 0], ['unlisted', 1], ['unknown:no_answer', 0]]);
  // What is beyond a long list is not at zero; where nobody names a value, zeros would be findings.
  const long = facet([value('legal', 2)], 7);
  assert.deepEqual(rows(long), [['legal', 2]]);
  assert.deepEqual(rows(facet([value('legal', 2)]), [facet(whole[0]?.values ?? [], 7)]), [['legal', 2]]);
  assert.deepEqual(rows(facet([reason])), [['unknown:no_answer', 2]]);
  assert.equal(rows(facet([]), whole, true).length, 5);
});

test('what is in no family stands after the families, however many it is', () => {
  const families = [value('data', 15), value('none', 7), value('finance', 6), value('land', 0)];
  assert.deepEqual(ordered('FAMILY', families).map((one) => one.value), ['data', 'finance', 'land', 'none']);
  assert.deepEqual(ordered('KIND', families).map((one) => one.value), ['data', 'none', 'finance', 'land'], 'a word of another facet is a word');
});
