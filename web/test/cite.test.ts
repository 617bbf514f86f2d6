import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apa, bibtex, ris, type Reference } from '../src/screens/explore/download/cite.ts';

const of: Reference = { title: '92 % of {organisations} use R&D_data', sources: ['Open Data 100 Mexico'], asOf: '2026-11-25', method: '1.0', revision: 3, url: 'https://example.org/explore?area=MX-CMX&q=a%20b' };
const words = { date: '25 Nov 2026', kind: 'Data set', version: 'method 1.0, revision 3' };

test('APA names author, day, title, kind, source and address', () => {
  assert.equal(apa(of, words), 'Open Data 100. (25 Nov 2026). 92 % of {organisations} use R&D_data [Data set; method 1.0, revision 3]. Open Data 100 Mexico. https://example.org/explore?area=MX-CMX&q=a%20b');
});

test('BibTeX runs nothing of the title and keeps its braces balanced', () => {
  const text = bibtex(of, words);
  assert.match(text, /^@misc\{od100-2026-11-25-r3,\n/);
  assert.match(text, /title = \{\{92 \\% of \\\{organisations\\\} use R\\&D\\_data\}\},/);
  assert.match(text, /howpublished = \{\\url\{https:\/\/example\.org\/explore\?area=MX-CMX&q=a%20b\}\},/);
  const depth = [...text.replace(/\\[{}]/g, '')].reduce((sum, sign) => sum + (sign === '{' ? 1 : sign === '}' ? -1 : 0), 0);
  assert.equal(depth, 0);
});

test('RIS is one tag a line, ended', () => {
  const lines = ris(of, words).split('\r\n');
  assert.equal(lines[0], 'TY  - DATA');
  assert.ok(lines.includes('DA  - 2026/11/25'));
  assert.equal(lines.at(-2), 'ER  - ');
});
