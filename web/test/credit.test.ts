import assert from 'node:assert/strict';
import { test } from 'node:test';
import { creditLines, type Credited } from '../src/credit.ts';

const study = (title: string, text: string, holder: string, licence = 'BY-SA'): Credited => ({ title, attribution: { text, holder, licence, url: '' } });

test('a holder is named once for each licence, with its studies', () => {
  const mx = study('Open Data 100', 'Open Data 100 en español, The 500, The Lab', 'The 500, The Lab');
  const us = study('Open Data 500', 'The 500, The Lab.', 'The 500, The Lab');
  assert.deepEqual(creditLines([mx]), ['Open Data 100 en español, The 500, The Lab, BY-SA'], 'one is named as it wants');
  assert.deepEqual(creditLines([mx, us]), ['The 500, The Lab (Open Data 100, Open Data 500), BY-SA']);
  const apart = study('Open Data Australia', 'The 500, The Lab', 'The 500, The Lab', 'BY');
  assert.deepEqual(creditLines([mx, us, apart, study('Korea', 'Another', 'Another')]), ['The 500, The Lab (Open Data 100, Open Data 500), BY-SA', 'The 500, The Lab, BY', 'Another, BY-SA']);
  assert.deepEqual(creditLines([]), []);
});
