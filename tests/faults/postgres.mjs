// PostgreSQL for the rows that need it: the private cluster of .ci/postgres.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './site.mjs';
import { Skip } from './skip.mjs';

const script = path.join(root, '.ci/postgres');
// A cluster beside that of the Rust tests, found again by its folder.
const folder = path.join(tmpdir(), `od100-faults-postgres-${process.pid}`);
const env = { ...process.env, TMPDIR: folder };
let url;

/** A new database of the cluster, which is started when there is none. */
export function database(name) {
  if (!url) {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    try {
      url = execFileSync(script, ['start'], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
    } catch (error) {
      throw new Skip(`PostgreSQL cannot be started here: ${String(error.stderr).trim().split('\n').pop()}`);
    }
  }
  execFileSync('psql', [url, '-qXc', `create database ${name}`]);
  const one = new URL(url);
  one.pathname = `/${name}`;
  return one.toString();
}

export function stopPostgres() {
  if (url) spawnSync(script, ['stop'], { env });
  spawnSync('rm', ['-rf', folder]);
}

/** Runs SQL past the server. */
export const query = (one, sql) => execFileSync('psql', [one, '-qAtXc', sql], { encoding: 'utf8' });

function cluster() {
  const state = readdirSync(folder).find(name => /^od100-postgres-\d+-\d+$/.test(name));
  const [directory] = readFileSync(path.join(folder, state), 'utf8').split('\n');
  return path.join(directory, 'data');
}

/** Kills the cluster, all its processes at once. */
export function crash() {
  const main = Number(readFileSync(path.join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0]);
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(main)], { encoding: 'utf8' }).trim().split(/\s+/).map(Number);
  for (const pid of [main, ...children]) try { process.kill(pid, 'SIGKILL'); } catch { /* gone already */ }
}

/** Starts the cluster again as it was; it repairs itself first. */
export function restart() {
  const data = cluster();
  const bin = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)).map(version => `/usr/lib/postgresql/${version}/bin`)[0];
  const options = `-c listen_addresses=127.0.0.1 -c port=${new URL(url).port} -c unix_socket_directories=${path.dirname(data)} -c max_connections=300`;
  const command = [`${bin}/pg_ctl`, '-D', data, '-l', path.join(path.dirname(data), 'server.log'), '-w', '-s', '-o', options, 'start'];
  const as = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  let last = '';
  for (let tries = 0; tries < 40; tries += 1) {
    // What the killed one shared is freed a moment later.
    const [program, ...args] = [...as, ...command];
    const done = spawnSync(program, args, { cwd: '/', encoding: 'utf8' });
    if (done.status === 0) return;
    last = done.stderr;
    spawnSync('sleep', ['0.2']);
  }
  throw new Error(`PostgreSQL does not come back: ${last}`);
}
