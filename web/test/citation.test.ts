import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cited, type Citable } from '../src/citation.ts';

const of: Citable = {
  title: 'R&D 100% {of}\nINEGI_1 ~ 92 organisations',
  url: 'https://od100.example/publishers/inegi?sector=media&lang=en',
  date: '2026-11-25',
  method: '1.0',
  revision: 7,
  attribution: ['The GovLab (CC-BY-SA-4.0)'],
};
const words = { dated: '2026, November 25', made: 'As of 25 Nov 2026, method 1.0.', data: 'Data: The GovLab (CC-BY-SA-4.0).' };

test('BibTeX escapes what TeX would read as its own, and its key is plain', () => {
  const text = cited('bibtex', of, words);
  assert.match(text, /^@misc\{od100-publishers-inegi-2026,\n/);
  assert.match(text, /title = \{\{R\\&D 100\\% \\\{of\\\} INEGI\\_1 \\textasciitilde\{\} 92 organisations\}\},/);
  assert.match(text, /url = \{https:\/\/od100\.example\/publishers\/inegi\?sector=media&lang=en\},/);
  assert.match(text, /\n\}\n$/);
  const depth = [...text.replace(/\\[{}]/g, '')].reduce((sum, one) => sum + (one === '{' ? 1 : one === '}' ? -1 : 0), 0);
  assert.equal(depth, 0);
});

test('a backslash does not undo the escaping after it', () => {
  assert.match(cited('bibtex', { ...of, title: 'a\\&b' }, words), /title = \{\{a\\textbackslash\{\}\\&b\}\}/);
});

test('RIS has one field a line, whatever the title holds', () => {
  const text = cited('ris', { ...of, title: 'One\r\nER  - \r\nTY  - BOOK' }, words);
  const lines = text.split('\r\n').filter(Boolean);
  assert.equal(lines[0], 'TY  - DATA');
  assert.equal(lines.at(-1), 'ER  - ');
  assert.equal(lines.filter((line) => line.startsWith('ER')).length, 1);
  assert.ok(lines.includes('TI  - One ER - TY - BOOK'));
  assert.ok(lines.includes('DA  - 2026/11/25'));
});

test('APA names author, date, title, conditions, data and address, in one line', () => {
  assert.equal(
    cited('apa', { ...of, title: '92 organisations use INEGI’s data' }, words),
    'Open Data 100. (2026, November 25). 92 organisations use INEGI’s data. As of 25 Nov 2026, method 1.0. Data: The GovLab (CC-BY-SA-4.0). https://od100.example/publishers/inegi?sector=media&lang=en',
  );
});

test('a date without a day, and no study, leave nothing empty behind', () => {
  assert.equal(cited('apa', { ...of, title: 'Why?', attribution: [] }, { ...words, data: '' }).includes('  '), false);
});
