// Writes into dist what it was built from, as one digest; the build of the server compares it with the sources that it
// finds (build.rs). The content counts, not the times of the files. `--print` only says the digest.
import { createHash } from 'node:crypto';
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

const hash = createHash('sha256');
const order = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
for (const path of SOURCES.flatMap((source) => [...files(source)]).sort(order)) {
  hash.update(`${path}\0`).update(readFileSync(join(root, path))).update('\0');
}
const stamp = hash.digest('hex');
if (process.argv.includes('--print')) process.stdout.write(`${stamp}\n`);
else writeFileSync(join(root, 'web/dist/.sources'), `${stamp}\n`);
