import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkRows, nodeRows } from '../src/screens/explore/download/network.ts';
import { credited } from '../src/screens/explore/download/row-credit.ts';
import { csv } from '../src/screens/explore/download/rows.ts';

const node = { key: 'organisation:a', kind: 'ORGANISATION' as const, slug: 'a', label: '=Añil', labelLang: 'es', acronym: null, family: 'data', depth: 0, size: 2 };
const body = { ...node, key: 'publisher:b', kind: 'PUBLISHER' as const, slug: 'b', label: 'Bodega', acronym: 'BO', family: null, depth: 1, size: 1 };
const network = { nodes: [node, body], links: [{ source: node.key, target: body.key, grade: 'B' as const }, { source: body.key, target: 'dataset:unseen', grade: null }] };

test('each node and each link of a network is a row, under the same keys', () => {
  const [columns, ...nodes] = nodeRows(network);
  assert.deepEqual(columns, ['key', 'kind', 'slug', 'label', 'label_lang', 'acronym', 'family', 'depth', 'size']);
  assert.deepEqual(nodes.map((row) => row[0]), ['organisation:a', 'publisher:b']);
  const [, first, second] = linkRows(network);
  assert.deepEqual(first, ['organisation:a', '=Añil', 'publisher:b', 'Bodega', 'B']);
  assert.deepEqual(second, ['publisher:b', 'Bodega', 'dataset:unseen', null, null]);
});

test('a name that a spreadsheet would run is guarded, and nothing is an empty cell', () => {
  const lines = csv(nodeRows(network)).split('\r\n');
  assert.equal(lines[1], "organisation:a,ORGANISATION,a,'=Añil,es,,data,0,2");
  assert.equal(lines[2], 'publisher:b,PUBLISHER,b,Bodega,es,BO,,1,1');
});

test('every row says whom to name for it and under which licence', () => {
  const source = (code: string, text: string): Parameters<typeof credited>[2]['sources'][number] => ({ code, study: { attribution: { text, licence: 'CC BY-SA 4.0', url: 'https://licence.example' } } });
  const sources = [source('mx', 'Open Data 500'), source('us', 'GovLab'), source('sample', 'nobody')];
  const rows = credited(nodeRows(network), ['us', 'mx', 'us'], { sources, filters: 'family=data' });
  assert.deepEqual(rows[0]?.slice(-5, -3), ['chapters', 'filters']);
  assert.ok(rows.slice(1).every((row) => row.at(-5) === 'us mx'), 'of several studies the table adds up samples of their own');
  assert.ok(rows.slice(1).every((row) => row.at(-4) === 'family=data'));
  assert.deepEqual(rows.map((row) => row.slice(-3)), [['attribution', 'licence', 'licence_url'], ...network.nodes.map(() => ['Open Data 500; GovLab', 'CC BY-SA 4.0', 'https://licence.example'])]);
  assert.deepEqual(credited(linkRows(network), [], { sources, filters: '' }).at(-1)?.slice(-5), [null, null, null, null, null]);
});
