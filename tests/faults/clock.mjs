// A clock of the machine's own that a file moves: libfaketime, put under the server when it starts. The allocator that the
// program brings cannot be under it, so the server is the program with the system's.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './site.mjs';
import { Skip } from './skip.mjs';

const LIBRARIES = ['x86_64', 'aarch64'].map(machine => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`);
const PROGRAM = path.join(root, 'target/debug/examples/system_allocator');

/** What moves the clock by some seconds, and how a server is started that goes by it; `instead` says what else tests it. */
export function movedClock(folder, instead) {
  const library = LIBRARIES.find(existsSync);
  if (!library) throw new Skip(`libfaketime is not there: install the package 'libfaketime'; ${instead}`);
  if (!existsSync(PROGRAM)) throw new Skip(`${path.relative(root, PROGRAM)} is not there: cargo build --locked --features system-allocator --example system_allocator; ${instead}`);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'time');
  const at = seconds => writeFileSync(file, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}\n`);
  at(0);
  return { at, program: PROGRAM, extra: { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' } };
}
