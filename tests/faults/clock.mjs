// A clock of the machine's own that a file moves: libfaketime, put under the server when it starts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Skip } from './skip.mjs';

const LIBRARIES = ['x86_64', 'aarch64'].map(machine => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`);
// The program brings an allocator of its own, and libfaketime frees what the loader has made before that is ready: this
// is loaded after it, so begins before it, and makes the allocator ready.
const FIRST = '#include <stdlib.h>\n__attribute__((constructor)) static void first(void) { free(malloc(1)); }\n';

/** What moves the clock by some seconds, and the environment of a server that goes by it; `instead` says what else tests it. */
export function movedClock(folder, instead) {
  const library = LIBRARIES.find(existsSync);
  if (!library) throw new Skip(`libfaketime is not there: install the package 'libfaketime'; ${instead}`);
  mkdirSync(folder, { recursive: true });
  const [file, first] = ['time', 'first.so'].map(name => path.join(folder, name));
  const made = spawnSync('cc', ['-shared', '-fPIC', '-x', 'c', '-', '-o', first], { input: FIRST, encoding: 'utf8' });
  if (made.status !== 0) throw new Skip(`no C compiler makes what libfaketime needs (${made.error?.message ?? made.stderr}); ${instead}`);
  const at = seconds => writeFileSync(file, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}\n`);
  at(0);
  return { at, extra: { LD_PRELOAD: `${library} ${first}`, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' } };
}
