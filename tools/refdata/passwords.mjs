// Makes the digests of common passwords: node passwords.mjs DATA_DIR (run beside node_modules)
//
// Only those that are long enough to be chosen at all. Digests, not words: what people choose is not for a repository
// to repeat. The first 16 hexadecimal digits of SHA-256 over the lower-case text, sorted.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

const SHORTEST = 12;
const here = createRequire(pathToFileURL(join(process.cwd(), 'package.json')));
const { dictionary } = await import(pathToFileURL(here.resolve('@zxcvbn-ts/language-common')).href);
const raw = dictionary['passwords-common'];
const all = Array.isArray(raw) ? raw : Object.keys(raw);
const long = all.map((word) => word.toLowerCase()).filter((word) => [...word].length >= SHORTEST);
const digests = [...new Set(long.map((word) => createHash('sha256').update(word).digest('hex').slice(0, 16)))].sort();
writeFileSync(join(process.argv[2], 'common_passwords.txt'), digests.join('\n') + '\n');
console.log(`${digests.length} of ${all.length}`);
