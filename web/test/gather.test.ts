import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gather, type Single } from '../src/screens/explore/map/gather.ts';

const single = (lon: number, lat: number, family: number, slug: string): Single => ({ lon, lat, count: 1, families: [0, 1, 2].map((index) => (index === family ? 1 : 0)), coincident: true, area: 'A', areas: [family === 2 ? 'B' : 'A'], slug });
const project = (one: Single): { x: number; y: number } => ({ x: one.lon * 10, y: one.lat * 10 });

test('close singles become one symbol that keeps their families, others stay themselves', () => {
  const found = gather([single(0, 0, 0, 'a'), single(1, 0, 2, 'b'), single(50, 0, 1, 'c')], project, 24);
  assert.equal(found.length, 2);
  assert.deepEqual(found[0], { lon: 0.5, lat: 0, count: 2, families: [1, 0, 1], coincident: false, area: '', areas: ['A', 'B'] });
  assert.equal(found[1]?.slug, 'c');
});

test('a symbol has the areas of all in it, those with most first', () => {
  const [one] = gather([single(0, 0, 2, 'a'), single(0, 1, 0, 'b'), single(1, 0, 0, 'c')], project, 24);
  assert.deepEqual([one?.area, one?.areas], ['', ['A', 'B']]);
  const [alone] = gather([single(0, 0, 0, 'a'), single(0, 1, 0, 'b')], project, 24);
  assert.deepEqual([alone?.area, alone?.areas], ['A', ['A']]);
});

test('nobody is lost', () => {
  const many = Array.from({ length: 50 }, (_, index) => single(index % 7, index % 5, index % 3, String(index)));
  assert.equal(gather(many, project, 24).reduce((sum, one) => sum + one.count, 0), 50);
});
