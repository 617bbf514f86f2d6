import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangeOf } from '../src/strange.ts';

test('words that mean nothing in the explorer are named, those that others put into addresses are not', () => {
  assert.deepEqual(strangeOf('?view=globe&sort=girth&sectr=21&utm_source=x&family=data&asOf=1900-01-01&hue='), [{ key: 'view', value: 'globe' }, { key: 'sort', value: 'girth' }, { key: 'word', value: 'sectr' }]);
  assert.deepEqual(strangeOf('?form=zz&depth=99&node=zzz&skip=-3&columns=name,zz'), [['form', 'zz'], ['depth', '99'], ['node', 'zzz'], ['skip', '-3'], ['columns', 'name,zz']].map(([name, value]) => ({ key: 'look', name, value })));
  assert.deepEqual(strangeOf('?form=long&depth=3&node=dataset:censo&skip=5,0&columns=sector,size&layer=circles&colour=steps&sized=equal&at=19.43,-99.13,8.5'), []);
  assert.deepEqual(strangeOf('?hue=1&hue=2&form=zz&form=zz&form=yy'), [{ key: 'word', value: 'hue' }, { key: 'look', name: 'form', value: 'zz' }, { key: 'look', name: 'form', value: 'yy' }]);
  assert.deepEqual(strangeOf('?view=table&sort=-publishers&q=agua&layer=areas&lang=es&after=x'), []);
});
