import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brief, short } from '../src/names.ts';

test('a long name is called by the acronym at its end; a short one, or one without, as it is', () => {
  assert.equal(brief('El Instituto Mexicano para la Competitividad A.C. (IMCO)'), 'IMCO');
  assert.equal(brief('PricewaterhouseCoopers (PwC)'), 'PwC');
  assert.equal(brief('Data4 (D4)'), 'Data4 (D4)');
  assert.equal(brief('Fundar Centro de Análisis e Investigación'), 'Fundar Centro de Análisis e Investigación');
  assert.equal(brief('Consultores del Norte (antes del sur)'), 'Consultores del Norte (antes del sur)');
});

test('a body is called by its acronym', () => {
  assert.equal(short({ name: 'Secretaría de Energía', acronym: 'SENER' }), 'SENER');
  assert.equal(short({ name: 'Correos', acronym: null }), 'Correos');
});
