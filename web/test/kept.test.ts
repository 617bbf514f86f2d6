import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speak } from './screen.ts';
import { told, type Whole } from '../src/screens/explore/kept.ts';
import { SECTIONS } from '../src/screens/explore/facets.ts';

const { valueName } = await import('../src/screens/explore/value-name.ts');

test('what is spoken of is the answer, and while there is none the one before', () => {
  const [now, last] = [{ title: 'now' } as Whole, { title: 'last' } as Whole];
  const CASES: [isOpen: boolean, isLost: boolean, said: Whole | undefined][] = [[false, false, now], [true, false, last], [false, true, last]];
  for (const [isOpen, isLost, said] of CASES) assert.equal(told({ isOpen, isLost }, now, last), said, `${isOpen}, ${isLost}`);
  assert.equal(told({ isOpen: true, isLost: false }, now, undefined), undefined, 'half an answer is none');
});

test('a value whose name has not come is named by its filter, and by no code', async () => {
  await speak('en');
  const publisher = SECTIONS.find((one) => one.key === 'PUBLISHER');
  const named = { value: 'inegi', label: 'Institute', count: 1, selected: false, missing: null, family: null };
  assert.equal(valueName(publisher, [], 'inegi', true), 'Uses data from…');
  assert.equal(valueName(publisher, [named], 'inegi', true), 'Institute');
  assert.equal(valueName(publisher, [], 'inegi'), 'inegi', 'a code that an answer does not name is all there is');
});
