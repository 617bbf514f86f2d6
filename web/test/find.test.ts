import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Value } from '../src/screens/explore/facets.ts';
import { merged, named, wordOf } from '../src/screens/explore/names.ts';

const value = (word: string, label: string, count = 1): Value => ({ value: word, label, count, selected: false, missing: null, family: null });

test('a value is found by any of its words, whatever its accents and capitals', () => {
  const values = [value('sener', 'Secretaría de Energía'), value('cre', 'Comisión Reguladora de Energía'), value('sep', 'Secretaría de Educación Pública')];
  assert.deepEqual(named(values, 'energia').map((one) => one.value), ['sener', 'cre']);
  assert.deepEqual(named(values, ' EDUC  secre').map((one) => one.value), ['sep']);
  assert.deepEqual(named(values, 'salud'), []);
});

test('what the record adds comes after what is listed, with most first; two of one name say whose they are', () => {
  const local = [value('atlas', 'Atlas educativo', 2)];
  const hits = [
    { path: '/datasets/atlas', title: 'Atlas educativo', subtitle: 'INEGI' }, { path: '/datasets/atlas-2?lang=es', title: 'Atlas educativo', subtitle: 'SEP' },
    { path: '/datasets/censo', title: 'Censo educativo', subtitle: 'SEP' }, { path: '/datasets/unused', title: 'Sin uso educativo', subtitle: 'SEP' },
  ];
  const counted = [value('other', 'zipcode data', 12), value('atlas-2', 'Atlas educativo', 1), value('censo', 'Censo educativo', 3)];
  assert.deepEqual(merged(local, hits, counted).map(({ value: word, note }) => [word, note]), [['atlas', 'INEGI'], ['censo', undefined], ['atlas-2', 'SEP']]);
});

test('a record is called in a filter as at the end of its address', () => {
  assert.equal(wordOf('/areas/MX-JAL?lang=es'), 'MX-JAL');
  assert.equal(wordOf('/datasets/a%20b'), 'a b');
});
