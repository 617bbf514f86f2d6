// The disk is full, and the disk fails: no write is confirmed that is not kept, reading goes on, and the server takes
// up again by itself.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { Load } from '../load.mjs';
import { read, rows } from '../record.mjs';
import { Site } from '../site.mjs';
import { Skip, need } from '../skip.mjs';
import { keep, request, sleep } from '../wire.mjs';

/** A file system of a few MB in memory; whoever asks unmounts it. */
function small(folder) {
  mkdirSync(folder, { recursive: true });
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=10m', 'tmpfs', folder], { encoding: 'utf8' });
  if (done.status !== 0) throw new Skip(`nothing may be mounted here (${(done.stderr ?? 'no mount').trim()}); tests/it/faults_store.rs fills a database by its own limit instead`);
}

/** Fills what is left of a file system. */
function fill(file) {
  const out = openSync(file, 'a');
  try {
    for (let size = 1 << 16; size >= 512; size /= 2) {
      const block = Buffer.alloc(size, 1);
      for (;;) try { writeSync(out, block); } catch (error) { if (error.code === 'ENOSPC') break; throw error; }
    }
  } finally { closeSync(out); }
}

async function writes(load, site, count) {
  const agent = keep(), codes = {};
  for (let n = 0; n < count; n += 1) {
    const { status } = await load.once(load.chance.pick(site.links), agent);
    codes[status] = (codes[status] ?? 0) + 1;
  }
  agent.destroy();
  return codes;
}

async function full({ home, chance, size }, faults) {
  const folder = path.join(home, 'full');
  small(folder);
  try {
    const site = new Site(folder).prepare(12);
    await site.start();
    const load = new Load(site, chance, { desk: false });
    await writes(load, site, 12);
    // A log that was emptied keeps the room that it had, and would take many writes without any more.
    const [busy] = rows(site, 'pragma wal_checkpoint(truncate)')[0];
    if (busy !== '0') faults.push('the log could not be cut');
    const ballast = path.join(folder, 'ballast');
    fill(ballast);
    const while_ = await writes(load, site, size(50, 300, 20));
    const strange = Object.keys(while_).filter(code => !['303', '503'].includes(code));
    if (strange.length) faults.push(`while full it answered ${JSON.stringify(while_)}`);
    if (!while_[503]) faults.push('the disk was never full');
    for (const page of ['/', '/sitemap.xml', `/answer/${site.links[0]}`]) {
      const { status } = await request(site.port, 'GET', page);
      if (status !== 200) faults.push(`while full ${page} is answered ${status}`);
    }
    rmSync(ballast);
    const began = performance.now();
    const agent = keep();
    while ((await load.once(site.links[0], agent)).status !== 303 && performance.now() - began < 10_000) await sleep(10);
    agent.destroy();
    const back = performance.now() - began;
    if (back > 1_000) faults.push(`the first write after there was room took ${back.toFixed(0)} ms`);
    const after = await writes(load, site, size(50, 300, 20));
    if (Object.keys(after).join() !== '303') faults.push(`afterwards it answered ${JSON.stringify(after)}`);
    await site.stop('SIGKILL');
    await site.start();
    const record = read(site);
    const { lost } = load.judge(record);
    if (lost) faults.push(`${lost} acknowledged writes are lost`);
    faults.push(...record.faults, ...site.complaints());
    await site.stop();
    return `full: ${JSON.stringify(while_)}, the first write ${back.toFixed(0)} ms after there was room, ${load.acked} acknowledged, ${lost} lost`;
  } finally {
    for (let tries = 0; tries < 20 && spawnSync('umount', [folder]).status !== 0; tries += 1) await sleep(100);
  }
}

/** Flushes, or writes, of which every n-th fails. */
async function failing({ home, chance, size }, calls, faults) {
  const site = new Site(path.join(home, calls)).prepare(12);
  const trace = path.join(home, `${calls}.trace`);
  const wrapper = ['strace', '-f', '-o', trace, '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO:when=40+7`];
  await site.start({ wrapper });
  const load = new Load(site, chance, { desk: false });
  const codes = await writes(load, site, size(120, 600, 60));
  const strange = Object.keys(codes).filter(code => !['303', '503'].includes(code));
  if (strange.length) faults.push(`${calls}: it answered ${JSON.stringify(codes)}`);
  if (!codes[503]) faults.push(`${calls}: none failed`);
  await site.stop('SIGKILL');
  await site.start();
  const record = read(site);
  const { lost } = load.judge(record);
  if (lost) faults.push(`${calls}: ${lost} acknowledged writes are lost`);
  faults.push(...record.faults, ...site.complaints());
  await site.stop();
  return `every 7th ${calls} fails: ${JSON.stringify(codes)}, ${lost} lost`;
}

export const row = {
  async run(context) {
    const faults = [], said = [];
    mkdirSync(context.home, { recursive: true });
    try { said.push(await full(context, faults)); } catch (error) { if (!(error instanceof Skip)) throw error; said.push(`SKIPPED full: ${error.message}`); }
    need('strace');
    if (!/exited with 0/.test(spawnSync('strace', ['-f', 'true'], { encoding: 'utf8' }).stderr ?? '')) throw new Skip(`${said.join('; ')}; strace may not trace here`);
    for (const calls of ['fsync', 'pwrite64']) said.push(await failing(context, calls, faults));
    return { figures: said.join('; '), faults };
  },
};
