// An import is killed at any moment: before its end the public sees nothing of it, and run again it brings what an
// undisturbed one brings.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Site, binary, root } from '../site.mjs';
import { sleep } from '../wire.mjs';

const KINDS = ['organisations', 'claims', 'datasets', 'observations'];
/** What the public sees, but for when it was written down. */
const exported = site => KINDS.map(what => site.run(['export', '--what', what, '--format', 'json']).replace(/"(?:writtenAt|recordedAt)":"[^"]*"/, '')).join('\n');

/** Starts a command, and kills it after some ms; whether it was still running. */
async function killed(site, args, after) {
  const child = spawn(binary, args, { env: site.environment(), stdio: 'ignore' });
  const over = once(child, 'exit');
  await Promise.race([sleep(after), over]);
  const wasRunning = child.exitCode === null;
  child.kill('SIGKILL');
  await over;
  return wasRunning;
}

async function trial({ home, chance }, name, args, times, faults) {
  const whole = new Site(path.join(home, `${name}-whole`));
  whole.run(['migrate']);
  const empty = exported(whole);
  const began = performance.now();
  whole.run(args);
  const took = performance.now() - began;
  const expected = exported(whole);
  if (expected === empty) throw new Error(`${name} brings nothing`);
  let interrupted = 0, done = 0;
  for (let time = 0; time < times; time += 1) {
    const folder = path.join(home, `${name}-${time}`);
    const site = new Site(folder);
    site.run(['migrate']);
    interrupted += (await killed(site, args, chance.next() * took)) ? 1 : 0;
    const left = exported(site);
    if (left === expected) done += 1;
    else if (left !== empty) faults.push(`${name}: after kill ${time + 1} a part of it is public`);
    site.run(args);
    if (exported(site) !== expected) faults.push(`${name}: run again after kill ${time + 1}, it differs from an undisturbed run`);
    if (time === 0 && !/Nothing has changed/.test(site.run(args))) faults.push(`${name}: run once more it changes something`);
    // Two hundred databases of ten thousand organisations would fill the disk.
    rmSync(folder, { recursive: true, force: true });
    if (times >= 100 && (time + 1) % 20 === 0) console.log(`     ${name}: ${time + 1} of ${times}`);
  }
  return `${name}: ${interrupted} of ${times} killed before their end (${done} of these had published), 0 partial`;
}

export const row = {
  async run(context) {
    const faults = [], { size } = context;
    const folder = path.join(context.home, 'chapter');
    mkdirSync(folder, { recursive: true });
    for (const one of ['companies', 'agencies']) copyFileSync(path.join(root, `tests/fixtures/chapters/us/${one}.csv`), path.join(folder, `us_${one}.csv`));
    const study = ['import', 'od500', '--chapter', 'us', '--from', folder];
    const said = [
      await trial(context, 'sample', ['sample', '--organisations', String(size(400, 10_000)), '--seed', '3'], size(8, 200), faults),
      await trial(context, 'study', study, size(6, 100), faults),
    ];
    return { figures: said.join('; ').replaceAll(', 0 partial', faults.length ? '' : ', 0 partial'), faults };
  },
};
