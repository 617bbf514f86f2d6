import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv } from '../src/screens/explore/download/rows.ts';

test('a cell that a spreadsheet would run is guarded, one that would break the row is quoted', () => {
  assert.equal(csv([['=1+1', 'a,b', 'say "x"'], ['@x', 3, -4]]), "'=1+1,\"a,b\",\"say \"\"x\"\"\"\r\n'@x,3,-4\r\n");
});
