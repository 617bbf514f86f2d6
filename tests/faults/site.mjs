// A server of its own: the real binary over a database that the row owns, with a wave that is open, links to answer
// it, and an administrator.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { request, sleep } from './wire.mjs';

export const root = path.resolve(import.meta.dirname, '../..');
export const binary = path.resolve(root, process.env.OD100_BINARY ?? 'target/debug/od100');
export const PASSWORD = 'cuatro palabras que riman';
const servers = new Set();

/** Ends what is still running when the tests end, however they end. */
export function endAll() {
  for (const child of servers) try { process.kill(-child.pid, 'SIGKILL'); } catch { /* gone */ }
}

export async function freePort() {
  const socket = createServer().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

export class Site {
  /** Over `url`, or an SQLite file in `folder`. */
  constructor(folder, url) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.file = path.join(folder, 'od100.db');
    this.url = url ?? `sqlite://${this.file}`;
    this.isPostgres = this.url.startsWith('postgres');
    this.log = path.join(folder, 'server.log');
    this.links = [];
  }

  environment(extra = {}) {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('OD100_') && name !== 'DATABASE_URL');
    return { ...Object.fromEntries(own), DATABASE_URL: this.url, OD100_RATE_LIMIT: 'off', OD100_SECOND_FACTOR: 'optional', OD100_CONNECTIONS_PER_ADDRESS: '2000', ...extra };
  }

  /** Runs a command to its end; its output. */
  run(args, { input, extra } = {}) {
    const done = spawnSync(binary, args, { env: this.environment(extra), encoding: 'utf8', input, maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`od100 ${args.join(' ')} ended with ${done.status}: ${done.stdout}${done.stderr}`);
    return done.stdout;
  }

  /** Fills the database: a small sample, an open wave, `links` invitations and an administrator. */
  prepare(links, organisations = 20) {
    this.run(['sample', '--organisations', String(organisations), '--seed', '1']);
    const begun = this.run(['survey', 'start', '--es', 'Prueba', '--en', 'Trial', '--country', 'MX', '--attribution', 'A trial', '--page', 'https://example.org/trial']);
    this.wave = /\/join\/([\w-]+)/.exec(begun)[1];
    const list = path.join(this.folder, 'list.csv');
    writeFileSync(list, 'name,contact,email\n' + Array.from({ length: links }, (_, i) => `Firm ${i},Person ${i},person${i}@example.org\n`).join(''));
    const invited = this.run(['survey', 'invite', '--wave', this.wave, '--list', list]);
    this.links = [...invited.matchAll(/\/answer\/(\S+)/g)].map(([, token]) => token);
    if (this.links.length !== links) throw new Error(`${links} were to be invited, not ${this.links.length}`);
    this.run(['user', 'create', 'root@example.org', '--name', 'Root', '--admin', '--password'], { input: `${PASSWORD}\n` });
    return this;
  }

  /** Starts the server, under `wrapper` if one is given, and waits until it answers; how many ms that took. */
  async start({ wrapper = [], program = binary, extra = {}, patience = 30_000 } = {}) {
    this.port ??= await freePort();
    this.base = `http://127.0.0.1:${this.port}`;
    const began = performance.now();
    const out = openSync(this.log, 'a');
    const [command, ...args] = [...wrapper, program, 'serve'];
    const env = this.environment({ OD100_LISTEN: `127.0.0.1:${this.port}`, OD100_PUBLIC_URL: this.base, ...extra });
    // A process group of its own, so that a tracer and what it traces end together.
    this.child = spawn(command, args, { env, stdio: ['ignore', out, out], detached: true });
    closeSync(out);
    servers.add(this.child);
    this.ended = once(this.child, 'exit').then(([code, signal]) => { servers.delete(this.child); return code ?? signal; });
    while (performance.now() - began < patience) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) break;
      if ((await request(this.port, 'GET', '/readyz', { timeout: 1_000 })).status === 200) return performance.now() - began;
      await sleep(5);
    }
    throw new Error(`the server did not start:\n${readFileSync(this.log, 'utf8').slice(-1_500)}`);
  }

  /** Sends a signal and waits for the end; what the server ended with. */
  async stop(signal = 'SIGTERM') {
    try { process.kill(-this.child.pid, signal); } catch { /* gone */ }
    return this.ended;
  }

  /** The panics and unexpected failures that its log names. */
  complaints() {
    return readFileSync(this.log, 'utf8').split('\n').filter(line => /panicked|internal error: entered/.test(line));
  }
}
