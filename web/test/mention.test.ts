import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../src/address.ts';
import { mentionPath, rowsOf } from '../src/widgets/mention.ts';

test('the last row leads to the explorer with the text as it was typed', () => {
  for (const text of ['agua', 'a&b=c', '¿100 % agua?', 'ñandú #1']) {
    const [route = '/', query = ''] = mentionPath(text).split('?');
    const { place, filter } = parse(route, query);
    assert.deepEqual([place, filter], [{ screen: 'explore' }, { q: text }]);
  }
});

test('it comes after what was found, with somebody to lead to, and only where everything is searched', () => {
  const hit = { type: 'PUBLISHER' as const, title: 'INEGI', path: '/publishers/inegi', subtitle: null, matched: null, organisationCount: 4 };
  const last = { path: mentionPath('agua'), organisationCount: 3 };
  const search = { totalCount: 1, hits: [hit] };
  assert.deepEqual(rowsOf({ search, mentions: { totalCount: 3 } }, 'agua'), [hit, last]);
  assert.deepEqual(rowsOf({ search: { totalCount: 0, hits: [] }, mentions: { totalCount: 3 } }, 'agua'), [last]);
  assert.deepEqual(rowsOf({ search, mentions: { totalCount: 0 } }, 'agua'), [hit]);
  assert.deepEqual(rowsOf({ search }, 'agua'), [hit]);
});
