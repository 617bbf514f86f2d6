// What a row says when this machine cannot do it.
import { spawnSync } from 'node:child_process';

export class Skip extends Error {}

/** Skips a row when a program is missing. */
export function need(program, hint = `install the package '${program}'`) {
  if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) throw new Skip(`${program} is not there: ${hint}`);
}
