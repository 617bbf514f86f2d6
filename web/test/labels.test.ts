import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leadFrom, placeLabels } from '../src/screens/explore/map/labels.ts';
import { namesOf, placeOf, wholeOf, type Words } from '../src/screens/explore/map/naming.ts';

test('a name stands to the right where there is room', () => {
  assert.deepEqual(placeLabels([{ x: 0, y: 0, r: 10 }], ['Jalisco']), [{ x: 14, y: 4, anchor: 'start' }]);
});

test('a name goes to another side rather than over a circle, and is left out where no side is free', () => {
  const [label] = placeLabels([{ x: 0, y: 0, r: 10 }, { x: 40, y: 0, r: 12 }], ['Jalisco', undefined]);
  assert.equal(label?.anchor, 'middle');
  const ring = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => ({ x: Math.cos((step * Math.PI) / 4) * 30, y: Math.sin((step * Math.PI) / 4) * 30, r: 14 }));
  assert.equal(placeLabels([{ x: 0, y: 0, r: 10 }, ...ring], ['Jalisco'])[0], undefined);
});

test('two names never overlap', () => {
  const labels = placeLabels([{ x: 0, y: 0, r: 10 }, { x: 4, y: 26, r: 10 }], ['Nuevo León', 'Tamaulipas']);
  assert.notDeepEqual(labels[0], undefined);
  assert.notDeepEqual(labels[1], undefined);
});

test('a name is not cut by the edge of the map', () => {
  assert.equal(placeLabels([{ x: 190, y: 50, r: 5 }], ['Quintana Roo'], { frame: { width: 200, height: 100 } })[0]?.anchor, 'end');
});

test('who must be named is named where it covers least, and others give way to it', () => {
  const ring = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => ({ x: x * 30, y: y * 30, r: 14 }))).filter((one) => one.x !== 0 || one.y !== 0);
  const discs = [{ x: 0, y: 0, r: 10 }, ...ring];
  const [middle] = placeLabels(discs, ['Data4', ...ring.map(() => undefined)], { always: 1, measure: (text) => text.length * 2 });
  assert.ok(middle);
  assert.equal(placeLabels(discs, ['Data4'], { measure: (text) => text.length * 2 })[0], undefined);
});

test('what is named in any case still stands over no other name', () => {
  const crowd = [{ x: 100, y: 100, r: 20 }, { x: 104, y: 100, r: 18 }, { x: 98, y: 103, r: 16 }];
  const names = ['Illinois y 1 área más 22', 'Nueva York y 2 áreas más', 'Distrito de Columbia'];
  const width = (text: string): number => text.length * 7;
  const labels = placeLabels(crowd, names, { always: 3, measure: width });
  const boxes = labels.flatMap((label, index) => {
    const disc = crowd[index];
    if (!label || !disc) return [];
    const left = disc.x + label.x - { start: 0, middle: 0.5, end: 1 }[label.anchor] * width(names[index] ?? '');
    return [{ left, right: left + width(names[index] ?? ''), y: disc.y + label.y }];
  });
  assert.ok(boxes.length > 0);
  boxes.forEach((a, index) => {
    for (const b of boxes.slice(index + 1)) assert.ok(a.right <= b.left || b.right <= a.left || Math.abs(a.y - b.y) >= 12, JSON.stringify([a, b]));
  });
});

test('in a corner a name ends at the far edge of its circle, and under a control stands none', () => {
  const discs = [{ x: 186, y: 60, r: 8 }, { x: 130, y: 60, r: 5 }];
  assert.deepEqual(placeLabels(discs, ['Quintana Roo 2', undefined], { frame: { width: 200, height: 100 } })[0], { x: 8, y: 22, anchor: 'end' });
  const control = { left: 60, right: 200, top: 68, bottom: 100 };
  assert.deepEqual(placeLabels(discs, ['Quintana Roo 2', undefined], { frame: { width: 200, height: 100 }, blocked: [control] })[0], { x: 8, y: -14, anchor: 'end' });
});

