// How a name stands where there is too little room for it on one line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clip, widthOf, wrap } from '../src/widgets/measure.ts';

// Without a canvas each letter is seven pixels wide.
Object.assign(globalThis, { document: { createElement: () => ({ getContext: () => null }) } });

test('a name stands whole on as few lines as hold it, and as even as those can be', () => {
  const cases: [string, number, string[]][] = [
    ['INEGI', 140, ['INEGI']],
    ['Gobierno de Baja California Sur', 140, ['Gobierno de Baja', 'California Sur']],
    ['Directorio Estadístico Nacional de Unidades Económicas', 140, ['Directorio', 'Estadístico', 'Nacional de', 'Unidades Económicas']],
    ['Geospatial/Mapping', 90, ['Geospatial/', 'Mapping']],
    ['Geospatial/Mapping', 140, ['Geospatial/Mapping']],
  ];
  for (const [name, room, lines] of cases) assert.deepEqual(wrap(name, room, 6), lines);
});

test('no line is wider than its room; beyond the most lines, and where a word alone is too wide, the rest is clipped', () => {
  for (const [name, room, most] of [['Sistema Nacional de Información en la Salud', 120, 5], ['Otorrinolaringología', 70, 2], ['uno dos tres cuatro cinco seis siete ocho', 60, 2]] as const) {
    const lines = wrap(name, room, most);
    assert.ok(lines.length <= most);
    assert.ok(lines.every((line) => widthOf(line, '') <= room), lines.join('|'));
  }
  assert.equal(clip('Gobierno de Morelos', 100), 'Gobierno de M…');
  assert.deepEqual(wrap('uno dos tres cuatro cinco seis siete ocho', 60, 2), ['uno dos', 'tres cu…']);
});
