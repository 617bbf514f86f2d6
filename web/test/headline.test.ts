import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speak } from './screen.ts';
import { at, type Filter } from '../src/address.ts';
import type { FlowAnswer } from '../src/screens/explore/flow/graph.ts';

const { flowHeadline, leadNames } = await import('../src/screens/explore/headline.ts');
const { middleNames, networkHeadline } = await import('../src/screens/explore/network/reach.tsx');
const { conditionsOf } = await import('../src/screens/explore/conditions.ts');

/** A flow of so many organisations from publishers with as many each into sectors with as many each. */
function flow(n: number, publishers: Record<string, number>, sectors: Record<string, number>): FlowAnswer {
  const node = (level: string, slug: string, organisationCount: number): object => ({ key: slug, level, label: slug, organisationCount, special: null, publisher: level === 'PUBLISHER' ? { slug, shortName: slug.toUpperCase(), nameLang: 'es' } : null });
  return { n, nodes: [...Object.entries(publishers).map(([slug, count]) => node('PUBLISHER', slug, count)), ...Object.entries(sectors).map(([slug, count]) => node('SECTOR', slug, count))] } as unknown as FlowAnswer;
}

function said(answer: FlowAnswer, filter: Filter): string | undefined {
  const here = { ...at({ screen: 'explore' }), view: 'flow' as const, filter };
  return flowHeadline(answer, here, { studies: 1, filters: conditionsOf(here, []), besides: conditionsOf({ ...here, filter: { ...filter, publisher: [] } }, []) });
}

const five = flow(5, { inegi: 5 }, { energy: 3, data: 2 });

test('of a publisher that was chosen it is said where its users are', async () => {
  await speak('en');
  assert.equal(said(five, { publisher: ['inegi'] }), 'INEGI feeds 5 organisations; their largest sector is energy, with 3');
  assert.equal(said(five, { publisher: ['inegi'], area: ['Jalisco'] }), 'INEGI feeds 5 organisations (Jalisco); their largest sector is energy, with 3');
  assert.equal(said(five, { area: ['Jalisco'] }), 'INEGI feeds 5 organisations (Jalisco); their largest sector is energy, with 3');
  assert.equal(said(flow(5, { inegi: 5 }, { energy: 5 }), { publisher: ['inegi'] }), 'INEGI feeds 5 organisations; all are in energy');
  assert.equal(said(flow(1, { inegi: 1 }, { energy: 1 }), { publisher: ['inegi'] }), 'INEGI feeds one organisation');
  await speak('es');
  assert.equal(said(five, { publisher: ['inegi'] }), 'INEGI alimenta a 5 organizaciones; su mayor sector es energy, con 3');
  assert.equal(said(flow(1, { inegi: 1 }, { energy: 1 }), { publisher: ['inegi'] }), 'INEGI alimenta a una organización');
});

test('no condition is dropped: what has no name is said to be one', async () => {
  const counted: Filter[] = [{ bbox: '-104,20,-103,21' }, { criticality: ['core'] }, { access: ['api'] }];
  await speak('en');
  for (const one of counted) {
    assert.equal(said(five, { publisher: ['inegi'], ...one }), 'INEGI feeds 5 of the 5 organisations that match (inegi and 1 more condition)', JSON.stringify(one));
    assert.equal(said(five, one), 'INEGI feeds 5 of the 5 organisations that match', JSON.stringify(one));
    assert.match(said(five, { publisher: ['inegi'], area: ['Jalisco'], ...one }) ?? '', /that match \(.*Jalisco.*inegi and 1 more condition\)$/, JSON.stringify(one));
  }
  assert.match(said(five, { publisher: ['inegi'], area: ['a', 'b', 'c', 'd'] }) ?? '', /that match \(.* and 2 more conditions\)$/);
  await speak('es');
  assert.match(said(five, { publisher: ['inegi'], bbox: '-104,20,-103,21' }) ?? '', /^INEGI alimenta a 5 de las 5 organizaciones que coinciden con la selección \(inegi y /);
});

test('a part that is counted at its parent, and one of several that were chosen, are named', async () => {
  await speak('en');
  assert.equal(said(five, { publisher: ['inegi-censos'], rollup: 'root' }), 'INEGI feeds 5 of the 5 organisations that match (inegi-censos)');
  assert.match(said(five, { publisher: ['inegi', 'sct'] }) ?? '', /^INEGI feeds 5 of the 5 organisations that match \(inegi.*sct\)$/);
});

test('of several that reach as many none is the first', async () => {
  const tied = flow(5, { inegi: 4, sct: 4 }, { energy: 5 });
  await speak('en');
  assert.match(said(tied, { publisher: ['inegi'], bbox: '-104,20,-103,21' }) ?? '', /^Several publishers feed 4 of the 5 organisations that match \(inegi and 1 more condition\) each, INEGI among them$/);
  await speak('es');
  assert.match(said(tied, { publisher: ['inegi'] }) ?? '', /^Varios publicadores alimentan a 4 de las 5 organizaciones que coinciden con la selección \(inegi\) cada uno, entre ellos INEGI$/);
});

test('around the middle of a network one of one "is", and so is none of one', async () => {
  const net = (n: number, around: number): Parameters<typeof networkHeadline>[0] => ({ n, beyond: 0, nodes: [{ kind: 'ORGANISATION', label: 'Data4', depth: 0 }, ...Array.from({ length: around }, () => ({ kind: 'ORGANISATION', label: 'x', depth: 1 }))] }) as unknown as Parameters<typeof networkHeadline>[0];
  await speak('en');
  const cases: [number, number, string][] = [[1, 0, '0 of 1 organisation is'], [1, 1, '1 of 1 organisation is'], [5, 0, '0 of 5 organisations are'], [5, 1, '1 of 5 organisations is'], [5, 3, '3 of 5 organisations are']];
  for (const [n, around, sentence] of cases) assert.equal(networkHeadline(net(n, around), 2, ''), `${sentence} within 2 steps of Data4`);
  await speak('es');
  assert.equal(networkHeadline(net(1, 0), 2, ''), '0 de 1 organización está a 2 pasos o menos de Data4');
});

test('the name in the sentence of a picture keeps its language', async () => {
  await speak('en');
  assert.deepEqual(leadNames(five), [{ name: 'INEGI', lang: 'es' }]);
  assert.deepEqual(leadNames(flow(0, {}, {})), []);
  const middle = { kind: 'DATASET', label: 'Censo de nubes', labelLang: 'es', acronym: null, depth: 0 };
  assert.deepEqual(middleNames({ nodes: [middle] } as unknown as Parameters<typeof middleNames>[0]), [{ name: 'Censo de nubes', lang: 'es' }]);
  assert.deepEqual(middleNames({ nodes: [] }), []);
});
