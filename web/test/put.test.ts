import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wasPut, whyNone, type Question } from '../src/widgets/put.ts';

const question = (missing: Question['missing'], asked = 0): Question => ({ attribute: 'SIZE', answered: 0, asked, missing });

test('what is withheld of few was asked, and says so', () => {
  const few = question([{ code: 'SUPPRESSED', count: 4 }]);
  assert.deepEqual([wasPut(few), whyNone(few)], [true, 'SUPPRESSED']);
});

test('before the first answer a question was asked and its answer is not known', () => {
  assert.deepEqual([wasPut(question([]), ['SIZE']), whyNone(question([]), ['SIZE'])], [true, 'DONT_KNOW']);
  const unasked = question([{ code: 'NOT_ASKED', count: 4 }]);
  assert.deepEqual([wasPut(unasked, ['SDG']), whyNone(unasked, ['SDG'])], [false, 'NOT_ASKED']);
});

test('a question with answers was asked', () => assert.ok(wasPut(question([], 4))));
