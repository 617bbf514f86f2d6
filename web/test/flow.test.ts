import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, graphOf, leaders, matrixOf, neighbour, onlyOf, type FlowAnswer } from '../src/screens/explore/flow/graph.ts';
import { hueOf, nodeClass } from '../src/screens/explore/flow/hue.ts';
import { kinshipOf } from '../src/screens/explore/flow/kinship.ts';
import { twinsOf } from '../src/screens/explore/flow/twins.ts';
import { acrossOf, layout, scale } from '../src/screens/explore/flow/layout.ts';
import type { FlowLevel } from '../src/queries/generated/schema.ts';

const node = (key: string, level: 'PUBLISHER' | 'SECTOR', organisationCount: number, family: string | null = null): FlowAnswer['nodes'][number] => ({ key, level, label: key, labelLang: 'es', organisationCount, family, special: null, folded: 0, publisher: null });
const answer = {
  levels: ['PUBLISHER', 'SECTOR'],
  nodes: [node('p:a', 'PUBLISHER', 5), node('p:b', 'PUBLISHER', 2), node('s:x', 'SECTOR', 4, 'data'), node('s:y', 'SECTOR', 2)],
  cells: [{ source: 'p:b', target: 's:x', organisationCount: 2 }, { source: 'p:a', target: 's:y', organisationCount: 2 }, { source: 'p:a', target: 's:x', organisationCount: 3 }],
} as unknown as FlowAnswer;
const graph = graphOf(answer);

test('a flow is columns of nodes and links in the order of both', () => {
  assert.deepEqual(graph.columns.map((column) => column.map((one) => one.key)), [['p:a', 'p:b'], ['s:x', 's:y']]);
  assert.deepEqual(graph.links.map((one) => one.key), ['p:a s:x', 'p:a s:y', 'p:b s:x']);
  assert.deepEqual(graph.links.map((one) => one.family), ['data', 'none', 'data']);
  assert.equal(graph.parts, 7);
  const { rows, columns, cell } = matrixOf(graph);
  assert.deepEqual(rows.map((row) => columns.map((column) => cell(row, column))), [[3, 2], [2, 0]]);
});

test('families are added up of all their sectors, and of an answer that gathers some of them not at all', () => {
  const kin = kinshipOf(graph);
  assert.deepEqual(kin?.pieces, ['data', 'none']);
  assert.deepEqual(kin?.rows.map(({ counts }) => [...counts]), [[['data', 3], ['none', 2]], [['data', 2]]]);
  assert.deepEqual([...(kin?.totals ?? [])], [['data', 4], ['none', 2]]);
  const gathered = { ...answer, nodes: [...answer.nodes, { ...node('s:other', 'SECTOR', 1), special: 'other' }] } as FlowAnswer;
  assert.equal(kinshipOf(graphOf(gathered)), undefined);
});

test('arrows stay in the column or follow the thickest band', () => {
  const [[a, b] = [], [x] = []] = graph.columns;
  assert.ok(a && b && x);
  assert.equal(neighbour(graph, a, 'down'), b);
  assert.equal(neighbour(graph, a, 'up'), undefined);
  assert.equal(neighbour(graph, a, 'right'), x);
  assert.equal(neighbour(graph, x, 'left'), a);
  assert.deepEqual([...around(graph, 'p:b')], ['p:b s:x']);
});

test('every node has room for its label, bands are as thick as they count, nothing leaves the picture', () => {
  const drawn = layout(graph, 900, 400);
  for (const column of [0, 1]) {
    const middles = drawn.nodes.filter((one) => one.node.column === column).map((one) => one.middle);
    assert.ok((middles[1] ?? 0) - (middles[0] ?? 0) >= 24);
  }
  const [a, b] = drawn.nodes;
  assert.ok(a && b && Math.abs(a.height / b.height - 5 / 2) < 0.01);
  assert.ok(drawn.nodes.every((one) => one.y >= 0 && one.y + one.height <= drawn.height + 0.5));
  assert.equal(drawn.bands.length, 3);
  // The fullest column decides; small values keep their slot.
  assert.ok(scale([[1, 1, 1].map((value) => ({ value, slot: 24 })), [{ value: 100, slot: 24 }]], 400) <= 4);
});

test('a name of several lines has a slot as high, and the picture grows where they need it', () => {
  const drawn = layout(graph, 900, 60, [200, 200], (one) => (one.key === 'p:b' ? ['one', 'two', 'three', 'four'] : ['one']));
  const [a, b] = drawn.nodes;
  assert.ok(a && b);
  assert.deepEqual(b.lines, ['one', 'two', 'three', 'four']);
  assert.ok(b.middle - 32 >= a.middle + 8, 'the names do not touch');
  assert.ok(b.middle + 32 <= drawn.height, 'the last line is in the picture');
});

