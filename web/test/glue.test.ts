import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glued } from '../src/widgets/glue.ts';

/** What stays on one line. */
const whole = (text: string): string[] => glued(text).filter((_, at) => at % 2 === 1);

test('a figure stays with what it counts, and years with each other', () => {
  assert.deepEqual(whole('1,234 organisations use data of 12 publishers, 2014–2016'), ['1,234 organisations', '12 publishers', '2014–2016']);
  assert.deepEqual(whole('529 de 1,000,000 instituciones, 45 % de ellas'), ['529 de', '1,000,000 instituciones', '45 %']);
});

test('a comma between two figures, and a word that is long, are left to the line', () => {
  assert.deepEqual(whole('In 2014, 12 more; after 2015,'), ['12 more']);
  assert.deepEqual(whole('3 Electroencefalografistas y 4 otras'), ['4 otras']);
  assert.deepEqual(whole('In 2014 and 2015'), ['2014 and']);
});

test('nothing is lost', () => {
  for (const text of ['', '7', 'A body of 1,5 and 2014,12 parts', '20 años']) assert.equal(glued(text).join(''), text);
});
