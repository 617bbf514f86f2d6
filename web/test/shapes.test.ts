import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SHAPES } from '../src/widgets/shapes.ts';
import { lookOf } from '../src/widgets/sectors.ts';

test('each reason for not knowing has a shape of its own, which the style sheets draw', () => {
  const sheet = ['marks', 'questions'].map((name) => readFileSync(new URL(`../src/styles/${name}.css`, import.meta.url), 'utf8')).join('\n');
  assert.equal(new Set(Object.values(SHAPES)).size, Object.keys(SHAPES).length);
  for (const shape of Object.values(SHAPES)) assert.ok(sheet.includes(`\ni.${shape.replace(' ', '.')} {`), shape);
});

test('a bar with its name beside it has the shape that a part without one has', () => {
  for (const [code, shape] of Object.entries(SHAPES)) if (code !== 'NOT_ASKED') assert.equal(lookOf(code), shape.split(' ')[0], code);
});
