import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spread } from '../src/screens/explore/flow/spread.ts';

test('labels stand where they would, and give way to each other within their column', () => {
  const cases: [string, { at: number; tall: number }[], number[]][] = [
    ['apart', [{ at: 20, tall: 20 }, { at: 80, tall: 20 }], [20, 80]],
    ['one pushes the next', [{ at: 20, tall: 20 }, { at: 25, tall: 20 }], [20, 40]],
    ['pushed from the foot', [{ at: 80, tall: 20 }, { at: 95, tall: 20 }], [70, 90]],
    ['above the top', [{ at: -5, tall: 20 }], [10]],
    ['high ones', [{ at: 50, tall: 20 }, { at: 55, tall: 60 }], [30, 70]],
  ];
  for (const [name, wishes, middles] of cases) assert.deepEqual(spread(wishes, 0, 100), middles, name);
});
