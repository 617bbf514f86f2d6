// Which texts only the screens of one part name, or of two. Read from the sources, so that a text which another screen
// begins to use moves by itself.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTS, partOf } from '../src/parts.js';

const PLURAL = /_(?:zero|one|two|few|many|other)$/;

/** What a source names: whole keys, and beginnings of keys that are completed when drawn. */
function named(code) {
  const keys = new Set([...code.matchAll(/'([\w.]+)'/g)].map((match) => match[1]));
  const prefixes = [...code.matchAll(/`([\w.]+)\.\$\{/g), ...code.matchAll(/\btv\('([\w.]+)'/g)].map((match) => `${match[1]}.`);
  return (key) => keys.has(key.replace(PLURAL, '')) || prefixes.some((prefix) => key.startsWith(prefix));
}

/** Parts that name a text each have it; what more of them name is common, so that nobody fetches it again and again. */
const FEW = 2;

/** The texts of a language by part: `common`, and those of PARTS. Texts that only the server uses are left out. */
export function parted(texts, src) {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.includes('generated'));
  const sources = files.map((name) => ({
    part: partOf(/^screens[\\/](\w+)[\\/]/.exec(name)?.[1]) ?? 'common',
    names: named(readFileSync(join(src, name), 'utf8')),
  }));
  const parts = Object.fromEntries(['common', ...Object.keys(PARTS)].map((part) => [part, {}]));
  for (const [key, text] of Object.entries(texts)) {
    if (/^(?:api|page)\./.test(key)) continue;
    const users = new Set(sources.filter((source) => source.names(key)).map((source) => source.part));
    const isCommon = users.size === 0 || users.size > FEW || users.has('common');
    for (const part of isCommon ? ['common'] : users) parts[part][key] = text;
  }
  return parts;
}
