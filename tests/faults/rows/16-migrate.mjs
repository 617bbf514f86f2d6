// A migration is killed at any moment: afterwards the database has the old schema or the new one, and the next run
// brings it to what an undisturbed one brings.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { database } from '../postgres.mjs';
import { rows } from '../record.mjs';
import { Site, binary } from '../site.mjs';
import { Skip } from '../skip.mjs';
import { sleep } from '../wire.mjs';

const SCHEMA = {
  sqlite: "select type, name, sql from sqlite_master where name not like 'sqlite_%' order by 1, 2",
  postgres: "select table_name, column_name, data_type, is_nullable from information_schema.columns where table_schema = 'public' order by 1, 2",
};
const schema = site => JSON.stringify(rows(site, SCHEMA[site.isPostgres ? 'postgres' : 'sqlite']));
const reference = site => JSON.stringify(rows(site, 'select count(*), (select count(*) from code), (select count(*) from indicator_definition) from area'));

async function trial({ home, chance }, name, make, times, faults) {
  const whole = make('whole');
  const began = performance.now();
  whole.run(['migrate']);
  const took = performance.now() - began;
  const [expected, filled] = [schema(whole), reference(whole)];
  let killed = 0, untouched = 0;
  for (let time = 0; time < times; time += 1) {
    const site = make(String(time));
    const child = spawn(binary, ['migrate'], { env: site.environment(), stdio: 'ignore' });
    const over = once(child, 'exit');
    await Promise.race([sleep(chance.next() * took), over]);
    killed += child.exitCode === null ? 1 : 0;
    child.kill('SIGKILL');
    await over;
    const left = schema(site);
    if (left === '[]') untouched += 1;
    else if (left !== expected) faults.push(`${name}: kill ${time + 1} has left half a schema`);
    site.run(['migrate']);
    if (schema(site) !== expected || reference(site) !== filled) faults.push(`${name}: after kill ${time + 1} the next run brings something else`);
  }
  return `${name}: ${killed} of ${times} killed before their end, ${untouched} left nothing, 0 half`;
}

export const row = {
  isQuick: true,
  async run(context) {
    const faults = [], times = context.size(25, 200, 6);
    const said = [await trial(context, 'SQLite', key => new Site(path.join(context.home, `s${key}`)), times, faults)];
    try {
      said.push(await trial(context, 'PostgreSQL', key => new Site(path.join(context.home, `p${key}`), database(`migrate_${key}`)), context.size(10, 50, 3), faults));
    } catch (error) {
      if (!(error instanceof Skip)) throw error;
      said.push(`PostgreSQL skipped: ${error.message}`);
    }
    return { figures: said.join('; '), faults };
  },
};
