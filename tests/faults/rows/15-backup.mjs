// Backups are made under load, and restored: each is whole and holds everything that had been acknowledged before it
// was begun. A server over it shows it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Load } from '../load.mjs';
import { database } from '../postgres.mjs';
import { read } from '../record.mjs';
import { Site, binary } from '../site.mjs';
import { Skip } from '../skip.mjs';
import { quantile, request, sleep } from '../wire.mjs';

/** What had been acknowledged until now. */
const snapshot = load => ({ saved: new Map(load.saved), accounts: new Set(load.accounts) });
const missing = (load, then, record) => Load.prototype.judge.call({ ...then, tried: load.tried }, record);

async function restored(load, site, folder, url, then, faults) {
  const again = new Site(folder, url);
  await again.start();
  const { lost } = missing(load, then, read(again));
  if (lost) faults.push(`${lost} acknowledged writes are missing where the backup was restored`);
  const [register, number] = [...then.saved].find(([name]) => name.endsWith(' name')) ?? [];
  if (register) {
    const link = site.links[Number(/L(\d+)/.exec(register)[1])];
    const page = await request(again.port, 'GET', `/answer/${link}/step/name`);
    const shown = Number(/L\d+ N(\d+)/.exec(page.text)?.[1] ?? 0);
    if (shown < number) faults.push(`a restored server shows ${shown} where ${number} was acknowledged`);
  }
  await again.stop();
}

async function sqlite({ home, chance, size }, faults) {
  const site = new Site(path.join(home, 'sqlite')).prepare(24, 200);
  await site.start();
  const load = new Load(site, chance, { writers: 4 });
  load.begin();
  const took = [], times = size(5, 30, 2);
  for (let time = 0; time < times; time += 1) {
    await sleep(200);
    const then = snapshot(load), file = path.join(home, `copy-${time}.db`), began = performance.now();
    const child = spawn(binary, ['backup', file], { env: site.environment(), stdio: ['ignore', 'ignore', 'inherit'] });
    const [code] = await once(child, 'exit');
    took.push(performance.now() - began);
    if (code !== 0) { faults.push(`a backup ended with ${code}`); continue; }
    const copy = new Site(path.join(home, `restored-${time}`));
    copyFileSync(file, copy.file);
    const record = read(copy);
    const { lost } = missing(load, then, record);
    if (lost) faults.push(`${lost} acknowledged writes are missing in backup ${time + 1}`);
    faults.push(...record.faults);
    if (time === times - 1) {
      const folder = path.join(home, 'drill');
      mkdirSync(folder, { recursive: true });
      copyFileSync(file, path.join(folder, 'od100.db'));
      const began = performance.now();
      await restored(load, site, folder, undefined, then, faults);
      took.drill = performance.now() - began;
    }
  }
  await load.end();
  const refused = Object.keys(load.codes).filter(code => !['303', '200'].includes(code));
  if (refused.length) faults.push(`writers were answered ${JSON.stringify(load.codes)} meanwhile`);
  await site.stop();
  return `SQLite: ${times} backups under ${load.acked} writes, p50 ${quantile(took, 0.5).toFixed(0)} ms; restored and serving within ${(took.drill / 1_000).toFixed(1)} s`;
}

async function postgres({ home, chance }, faults) {
  const url = database('saved');
  const site = new Site(path.join(home, 'postgres'), url).prepare(24);
  const refused = spawnSync(binary, ['backup', path.join(home, 'none.db')], { env: site.environment(), encoding: 'utf8' });
  if (refused.status !== 1 || !refused.stderr.includes('pg_dump')) faults.push(`on PostgreSQL od100 backup says: ${refused.stderr}`);
  await site.start();
  const load = new Load(site, chance, { writers: 4 });
  load.begin();
  await sleep(500);
  const then = snapshot(load), file = path.join(home, 'copy.dump');
  const dumped = spawnSync('pg_dump', ['--format=custom', `--file=${file}`, url], { encoding: 'utf8' });
  await load.end();
  await site.stop();
  if (dumped.status !== 0) throw new Error(dumped.stderr);
  const other = database('restored');
  const put = spawnSync('pg_restore', ['--no-owner', '-d', other, file], { encoding: 'utf8' });
  if (put.status !== 0) throw new Error(put.stderr);
  await restored(load, site, path.join(home, 'again'), other, then, faults);
  return `PostgreSQL: pg_dump under load, restored, nothing missing`;
}

export const row = {
  isQuick: true,
  async run(context) {
    const faults = [];
    const said = [await sqlite(context, faults)];
    try { said.push(await postgres(context, faults)); } catch (error) { if (!(error instanceof Skip)) throw error; said.push(`PostgreSQL skipped: ${error.message}`); }
    return { figures: said.join('; '), faults };
  },
};
