import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layers } from '../src/screens/explore/map/layers.ts';

test('no layer of the map is black before it is painted', () => {
  for (const layer of layers((name) => `token(${name})`)) {
    const paint = Object.entries(layer.paint ?? {}).filter(([name]) => name.endsWith('-color'));
    const wanted = layer.type === 'circle' ? ['circle-color', 'circle-stroke-color'] : [`${layer.type}-color`];
    assert.deepEqual(paint.map(([name]) => name).sort(), wanted, layer.id);
    for (const [name, colour] of paint) assert.match(String(colour), /^token\(--[\w-]+\)$/, `${layer.id} ${name}`);
  }
});
