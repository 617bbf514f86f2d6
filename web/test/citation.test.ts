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
  assert.match(text, /^@misc\{od100-publishers-inegi-2026-[0-9a-z]{1,7},\n/);
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

const EXPLORE = 'https://od100.example/explore?view=flow&sector=media&asOf=2026-11-25&knownAt=2026-11-25T10:00:00Z&lang=en';
const SAME: [what: string, change: Partial<Citable>][] = [
  ['another language', { url: EXPLORE.replace('lang=en', 'lang=es') }],
  ['another headline', { title: '92 organizaciones' }],
  ['another moment of one revision', { url: EXPLORE.replace('T10:', 'T11:') }],
];
const OTHER: [what: string, change: Partial<Citable>][] = [
  ['another view', { url: EXPLORE.replace('flow', 'table') }],
  ['another filter', { url: EXPLORE.replace('media', 'energy') }],
  ['one filter more', { url: EXPLORE.replace('&asOf', '&q=agua&asOf') }],
  ['another revision', { revision: 8 }],
  ['another moment, where no revision is known', { revision: undefined }],
  ['another day', { date: '2026-11-26' }],
];

test('the key of BibTeX follows from what is cited', () => {
  const keyOf = (change: Partial<Citable> = {}): string => /^@misc\{([^,]+),/.exec(cited('bibtex', { ...of, url: EXPLORE, ...change }, words))?.[1] ?? '';
  // Also on the next day and in the next browser: what is written in a paper goes on to be found.
  assert.equal(keyOf(), 'od100-explore-flow-2026-iooysv');
  for (const [what, change] of SAME) assert.equal(keyOf(change), keyOf(), what);
  const all = OTHER.map(([, change]) => keyOf(change));
  OTHER.forEach(([what], index) => assert.notEqual(all[index], keyOf(), what));
  assert.equal(new Set(all).size, OTHER.length);
  assert.match(keyOf({ url: `https://od100.example/datasets/${'á}{,'.repeat(40)}` }), /^[A-Za-z0-9-]{1,75}$/);
});
