import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speak } from './screen.ts';

const { entriesOf } = await import('../src/screens/explore/map/key.tsx');
await speak('en');

const what = { families: ['data'], counts: [3], share: { count: 4, all: 6 } };
const texts = (...asked: Parameters<typeof entriesOf>): string[] => entriesOf(...asked).flat().map((one) => one.text);
const PART = '“4 of 6” = 4 in the circle, 6 in its whole state';

test('the key of a map that is saved says what a name with a part of its state means, where there are circles', () => {
  assert.ok(texts('both', what).includes(PART));
  assert.ok(texts('circles', what).includes(PART));
  assert.ok(!texts('areas', what).includes(PART));
  assert.deepEqual(texts('circles', { ...what, share: undefined }), texts('circles', what).filter((one) => one !== PART));
});
