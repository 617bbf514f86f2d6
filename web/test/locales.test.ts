// The two languages say the same things: no key missing, none unused, placeholders and plurals alike.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FAMILIES } from '../src/families.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const texts = (lang: string): Record<string, string> => JSON.parse(read(`locales/${lang}.json`)) as Record<string, string>;
const en = texts('en');
const es = texts('es');
const sources = readdirSync(join(root, 'web/src'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.includes('generated'));
const code = sources.map((name) => read(`web/src/${name}`)).join('\n');
/** All but the keys of the server's own pages and labels; its tests answer for those. */
const own = Object.keys(en).filter((key) => !/^(?:page|api)\./.test(key));
const PLURAL = /_(?:zero|one|two|few|many|other)$/;

test('both languages have the same keys, in order', () => {
  // Spanish has a third plural, for whole millions; where it is absent the general one holds.
  const keys = (of: Record<string, string>): string[] => Object.keys(of).filter((key) => !key.endsWith('_many'));
  assert.deepEqual(keys(es), keys(en));
  assert.deepEqual(own, [...own].sort());
});

test('no text is empty, and placeholders are the same', () => {
  const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
  for (const key of Object.keys(en)) {
    assert.ok(en[key]?.trim() && es[key]?.trim(), `${key} is empty`);
    // "One" may be said without its figure.
    const strip = (list: string[]): string[] => [...new Set(list)].filter((hole) => !(key.endsWith('_one') && hole === 'n'));
    assert.deepEqual(strip(holes(es[key] ?? '')), strip(holes(en[key] ?? '')), key);
  }
});

test('a counted text has all of its forms', () => {
  for (const key of own.filter((one) => PLURAL.test(one))) {
    const base = key.replace(PLURAL, '');
    assert.ok(`${base}_one` in en && `${base}_other` in en, base);
  }
});

test('every key that is named in the code exists', () => {
  for (const match of code.matchAll(/\bt\('([^']+)'/g)) assert.ok((match[1] ?? '') in en, `t('${match[1]}')`);
  for (const match of code.matchAll(/\btn\('([^']+)'/g)) assert.ok(`${match[1]}_other` in en, `tn('${match[1]}')`);
});

test('every key is used', () => {
  const named = new Set([...code.matchAll(/'([\w.]+)'/g)].map((match) => match[1] ?? ''));
  const prefixes = new Set([...code.matchAll(/\bt\(`([\w.]+)\.\$\{/g), ...code.matchAll(/\btv\('([\w.]+)'/g)].map((match) => `${match[1]}.`));
  prefixes.add('family.');
  const unused = own.filter((key) => !named.has(key.replace(PLURAL, '')) && ![...prefixes].some((prefix) => key.startsWith(prefix)));
  assert.deepEqual(unused, []);
});

test('no line begins with a separator: it stays with what is before it', () => {
  const loose = sources.filter((name) => /[^ ] · /.test(read(`web/src/${name}`)));
  assert.deepEqual(loose, []);
});

test('every family has a name', () => {
  for (const family of FAMILIES) assert.ok(`family.${family}` in en, family);
});

test('Spanish addresses the reader with usted', () => {
  const familiar = Object.entries(es).filter(([, text]) => /\b(?:tu|tus|tú|puedes|tienes|haz|busca)\b/i.test(text));
  assert.deepEqual(familiar, []);
});
