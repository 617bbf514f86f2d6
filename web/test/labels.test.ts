import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeLabels } from '../src/screens/explore/map/labels.ts';

test('a name stands to the right where there is room', () => {
  assert.deepEqual(placeLabels([{ x: 0, y: 0, r: 10 }], ['Jalisco']), [{ x: 14, y: 4, anchor: 'start' }]);
});

test('a name goes to another side rather than over a circle, and is left out where no side is free', () => {
  const [label] = placeLabels([{ x: 0, y: 0, r: 10 }, { x: 40, y: 0, r: 12 }], ['Jalisco', undefined]);
  assert.equal(label?.anchor, 'middle');
  const ring = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => ({ x: Math.cos((step * Math.PI) / 4) * 30, y: Math.sin((step * Math.PI) / 4) * 30, r: 14 }));
  assert.equal(placeLabels([{ x: 0, y: 0, r: 10 }, ...ring], ['Jalisco'])[0], undefined);
});

test('two names never overlap', () => {
  const labels = placeLabels([{ x: 0, y: 0, r: 10 }, { x: 4, y: 26, r: 10 }], ['Nuevo León', 'Tamaulipas']);
  assert.notDeepEqual(labels[0], undefined);
  assert.notDeepEqual(labels[1], undefined);
});

test('a name is not cut by the edge of the map', () => {
  assert.equal(placeLabels([{ x: 190, y: 50, r: 5 }], ['Quintana Roo'], { frame: { width: 200, height: 100 } })[0]?.anchor, 'end');
});

test('who must be named is named where it covers least, and others give way to it', () => {
  const ring = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => ({ x: x * 30, y: y * 30, r: 14 }))).filter((one) => one.x !== 0 || one.y !== 0);
  const discs = [{ x: 0, y: 0, r: 10 }, ...ring];
  const [middle] = placeLabels(discs, ['Data4', ...ring.map(() => undefined)], { always: 1, measure: (text) => text.length * 2 });
  assert.ok(middle);
  assert.equal(placeLabels(discs, ['Data4'], { measure: (text) => text.length * 2 })[0], undefined);
});
