import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, toggled } from '../src/address.ts';
import { isNarrowed, partsOf, wholeOf } from '../src/screens/explore/parts.ts';

const facets = (...counts: [string, number][]): Parameters<typeof partsOf>[0] => [{ key: 'CHAPTER', values: counts.map(([value, count]) => ({ value, label: value, count })) }];
const explore = at({ screen: 'explore' });

test('each study in sight keeps its own whole', () => {
  const parts = partsOf(facets(['us', 20], ['mx', 7]), facets(['us', 529], ['mx', 105]), explore);
  assert.deepEqual(parts.map(({ code, count, total }) => [code, count, total]), [['us', 20, 529], ['mx', 7, 105]]);
});

test('a study without a match, or not chosen, is not in sight', () => {
  assert.deepEqual(partsOf(facets(['us', 0], ['mx', 7]), facets(['us', 529], ['mx', 105]), explore).map((one) => one.code), ['mx']);
  assert.deepEqual(partsOf(facets(['us', 20], ['mx', 7]), facets(['us', 529], ['mx', 105]), toggled(explore, 'chapter', 'us')).map((one) => one.code), ['us']);
});

test('studies, days and roll-ups say which whole, everything else narrows it', () => {
  const whole = { ...explore, filter: { chapter: ['mx'], rollup: 'root', asOf: '2025-01-01', knownAt: '2026-01-01T00:00:00Z' } };
  assert.equal(isNarrowed(whole), false);
  assert.equal(isNarrowed(toggled(whole, 'area', 'MX-JAL')), true);
  assert.deepEqual(wholeOf(toggled(whole, 'area', 'MX-JAL')), whole.filter);
});
