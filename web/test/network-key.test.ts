import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speak } from './screen.ts';

const { entriesOf } = await import('../src/screens/explore/network/saved.tsx');
await speak('en');

const node = (kind: string, depth: number, family: string | null = null): unknown => ({ node: { kind, depth, family } });
const net = { spots: [node('DATASET', 0), node('ORGANISATION', 1, 'media'), node('ORGANISATION', 1), node('DATASET', 2)] } as unknown as Parameters<typeof entriesOf>[0];

const CASES: Record<string, [...Parameters<typeof entriesOf>, string[][]]> = {
  'by family': [net, 'family', 'links', [['middle: in the middle', 'set: Dataset', 'plain: Organisation', 'Size: Links'], ['media: Media & consumers', 'none: Not classified']]],
  'by kind': [net, 'kind', 'equal', [['middle: in the middle', 'set: Dataset', 'user: Organisation', 'Size: Equal']]],
  'by steps': [net, 'steps', 'links', [['middle: in the middle', 'plain: Dataset', 'plain: Organisation', 'Size: Links'], ['step1: 1 step', 'step2: 2 steps']]],
};

for (const [name, [of, colour, sized, said]] of Object.entries(CASES)) {
  test(`the key of a network that is saved has what is in it, ${name}`, () => {
    assert.deepEqual(entriesOf(of, colour, sized).map((line) => line.map(({ swatch, text }) => (swatch ? `${swatch}: ${text}` : text))), said);
  });
}
