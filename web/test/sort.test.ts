import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../src/address.ts';
import type { Row } from '../src/screens/explore/table/columns.tsx';
import { BY_NAME, HELD, inOrder, pressedSort, shownSort, SORTABLE, sortingOf } from '../src/screens/explore/table/sort.ts';

const row = (name: string, more: Partial<Row>): Row => ({ name, sector: null, sectorText: null, area: null, location: null, sizeBand: null, ...more }) as Row;
const asked = (query: string, total = 105): ReturnType<typeof sortingOf> => sortingOf(parse('/explore', `view=table${query}`), total);
const names = (rows: Row[]): string => rows.map((one) => one.name).join('');

test('an order that the API has is left to it, any other and any that is turned round is made here', () => {
  assert.deepEqual([asked('').order.by, asked('').here], ['publishers', false]);
  assert.deepEqual([asked('&sort=founded').direction, asked('&sort=founded').here], ['ascending', false]);
  assert.deepEqual([asked('&sort=-founded').direction, asked('&sort=-founded').here], ['descending', true]);
  assert.equal(asked('&sort=size').here, true);
  assert.equal(asked('&sort=girth').order.by, 'publishers');
});

test('of too many rows only what the API sorts by holds', () => {
  assert.equal(asked('&sort=size', HELD).order.by, 'size');
  assert.equal(asked('&sort=size', HELD + 1).order.by, 'publishers');
  assert.equal(asked('&sort=-name', HELD + 1).order.by, 'publishers');
  assert.equal(asked('&sort=name', HELD + 1).order.by, 'name');
});

test('a head pressed twice turns its order round, a third time back', () => {
  assert.equal(pressedSort(asked(''), SORTABLE.size, 105), 'size');
  assert.equal(pressedSort(asked('&sort=size'), SORTABLE.size, 105), '-size');
  assert.equal(pressedSort(asked('&sort=-size'), SORTABLE.size, 105), 'size');
  assert.equal(pressedSort(asked(''), SORTABLE.publishers, 105), '-publishers');
  assert.equal(pressedSort(asked('&sort=-publishers'), SORTABLE.publishers, 105), undefined);
  assert.equal(pressedSort(asked('&sort=name'), BY_NAME, HELD + 1), 'name');
});

test('bands are compared as numbers, words as their language does, and what is not known comes last both ways', () => {
  const sizes = [row('a', { sizeBand: '51-200' }), row('b', {}), row('c', { sizeBand: '10,001+' }), row('d', { sizeBand: '1-10' }), row('e', { sizeBand: '51-200' })];
  assert.equal(names(inOrder(sizes, asked('&sort=size'), 'en')), 'caedb');
  assert.equal(names(inOrder(sizes, asked('&sort=-size'), 'en')), 'daecb');
  const sectors = ['Ópera', 'Niños', 'Ñandú', 'Ocio'].map((label, at) => row('abcd'[at] ?? '', { sectorText: label }));
  assert.equal(names(inOrder([...sectors, row('e', {})], asked('&sort=sector'), 'es')), 'bcdae');
  assert.equal(names(inOrder(sizes, asked('&sort=-name'), 'en')), 'edcba');
});

test('a file is asked for in the order that is on the screen', () => {
  const of = (query: string, total = 105): string => shownSort(parse('/explore', `view=table${query}`), total);
  assert.deepEqual(['', '&sort=founded', '&sort=-founded', '&sort=size', '&sort=girth'].map((query) => of(query)), ['publishers', 'founded', '-founded', 'size', 'publishers']);
  assert.equal(of('&sort=-size', HELD + 1), 'publishers');
});
