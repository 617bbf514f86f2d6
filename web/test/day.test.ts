import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCome } from '../src/filter.ts';

test('a day has not come where the answer is of an earlier one', () => {
  const latest = { asOf: '2026-11-27', knownAt: null };
  assert.equal(toCome({ asOf: '2999-01-01' }, latest), 'asOf');
  assert.equal(toCome({ knownAt: '2999-01-01T00:00:00Z' }, latest), 'knownAt');
  assert.equal(toCome({}, latest), undefined);
  assert.equal(toCome({ asOf: '2026-11-27' }, latest), undefined);
  assert.equal(toCome({ knownAt: '2026-01-01T00:00:00Z' }, { ...latest, knownAt: '2026-01-01T00:00:00Z' }), undefined);
});