test('publishers that reach as many are not ranked', () => {
  for (const [counts, first, isTied] of [[[1, 1, 1], 1, true], [[2, 4, 4], 4, true], [[4, 5], 5, false], [[1], 1, false], [[], undefined, false]] as const) {
    const nodes = [...counts.map((count, at) => node(`p:${at}`, 'PUBLISHER', count)), node('s:x', 'SECTOR', 9)];
    const found = leaders(nodes);
    assert.deepEqual([found.first?.organisationCount, found.isTied], [first, isTied], counts.join());
  }
});

test('where one publisher feeds all who match, their largest sector is told, unless several are as large', () => {
  const of = (publishers: number[], sectors: number[]) => onlyOf({ n: 5, nodes: [...publishers.map((count, at) => node(`p:${at}`, 'PUBLISHER', count)), ...sectors.map((count, at) => node(`s:${at}`, 'SECTOR', count))] });
  assert.deepEqual([of([5], [3, 2])?.sector?.key, of([5], [3, 2])?.areAll], ['s:0', false]);
  assert.deepEqual([of([5], [5])?.sector?.key, of([5], [5])?.areAll], ['s:0', true]);
  assert.deepEqual(of([5], [2, 2, 1]), { sector: undefined, areAll: false });
  for (const several of [[4], [5, 1], []]) assert.equal(of(several, [3, 2]), undefined, several.join());
});

test('datasets of one title are told apart by the body that they come from', () => {
  const dataset = (key: string, label: string, special: string | null = null, body?: string) => ({ ...node(key, 'PUBLISHER', 1), level: 'DATASET', label, special, publisher: body ? { shortName: body } : null });
  const long = {
    levels: ['PUBLISHER', 'DATASET'],
    nodes: [{ ...node('p:a', 'PUBLISHER', 3), publisher: { shortName: 'INEGI' } }, { ...node('p:other', 'PUBLISHER', 3), special: 'other' }, dataset('d:1', 'Atlas', null, 'INEGI'), dataset('d:2', 'atlas ', null, 'SCT'), dataset('d:3', 'Censo', null, 'INEGI'), dataset('d:other', 'Atlas', 'other')],
    cells: [{ source: 'p:a', target: 'd:1', organisationCount: 1 }, { source: 'p:other', target: 'd:2', organisationCount: 1 }, { source: 'p:a', target: 'd:3', organisationCount: 1 }],
  } as unknown as FlowAnswer;
  const twins = twinsOf(long);
  assert.deepEqual([...twins], [['d:1', 'INEGI'], ['d:2', 'SCT']]);
  assert.deepEqual(graphOf(long, twins).columns[1]?.map((one) => one.body), ['INEGI', 'SCT', undefined, undefined]);
});

test('columns between the outer ones have room as their labels need it', () => {
  assert.deepEqual(acrossOf([180, 90], 100, 900), [100, 900]);
  const [first = 0, datasets = 0, sectors = 0, goals = 0] = acrossOf([180, 200, 100, 90], 100, 900);
  assert.deepEqual([first, goals], [100, 900]);
  assert.ok(Math.abs((sectors - datasets) / (goals - sectors) - 2) < 0.02);
  const [, wide = 0, end = 0, last = 0] = acrossOf([180, 2000, 140, 90], 100, 900);
  assert.ok(Math.abs((end - wide) / (last - end) - 2) < 0.02, 'a title that is very long does not press the others');
});

test('who has no sector is told from several sectors that are gathered', () => {
  assert.equal(hueOf({ special: null, family: 'data' }), 'data');
  assert.equal(hueOf({ special: 'other', family: null }), 'other');
  assert.equal(hueOf({ special: 'unclassified', family: null }), 'none');
});

test('only who has no sector and what is inferred is hatched', () => {
  const drawn = (level: FlowLevel, special: string | null, family: string | null = null): string => nodeClass({ level, special, family });
  assert.deepEqual([drawn('SECTOR', null, 'data'), drawn('SECTOR', 'other'), drawn('SECTOR', 'unclassified')], ['nd data', 'nd other', 'nd none']);
  assert.deepEqual([drawn('SDG', null), drawn('SDG', 'other'), drawn('SDG', 'unclassified'), drawn('SDG', 'inferred')], ['nd', 'nd other', 'nd other', 'nd guess']);
  assert.deepEqual([drawn('DATASET', null), drawn('DATASET', 'unspecified'), drawn('PUBLISHER', 'other')], ['nd', 'nd other', 'nd']);
});
