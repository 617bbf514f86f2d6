import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speak } from './screen.ts';
import type { MapSymbol } from '../src/columns.ts';
import type { Surface } from '../src/screens/explore/map/room.ts';

const { layOut, shareIn } = await import('../src/screens/explore/map/marks.ts');

const symbol = (lon: number, count: number, area: string): MapSymbol => ({ lon, lat: 10, count, families: [count], coincident: true, area, areas: [area] });

test('what the key explains does not depend on the room that the key takes', async () => {
  await speak('en');
  const drawn = { points: [], symbols: [symbol(10, 70, 'MX-CMX'), symbol(40, 4, 'MX-JAL')], areas: new Map([['MX-CMX', 70], ['MX-JAL', 6]]), familyKeys: ['data'], ground: ['MX'] };
  const what = { drawn, states: undefined, layer: 'both' as const, per: 3, names: new Map([['MX-CMX', 'Ciudad de México'], ['MX-JAL', 'Jalisco']]) };
  const open: Surface = { at: ({ lon, lat }) => ({ x: lon * 10, y: lat * 10 }), width: 700, height: 300, degree: 10, controls: [] };
  const [free, covered] = [open, { ...open, controls: [{ left: 300, right: 700, top: 0, bottom: 300 }] }].map((surface) => layOut(what, surface).laid);
  assert.ok(free && covered);
  assert.ok(free[1]?.look.at, 'there is room for its name');
  assert.equal(covered[1]?.look.at, undefined, 'under the key there is none');
  assert.deepEqual(shareIn(free, drawn), { count: 4, all: 6 });
  assert.deepEqual(shareIn(covered, drawn), shareIn(free, drawn));
});
