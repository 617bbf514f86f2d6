import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyed, WHOLE, zoomed } from '../src/screens/explore/moving.ts';
import { roomOf } from '../src/screens/explore/network/names.ts';
import { DIAMOND, placed, settle, type NetNode, type NetworkAnswer, type Size, type Spot } from '../src/screens/explore/network/net.ts';

const node = (key: string, depth: number, size: number): NetNode => ({ key, kind: 'ORGANISATION', slug: key, label: key, labelLang: 'es', acronym: null, family: 'data', depth, size });
const nodes = [node('middle', 0, 3), ...Array.from({ length: 60 }, (_, index) => node(`n${index}`, 1 + (index % 2), 1 + (index % 7)))];
const links = nodes.slice(1).map((one, index) => ({ source: index % 2 === 0 ? 'middle' : 'n0', target: one.key, grade: null }));
const answer = { nodes, links } as unknown as NetworkAnswer;

// Without a canvas each letter is seven pixels wide.
Object.assign(globalThis, { document: { createElement: () => ({ getContext: () => null }) } });

const SIZES: Size[] = [{ width: 700, height: 460 }, { width: 390, height: 380 }];

/** How far a node reaches: what is no circle has corners. */
const reachOf = ({ node: of, r }: Spot): number => (of.kind === 'ORGANISATION' ? r : r * DIAMOND);

/** The middle stands in the middle; nothing is beyond the frame, and nothing stands on another. */
function stands(spots: Spot[], size: Size): void {
  const middle = spots.find((one) => one.node.depth === 0);
  assert.ok(middle && Math.hypot(middle.x - size.width / 2, middle.y - size.height / 2) < 0.5);
  for (const one of spots) {
    const reach = reachOf(one);
    assert.ok(one.x - reach >= 0 && one.x + reach <= size.width && one.y - reach >= 0 && one.y + reach <= size.height, `${one.node.key} is cut`);
  }
  for (const [index, one] of spots.entries()) for (const other of spots.slice(index + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > one.r + other.r - 1, `${one.node.key} ${other.node.key}`);
}

test('the middle stands in the middle, and nothing is cut or covered, with its name or without', async () => {
  const net = await settle(answer, 'links');
  for (const size of SIZES) for (const name of [undefined, roomOf(net)]) stands(placed(net, size, WHOLE, name), size);
});

test('the same where data and publishers are around a long name', async () => {
  const title = 'Directorio Estadístico Nacional de Unidades Económicas';
  const mixed = nodes.map((one, index): NetNode => ({ ...one, label: index === 0 ? title : one.label, kind: (['ORGANISATION', 'DATASET', 'PUBLISHER'] as const)[index % 3] ?? 'ORGANISATION' }));
  const net = await settle({ ...answer, nodes: mixed }, 'links');
  const name = roomOf(net);
  assert.ok(name && name.tall > 45, 'the name takes several lines');
  for (const size of SIZES) {
    const spots = placed(net, size, WHOLE, name);
    stands(spots, size);
    clear(spots, name);
  }
});

/** No node stands under the name of the middle. */
function clear(spots: Spot[], name: { width: number; tall: number }): void {
  const middle = spots.find((one) => one.node.depth === 0);
  assert.ok(middle);
  const top = middle.y + middle.r + 6;
  for (const one of spots) {
    const near = Math.hypot(Math.max(0, Math.abs(one.x - middle.x) - name.width / 2), Math.max(0, top - one.y, one.y - top - name.tall));
    assert.ok(one.node.depth === 0 || near >= reachOf(one), `${one.node.key} stands under the name`);
  }
}

test('the name of the middle has a place where no node stands', async () => {
  const net = await settle(answer, 'links');
  const name = { width: 110, tall: 45 };
  for (const size of SIZES) {
    const spots = placed(net, size, WHOLE, name);
    stands(spots, size);
    clear(spots, name);
  }
});

test('zooming keeps what is under the pointer, and ends where it began', () => {
  const at = { x: 80, y: -30 };
  const near = zoomed(WHOLE, 2, at);
  assert.equal(near.scale, 2);
  assert.deepEqual([at.x - near.dx, at.y - near.dy].map((one) => one / near.scale), [at.x, at.y]);
  assert.equal(zoomed(near, 0.5), WHOLE);
});

test('keys move the picture and change its size, and lead back; others are left to the page', () => {
  assert.deepEqual(keyed(WHOLE, 'ArrowLeft'), { scale: 1, dx: 60, dy: 0 });
  assert.deepEqual(keyed(WHOLE, 'ArrowDown'), { scale: 1, dx: 0, dy: -60 });
  const near = keyed(WHOLE, '+');
  assert.ok(near && near.scale > 1);
  assert.equal(keyed(near, '-'), WHOLE);
  assert.equal(keyed({ ...near, dx: 99 }, 'Escape'), WHOLE);
  assert.equal(keyed(WHOLE, 'a'), undefined);
  assert.equal(keyed(WHOLE, 'Tab'), undefined);
});
