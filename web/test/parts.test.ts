// Texts come in parts: each in those that need it, and a screen's own never without it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { partOf } from '../src/parts.js';
import { parted } from '../tools/texts.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const texts = JSON.parse(readFileSync(here('../../locales/en.json'), 'utf8')) as Record<string, string>;

test('every text of the frontend is in a part: in the common one, or in the one or two that name it', () => {
  const parts = parted(texts, here('../src')) as Record<string, Record<string, string>>;
  const keys = Object.values(parts).flatMap((part) => Object.keys(part));
  assert.deepEqual([...new Set(keys)].sort(), Object.keys(texts).filter((key) => !/^(?:page|api)\./.test(key)).sort());
  const { common = {}, ...own } = parts;
  for (const key of Object.keys(common)) assert.ok(!Object.values(own).some((part) => key in part), key);
  assert.ok(keys.every((key) => Object.values(own).filter((part) => key in part).length <= 2));
  assert.ok('list.sorted' in (parts['common'] ?? {}), 'what several kinds of page say is common');
  assert.ok('publisher.noUser' in (parts['publisher'] ?? {}));
  assert.ok(Object.keys(parts['explore'] ?? {}).some((key) => key.startsWith('flow.')));
});

test('lists need nothing beside the common part; what only one kind of page says comes with it', () => {
  for (const screen of ['publishers', 'datasets', 'missing']) assert.equal(partOf(screen), undefined, screen);
  for (const screen of ['home', 'organisation']) assert.equal(partOf(screen), screen);
  for (const screen of ['area', 'sector', 'sdg']) assert.equal(partOf(screen), 'places');
  assert.equal(partOf('explore'), 'explore');
  assert.equal(partOf('scheme'), 'about');
  assert.equal(partOf('dataset'), 'dataset');
  assert.equal(partOf('publisher'), 'publisher');
});
