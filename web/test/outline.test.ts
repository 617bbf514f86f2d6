import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inCountry } from '../src/widgets/within.ts';
import { project } from '../src/projection.js';

/** A square of a degree around a place, as the outlines are written. */
function square(country: 'MX' | 'US', lon: number, lat: number): string {
  return `M${[[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([dx = 0, dy = 0]) => project(country, lon + dx, lat + dy).map((one) => one.toFixed(1)).join(' ')).join('L')}Z`;
}

test('a place near a border belongs to the country with a state around it, one off the coast to the nearest', () => {
  const outlines = new Map([['US' as const, { 'US-TX': square('US', -98, 29) }], ['MX' as const, { 'MX-NLE': square('MX', -100.3, 25.7) }]]);
  assert.equal(inCountry(-100.3, 25.7, outlines), 'MX');
  assert.equal(inCountry(-98.2, 29.1, outlines), 'US');
  assert.equal(inCountry(-98, 30.5, outlines), 'US');
  assert.equal(inCountry(-100.3, 24.4, outlines), 'MX');
  assert.equal(inCountry(-98, 29, new Map()), undefined);
});
