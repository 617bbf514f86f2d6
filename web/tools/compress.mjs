// Puts a .br and a .gz beside each file of dist that gains from it, so that the server, which embeds
// dist, never compresses what does not change.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const TEXT = /\.(?:js|mjs|css|json|svg|html|txt|map)$/;

for (const name of readdirSync(dist, { recursive: true })) {
  const path = join(dist, name);
  // The manifest and the queries are read by the build of the server, never sent.
  if (!TEXT.test(name) || name.startsWith('.vite') || name === 'persisted.json' || !statSync(path).isFile()) continue;
  const bytes = readFileSync(path);
  if (bytes.length < 1024) continue;
  // The query console is megabytes that few ask for: quality 11 would take a minute of the build.
  const quality = bytes.length > 300_000 ? 6 : 11;
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const gzip = gzipSync(bytes, { level: 9 });
  if (brotli.length < bytes.length) writeFileSync(`${path}.br`, brotli);
  if (gzip.length < bytes.length) writeFileSync(`${path}.gz`, gzip);
}
