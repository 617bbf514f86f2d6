// What each screen weighs, gzipped, and whether that is within what was promised: home and profiles
// 60 kB, everything of ours 250 kB. MapLibre, the basemap, fonts and the query console stand apart.
import { readFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { PARTS, partOf } from '../src/parts.js';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const SCREEN = 60_000;
const ALL = 250_000;
const APART = /maplibre|\/map\/map\.tsx|graphiql|virtual:outline|^_?outline\//;

const sizes = new Map();
const weigh = (file) => {
  if (!sizes.has(file)) sizes.set(file, existsSync(join(dist, file)) ? gzipSync(readFileSync(join(dist, file)), { level: 9 }).length : 0);
  return sizes.get(file);
};

/** The files that a chunk needs at once: itself, its styles, and what it imports. */
function needs(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const css of chunk.css ?? []) found.add(css);
  for (const next of chunk.imports ?? []) needs(next, found);
  return found;
}
const sum = (files) => [...files].reduce((total, file) => total + weigh(file), 0);

/** The parts of a screen that have files of their own: those that it draws, not what a reader asks for. */
const parts = (key) => (manifest[key].dynamicImports ?? []).filter((one) => one.startsWith('src/screens/'));

const entry = needs('src/main.tsx');
const screens = Object.keys(manifest).filter((key) => /^src\/screens\/[a-z]+\/[a-z]+\.tsx$/.test(key) && manifest[key].isDynamicEntry);
// The language that is longer; of it what all screens share, and what the screen has alone.
const texts = (lang, part) => (part ? needs(`virtual:texts/${lang}/${part}`) : new Set());
const everything = new Set([...entry, ...['es', 'en'].flatMap((lang) => ['common', ...Object.keys(PARTS)].flatMap((part) => [...texts(lang, part)]))]);
let failed = false;
for (const key of screens) {
  // With what the screen fetches by itself as soon as it is drawn, and the texts of that.
  const drawn = [key, ...(key.includes('/explore/') ? [] : parts(key))];
  const files = new Set([...entry, ...texts('es', 'common'), ...drawn.flatMap((one) => [...texts('es', partOf(one.split('/')[2])), ...needs(one)])]);
  for (const file of files) everything.add(file);
  const size = sum(files);
  const limit = key.includes('/explore/') ? ALL : SCREEN;
  const over = size > limit;
  failed ||= over;
  console.log(`${key.split('/')[2].padEnd(14)} ${(size / 1000).toFixed(1).padStart(7)} kB${over ? `  over ${limit / 1000} kB` : ''}`);
}
for (const key of Object.keys(manifest)) {
  if (!APART.test(key)) continue;
  console.log(`${key.slice(-40).padEnd(40)} ${(sum(needs(key)) / 1000).toFixed(1)} kB with what it imports`);
}
// Parts of a screen that come when they are asked for are ours too.
for (const key of Object.keys(manifest)) {
  if (/^src\/screens\/.*\.tsx$/.test(key) && manifest[key].isDynamicEntry && !APART.test(key)) for (const file of needs(key)) everything.add(file);
}
const total = sum(everything);
console.log(`application    ${(total / 1000).toFixed(1).padStart(7)} kB of ${ALL / 1000}`);
if (failed || total > ALL) process.exitCode = 1;
