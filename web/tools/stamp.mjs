// Writes into dist what it was built from, as one number; the build of the server compares it with the sources that it
// finds (build.rs). The content counts, not the times of the files. `--print` only says the number.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** The same stand in build/sources.rs. */
const SOURCES = [
  'data/geo', 'locales', 'schema.graphql', 'web/graphiql.html', 'web/index.html', 'web/package-lock.json', 'web/package.json',
  'web/public', 'web/src', 'web/tools', 'web/vite.config.ts',
];

function* files(path) {
  if (statSync(join(root, path)).isFile()) { yield path; return; }
  for (const name of readdirSync(join(root, path))) yield* files(`${path}/${name}`);
}

/** FNV-1a of 64 bits in two halves: a BigInt for each of some million bytes would take a second of the build. */
let [high, low] = [0xcbf29ce4, 0x84222325];
function take(bytes) {
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    // times 0x100000001b3
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + (low << 8) + Math.floor(product / 0x100000000)) >>> 0;
    low = product >>> 0;
  }
}

const order = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
for (const path of SOURCES.flatMap((source) => [...files(source)]).sort(order)) {
  take(Buffer.from(path));
  take([0]);
  take(readFileSync(join(root, path)));
  take([0]);
}
const stamp = [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
if (process.argv.includes('--print')) process.stdout.write(`${stamp}\n`);
else writeFileSync(join(root, 'web/dist/.sources'), `${stamp}\n`);
