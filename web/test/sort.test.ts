import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../src/address.ts';
import { BY_NAME, pressedSort, shownSort, SORTABLE, sortingOf } from '../src/screens/explore/table/sort.ts';

const at = (query: string) => parse('/explore', `view=table${query}`);
const asked = (query: string): ReturnType<typeof sortingOf> => sortingOf(at(query));

test('an address asks for a column, its own way or turned round; what it does not know is by use', () => {
  for (const [query, order, direction, turned] of [
    ['', 'PUBLISHERS_USED', 'descending', false],
    ['&sort=founded', 'FOUNDED', 'ascending', false],
    ['&sort=-founded', 'FOUNDED', 'descending', true],
    ['&sort=size', 'SIZE', 'descending', false],
    ['&sort=-size', 'SIZE', 'ascending', true],
    ['&sort=-girth', 'PUBLISHERS_USED', 'descending', false],
  ] as const) {
    const found = asked(query);
    assert.deepEqual([found.order.order, found.direction, found.turned], [order, direction, turned], query);
  }
});

test('a head pressed twice turns its order round, a third time back', () => {
  assert.equal(pressedSort(asked(''), SORTABLE.size), 'size');
  assert.equal(pressedSort(asked('&sort=size'), SORTABLE.size), '-size');
  assert.equal(pressedSort(asked('&sort=-size'), SORTABLE.size), 'size');
  assert.equal(pressedSort(asked(''), SORTABLE.publishers), '-publishers');
  assert.equal(pressedSort(asked('&sort=-publishers'), SORTABLE.publishers), undefined);
  assert.equal(pressedSort(asked('&sort=name'), BY_NAME), '-name');
});

test('a file is asked for in the order that is on the screen', () => {
  const words = ['', '&sort=founded', '&sort=-founded', '&sort=size', '&sort=girth'].map((query) => shownSort(at(query)));
  assert.deepEqual(words, ['publishers', 'founded', '-founded', 'size', 'publishers']);
});
