import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiFilter, parseBox, printBox } from '../src/filter.ts';

test('the filter of an address becomes the filter of the API', () => {
  assert.deepEqual(
    apiFilter({ sector: ['energy'], grade: ['d', 'Z'], q: 'casa', rollup: 'root', asOf: '2025-06-30', bbox: '-104,19,-99,22' }),
    { sector: ['energy'], grade: ['D'], text: 'casa', rollup: 'ROOT', asOf: '2025-06-30', bbox: [-104, 19, -99, 22] },
  );
});

test('what the API would refuse is left out', () => {
  assert.deepEqual(apiFilter({ grade: ['x'], rollup: 'nobody', asOf: 'yesterday', bbox: '1,2,3' }), {});
});

test('a box must lie on Earth', () => {
  assert.equal(parseBox('-200,0,0,1'), undefined);
  assert.equal(parseBox('0,5,1,4'), undefined);
  assert.equal(parseBox('a,b,c,d'), undefined);
  assert.deepEqual(parseBox('-104,19,-99,22'), [-104, 19, -99, 22]);
  assert.equal(printBox([-104.12345, 19, -99, 22.005]), '-104.12,19,-99,22.01');
});
