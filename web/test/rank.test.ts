import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ranked } from '../src/rank.ts';

test('rows with as many stand by name; what names nothing stays behind', () => {
  const row = (label: string, count: number, value = label, missing: string | null = null): { value: string; label: string; count: number; missing: string | null } => ({ value, label, count, missing });
  const rows = [row('Zinc', 2), row('Legal', 1), row('Ámbar', 1), row('Bronce', 1), row('elsewhere', 9, 'unlisted'), row('not asked', 3, 'unknown:not_asked', 'NOT_ASKED'), row('no answer', 3, 'unknown:no_answer', 'NO_ANSWER')];
  assert.deepEqual(ranked(rows, 'es').map((one) => one.label), ['Zinc', 'Ámbar', 'Bronce', 'Legal', 'elsewhere', 'not asked', 'no answer']);
});
