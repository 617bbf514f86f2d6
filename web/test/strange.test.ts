import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangeOf } from '../src/strange.ts';

test('words that mean nothing in the explorer are named, those that others put into addresses are not', () => {
  assert.deepEqual(strangeOf('?view=globe&sort=girth&sectr=21&utm_source=x&family=data&asOf=1900-01-01&hue='), [{ key: 'view', value: 'globe' }, { key: 'sort', value: 'girth' }, { key: 'word', value: 'sectr' }]);
  assert.deepEqual(strangeOf('?view=table&sort=-publishers&q=agua&layer=areas&lang=es&after=x'), []);
});
