// The paragraphs under a picture: none is wider than the picture, and nothing of them is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOf } from '../src/screens/explore/download/lines.ts';

// Without a canvas each letter is seven pixels wide.
Object.assign(globalThis, { document: { createElement: () => ({ getContext: () => null }) } });

test('words fill lines, and one that is too wide is broken where the line ends', () => {
  const cases: [string, string[]][] = [
    ['', []],
    ['n = 105', ['n = 105']],
    ['uno dos tres cuatro', ['uno dos', 'tres', 'cuatro']],
    ['abcdefghij', ['abcdefghij']],
    ['https://od100.example/explore', ['https://od', '100.exampl', 'e/explore']],
    ['de https://od100.example y más', ['de', 'https://od', '100.exampl', 'e y más']],
  ];
  for (const [text, lines] of cases) assert.deepEqual(linesOf(text, 70, ''), lines, text);
  assert.deepEqual(linesOf('ab cd', 3, ''), ['a', 'b', 'c', 'd'], 'where nothing fits a letter stands alone');
});

test('an address of any length can be put together again', () => {
  const address = `https://od100.example/explore?publisher=${'secretaria-de-hacienda-y-credito-publico,'.repeat(9)}&at=22,-102,4.5&lang=es`;
  const lines = linesOf(address, 760, '');
  assert.ok(lines.length > 3 && lines.every((line) => line.length * 7 <= 760));
  assert.equal(lines.join(''), address);
});