const words: Words = { number: String, part: (count, all) => `${count} of ${all}`, more: (area, others) => `${area} and ${others} more` };

test('an area in several symbols is named with its own count, one in a circle that says it is not counted twice', () => {
  const names = new Map([['MX-JAL', 'Jalisco'], ['MX-CMX', 'Ciudad de México'], ['MX-YUC', 'Yucatán']]);
  const symbol = (count: number, ...areas: string[]): { count: number; areas: string[] } => ({ count, areas });
  const counts = new Map([['MX-CMX', 77], ['MX-JAL', 6], ['MX-YUC', 1]]);
  const rules = { words, counts, names, per: 4.8 };
  assert.deepEqual(namesOf([symbol(77, 'MX-CMX'), symbol(4, 'MX-JAL'), symbol(2, 'MX-JAL'), symbol(1, 'MX-YUC'), symbol(1, 'MX-XXX')], rules), ['Ciudad de México', 'Jalisco: 4 of 6', undefined, 'Yucatán: 1', undefined]);
  assert.deepEqual(namesOf([symbol(70, 'MX-CMX')], rules), ['Ciudad de México: 70 of 77']);
  // What the key explains: a part of one area, not all of it and not parts of several.
  assert.deepEqual([symbol(4, 'MX-JAL'), symbol(6, 'MX-JAL'), symbol(3, 'MX-JAL', 'MX-CMX'), symbol(1, 'MX-XXX')].map((one) => wholeOf(one, counts)), [6, undefined, undefined, undefined]);
});

test('a symbol of several areas is named by all of them, with its own count', () => {
  const names = new Map([['MX-CMX', 'Ciudad de México']]);
  const counts = new Map([['MX-CMX', 77]]);
  assert.deepEqual(namesOf([{ count: 80, areas: ['MX-CMX', 'MX-MEX', 'MX-MOR'] }, { count: 3, areas: ['MX-CMX'] }], { words, counts, names, per: 4.8 }), ['Ciudad de México and 2 more', 'Ciudad de México: 3 of 77']);
  assert.deepEqual(namesOf([{ count: 80, areas: ['MX-CMX', 'MX-MEX'] }], { words, counts, names, per: 0.5 }), ['Ciudad de México and 1 more: 80']);
  assert.equal(placeOf({ areas: ['MX-MEX', 'MX-CMX'] }, names, words), undefined);
});

test('a name of two lines keeps clear of the circles above and below it', () => {
  const disc = { x: 100, y: 100, r: 10 };
  const over = { x: 150, y: 84, r: 5 };
  const rules = { frame: { width: 300, height: 200 }, measure: () => 60 };
  const [one] = placeLabels([disc, over], ['one', undefined], rules);
  const [two] = placeLabels([disc, over], ['one two', undefined], { ...rules, lines: () => 2 });
  assert.equal(one?.anchor, 'start');
  assert.notDeepEqual(two, { ...one, y: (one?.y ?? 0) - 7.5 }, 'to the right there is room for one line alone');
});

test('the largest, where no side is free, is named farther away at the end of a line that crosses no circle', () => {
  const around = [0, 1, 2, 3, 4, 5].map((step) => ({ x: 200 + Math.cos((step * Math.PI) / 3) * 40, y: 200 + Math.sin((step * Math.PI) / 3) * 40, r: 12 }));
  const discs = [{ x: 200, y: 200, r: 20 }, ...around];
  const [label] = placeLabels(discs, ['Ciudad de México', ...around.map(() => undefined)], { frame: { width: 400, height: 400 }, always: 1, leads: true });
  assert.ok(label?.lead);
  const { x, y } = label.lead;
  for (const one of around) {
    for (let share = 0.5; share <= 1; share += 0.05) assert.ok(Math.hypot(200 + x * share - one.x, 200 + y * share - one.y) >= one.r, JSON.stringify([label, one]));
  }
});

test('a line to a name begins at the edge of its circle', () => {
  assert.equal(leadFrom({ x: 100, y: 50, r: 10 }, { x: 30, y: 40 }), 'M106.0 58.0L130.0 90.0');
});
