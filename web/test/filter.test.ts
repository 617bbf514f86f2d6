import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiFilter, faultOf, parseBox, printBox } from '../src/filter.ts';
import { TEXT } from '../src/limits.ts';

test('the filter of an address becomes the filter of the API', () => {
  assert.deepEqual(
    apiFilter({ sector: ['energy'], grade: ['d', 'Z'], q: 'casa', rollup: 'root', asOf: '2025-06-30', bbox: '-104,19,-99,22' }),
    { sector: ['energy'], grade: ['D'], text: 'casa', rollup: 'ROOT', asOf: '2025-06-30', bbox: [-104, 19, -99, 22] },
  );
});

test('what the API would refuse is left out', () => {
  assert.deepEqual(apiFilter({ grade: ['x'], rollup: 'nobody', asOf: 'yesterday', bbox: '1,2,3' }), {});
});

test('a day and a moment of recording travel with the filter', () => {
  assert.deepEqual(apiFilter({ asOf: '2025-06-30', knownAt: '2026-11-25T15:44:11Z' }), { asOf: '2025-06-30', knownAt: '2026-11-25T15:44:11Z' });
});

test('what is no value of its filter is named', () => {
  const cases: [Parameters<typeof faultOf>[0], ReturnType<typeof faultOf>][] = [
    [{}, undefined],
    [{ publisher: ['nope'], grade: ['a', 'D'], q: 'casa', asOf: '2024-02-29', knownAt: '2026-11-25T15:44:11.5+01:00' }, undefined],
    [{ grade: ['d', 'Z'] }, { key: 'grade', value: 'Z' }],
    [{ rollup: 'nobody' }, { key: 'rollup', value: 'nobody' }],
    [{ asOf: '2025-02-29' }, { key: 'asOf', value: '2025-02-29' }],
    [{ asOf: 'yesterday' }, { key: 'asOf', value: 'yesterday' }],
    [{ knownAt: '2026-11-25' }, { key: 'knownAt', value: '2026-11-25' }],
    [{ bbox: '1,2,3' }, { key: 'bbox', value: '1,2,3' }],
    [{ q: 'a'.repeat(TEXT) }, undefined],
    [{ q: 'a'.repeat(TEXT + 1) }, { key: 'q', value: 'a'.repeat(TEXT + 1) }],
  ];
  for (const [conditions, fault] of cases) assert.deepEqual(faultOf(conditions), fault);
});

test('a box must lie on Earth', () => {
  assert.equal(parseBox('-200,0,0,1'), undefined);
  assert.equal(parseBox('0,5,1,4'), undefined);
  assert.equal(parseBox('a,b,c,d'), undefined);
  assert.deepEqual(parseBox('-104,19,-99,22'), [-104, 19, -99, 22]);
  assert.equal(printBox([-104.12345, 19, -99, 22.005]), '-104.12,19,-99,22.01');
});
