import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Areas } from '../src/screens/explore/map/basemap.ts';
import { areaAt, middleOf } from '../src/screens/explore/map/middle.ts';

const square = (x: number, y: number, side: number): number[][] => [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
const areas: Areas = {
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { name: 'Ring', code: 'XX-R' }, geometry: { type: 'Polygon', coordinates: [square(0, 0, 10), square(4, 4, 2)] } },
    { type: 'Feature', properties: { name: 'Isles', code: 'XX-I' }, geometry: { type: 'MultiPolygon', coordinates: [[square(20, 0, 2)], [square(30, 0, 6)]] } },
  ],
};

test('a place is in the area that goes around it, not in its holes', () => {
  assert.equal(areaAt(areas, 1, 1), 'XX-R');
  assert.equal(areaAt(areas, 5, 5), undefined);
  assert.equal(areaAt(areas, 21, 1), 'XX-I');
  assert.equal(areaAt(areas, 15, 1), undefined);
});

test('the middle is that of the largest part', () => {
  const isles = areas.features[1];
  assert.deepEqual(isles && middleOf(isles.geometry)?.centre, [33, 3]);
});
