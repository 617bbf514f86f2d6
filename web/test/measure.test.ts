// What is left of a name where there is too little room for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clip, clipApart, widthOf } from '../src/widgets/measure.ts';

// Without a canvas each letter is seven pixels wide.
Object.assign(globalThis, { document: { createElement: () => ({ getContext: () => null }) } });

const NAMES = ['Gobierno de Baja California', 'Gobierno de Baja California Sur', 'Gobierno de Morelos', 'INEGI'];

test('a name is clipped at its end, and by its middle where another would read the same', () => {
  const cases: [string, number, string][] = [
    ['INEGI', 140, 'INEGI'],
    ['Gobierno de Morelos', 100, 'Gobierno de M…'],
    ['Gobierno de Baja California', 140, 'Gobi…Baja California'],
    ['Gobierno de Baja California Sur', 140, 'Gobie…California Sur'],
    ['Gobierno de Baja California', 70, 'Gobierno…'],
  ];
  for (const [name, room, said] of cases) {
    assert.equal(clipApart(name, NAMES, room), said);
    assert.ok(widthOf(said, '') <= room, said);
  }
  assert.equal(clip(NAMES[0] ?? '', 140), clip(NAMES[1] ?? '', 140), 'the ends alone would not tell them apart');
});
