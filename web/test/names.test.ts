import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brief, instrumentOf, parted, placeName, said, short, statedPlace, type Said } from '../src/names.ts';

test('a long name is called by the acronym at its end; a short one, or one without, as it is', () => {
  assert.equal(brief('El Instituto Mexicano para la Competitividad A.C. (IMCO)'), 'IMCO');
  assert.equal(brief('PricewaterhouseCoopers (PwC)'), 'PwC');
  assert.equal(brief('Data4 (D4)'), 'Data4 (D4)');
  assert.equal(brief('Fundar Centro de Análisis e Investigación'), 'Fundar Centro de Análisis e Investigación');
  assert.equal(brief('Consultores del Norte (antes del sur)'), 'Consultores del Norte (antes del sur)');
});

test('a body is called as the server says, which knows whose acronyms are taken', () => {
  assert.equal(short({ shortName: 'SENER' }), 'SENER');
});

test('a place bears the name of its area; what was stated is kept beside it', () => {
  const row = { sector: null, sectorText: null, area: { name: 'Mexico City' }, location: { locality: 'Distrito Federal' } };
  assert.equal(placeName(row), 'Mexico City');
  assert.equal(statedPlace(row), 'Distrito Federal');
  assert.equal(statedPlace({ ...row, location: { locality: 'Mexico City' } }), undefined);
  assert.equal(placeName({ ...row, area: null }), 'Distrito Federal');
  assert.equal(statedPlace({ ...row, area: null }), undefined);
  assert.equal(placeName({ ...row, area: null, location: null }), undefined);
});

test('a questionnaire has a name and a version, but for what was asked before there were versions', () => {
  assert.deepEqual(instrumentOf('od500/0'), { name: 'od500', version: undefined });
  assert.deepEqual(instrumentOf('sample/2'), { name: 'sample', version: '2' });
  assert.deepEqual(instrumentOf('my form'), { name: 'my form', version: undefined });
});

test('a name in a sentence is told apart in its language: the longest of several that hold each other', () => {
  const es = (name: string): Said => ({ name, lang: 'es' });
  const cases: [string, Said[], string][] = [
    ['5 are within 2 steps of Censo de nubes', [es('Censo de nubes')], '5 are within 2 steps of |<es:Censo de nubes>'],
    ['both use SE, SEP and one other publisher', [es('SE'), es('SEP')], 'both use |<es:SE>|, |<es:SEP>| and one other publisher'],
    ['both name Censo de nubes and Censo', [es('Censo'), es('Censo de nubes')], 'both name |<es:Censo de nubes>| and |<es:Censo>'],
    ['SENER feeds 5 users', [es('SE'), es('SENER')], '<es:SENER>| feeds 5 users'],
    ['Path (A+B) [c-d] $1/2', [es('Path (A+B) [c-d] $1/2')], '<es:Path (A+B) [c-d] $1/2>'],
    ['No name at all', [], 'No name at all'],
    ['No name at all', [es('')], 'No name at all'],
  ];
  for (const [text, names, parts] of cases) assert.equal(parted(text, names).filter((one) => one !== '').map((one) => (typeof one === 'string' ? one : `<${one.lang}:${one.name}>`)).join('|'), parts, text);
  assert.deepEqual(said({ shortName: 'SENER', nameLang: 'es' }), es('SENER'));
});
