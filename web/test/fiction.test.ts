import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fictionOf } from '../src/fiction.ts';

test('only what is shown of the sample is called fictional', () => {
  for (const [loaded, shown, fiction] of [
    [['mx'], ['mx'], undefined],
    [['sample'], [], 'alone'],
    [['mx', 'sample'], ['mx'], 'also'],
    [['mx', 'sample'], [], 'also'],
    [['mx', 'sample'], ['sample'], 'these'],
    [['mx', 'sample'], ['mx', 'sample', 'mx'], 'mixed'],
  ] as const) {
    assert.equal(fictionOf([...loaded], [...shown]), fiction, `${loaded.join()} ${shown.join()}`);
  }
});
