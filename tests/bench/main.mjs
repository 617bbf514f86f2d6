// make bench: loads the sample at several sizes on both databases, drives six queries over HTTP with wrk, and prints
// throughput, latency, CPU per request (server and database), SQL statements per request, memory and atlas build time,
// beside a static answer of the same bytes through the same router.
// Settings: SIZES=10000,200000  DATABASES=sqlite,postgres  SECONDS_EACH=5
import { spawn, spawnSync, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, readFileSync, readdirSync, openSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { QUERIES } from './queries.mjs';
import { needWrk, wrk } from './wrk.mjs';
import { attacks } from './attacks.mjs';
import { cpuSeconds, memoryMb, postgresPids } from './proc.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const binary = path.join(root, 'target/release/od100');
const sizes = (process.env.SIZES ?? '10000,200000').split(',').map(Number);
const databases = (process.env.DATABASES ?? 'sqlite,postgres').split(',');
const seconds = Number(process.env.SECONDS_EACH ?? 5);
/** How often a static answer and the cached one are measured in turn. */
const TURNS = 9;

needWrk();
const home = mkdtempSync(path.join(tmpdir(), 'od100-bench-'));
let postgres = null;
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  if (postgres) spawnSync(path.join(root, '.ci/postgres'), ['stop'], { env: { ...process.env, ...postgres.env } });
  rmSync(home, { recursive: true, force: true });
});
process.on('SIGINT', () => process.exit(130));

const base = 'http://127.0.0.1:8199';
const environment = (url, extra = {}) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([k]) => !k.startsWith('OD100_'))),
  DATABASE_URL: url,
  OD100_LISTEN: '127.0.0.1:8199',
  OD100_RATE_LIMIT: 'off',
  OD100_METRICS: 'on',
  ...extra,
});

async function serve(url, extra) {
  const log = openSync(path.join(home, 'server.log'), 'a');
  const child = spawn(binary, ['serve'], { env: environment(url, extra), stdio: ['ignore', log, log] });
  children.add(child);
  for (let i = 0; i < 600; i++) {
    if (child.exitCode !== null) throw new Error('the server stopped:\n' + readFileSync(path.join(home, 'server.log'), 'utf8').slice(-2000));
    try { if ((await fetch(base + '/readyz')).ok) return child; } catch { /* not yet */ }
    await new Promise(r => setTimeout(r, 100));
  }
  throw new Error('the server was not ready within a minute');
}
const stop = child => new Promise(resolve => { children.delete(child); child.once('exit', resolve); child.kill('SIGTERM'); });

async function metrics() {
  const text = await (await fetch(base + '/metrics')).text();
  return Object.fromEntries(text.split('\n').filter(l => l && !l.startsWith('#')).map(l => { const i = l.lastIndexOf(' '); return [l.slice(0, i), Number(l.slice(i + 1))]; }));
}

function database(kind, size) {
  if (kind === 'sqlite') return 'sqlite://' + path.join(home, `bench-${size}.db`);
  if (!postgres) {
    const out = execFileSync(path.join(root, '.ci/postgres'), ['start'], { encoding: 'utf8' }).trim();
    postgres = { url: out, env: {} };
  }
  const name = `bench_${size}`;
  spawnSync('psql', [postgres.url, '-qc', `create database ${name}`], { stdio: 'inherit' });
  const url = new URL(postgres.url);
  url.pathname = '/' + name;
  return url.toString();
}

const format = rows => {
  const head = Object.keys(rows[0]);
  console.log('| ' + head.join(' | ') + ' |\n|' + head.map(() => '---|').join(''));
  for (const row of rows) console.log('| ' + head.map(h => row[h]).join(' | ') + ' |');
};

for (const size of sizes) for (const kind of databases) {
  const url = database(kind, size);
  const started = Date.now();
  execFileSync(binary, ['sample', '--organisations', String(size), '--seed', '1', '--countries', '12'], { env: environment(url), stdio: ['ignore', 'ignore', 'inherit'] });
  const loaded = (Date.now() - started) / 1000;
  const rows = [];
  // First without the answer cache, so that every request is computed; then with it, as persisted GETs.
  let child = await serve(url, { OD100_ANSWER_CACHE_MB: '0', OD100_BENCH: 'on' });
  const pids = () => [child.pid, ...(kind === 'postgres' ? postgresPids() : [])];
  const context = {};
  const atlas = (await metrics())['od100_atlas_build_seconds'];
  const rest = memoryMb(child.pid);
  for (const query of QUERIES) {
    const variables = await query.variables?.(context, ask) ?? {};
    const body = JSON.stringify({ query: query.text, variables });
    const answer = await fetch(base + '/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const text = await answer.text();
    const errors = JSON.parse(text).errors;
    if (errors) throw new Error(query.name + ': ' + JSON.stringify(errors));
    query.bytes = text.length;
    query.persisted = `/graphql?id=${createHash('sha256').update(query.text).digest('hex')}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
    query.body = body;
    const post = await drive(pids, () => wrk(home, base + '/graphql', { seconds, body }));
    rows.push({ query: query.name, bytes: text.length, 'req/s': post.rate, p50: post.p50, p99: post.p99, 'cpu ms': post.cpu.toFixed(3), 'of it db': post.database.toFixed(3), 'sql/req': post.sql.toFixed(2) });
  }
  const memory = memoryMb(child.pid);
  await stop(child);
  child = await serve(url, { OD100_BENCH: 'on', OD100_PERSISTED: persistedFile() });
  for (const [i, query] of QUERIES.entries()) {
    const { fixed, cached } = await compared(pids, `/bench/${query.bytes}`, query.persisted, Math.max(1, seconds / 5));
    rows[i]['static cpu ms'] = fixed.toFixed(3);
    rows[i]['cached GET cpu ms'] = cached.toFixed(3);
    rows[i]['÷ static'] = (cached / fixed).toFixed(2);
  }
  const refusals = size === sizes[0] && kind === databases[0] ? await attacks(base + '/graphql') : null;
  await stop(child);
  console.log(`\n### ${size.toLocaleString('en')} organisations, ${kind}: sample loaded in ${loaded.toFixed(1)} s, atlas built in ${atlas.toFixed(2)} s, server memory right after the queries ${memory.all} MB, ${memory.own} of it its own (before them ${rest.all} and ${rest.own})\n`);
  format(rows);
  if (refusals) {
    console.log('\n### Attacks refused before anything runs\n');
    format(refusals);
  }
}

/**
 * CPU per request of two addresses that take turns, so that whatever else the machine does falls on both. The middle of
 * the turns counts: a turn in which the kernel had other work for the same processor says nothing of either.
 */
async function compared(pids, fixed, cached, each) {
  const costs = { fixed: [], cached: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    const pair = Object.entries({ fixed, cached });
    // Neither is always the one that finds the machine as the other left it.
    for (const [what, address] of turn % 2 ? pair.reverse() : pair) {
      costs[what].push((await drive(pids, () => wrk(home, base + address, { seconds: each }))).cpu);
    }
  }
  return { fixed: middle(costs.fixed), cached: middle(costs.cached) };
}

function middle(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

async function ask(text, variables = {}) {
  const r = await fetch(base + '/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: text, variables }) });
  const { data, errors } = await r.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

function persistedFile() {
  const file = path.join(home, 'persisted.json');
  writeFileSync(file, JSON.stringify(Object.fromEntries(QUERIES.map(q => [createHash('sha256').update(q.text).digest('hex'), q.text]))));
  return file;
}

async function drive(pids, load) {
  const [before, m0] = [pids().map(cpuSeconds), await metrics()];
  const result = await load();
  const [after, m1] = [pids().map(cpuSeconds), await metrics()];
  const server = after[0] - before[0];
  const sum = a => a.slice(1).reduce((x, y) => x + y, 0);
  const db = Math.max(0, sum(after) - sum(before));
  return {
    ...result,
    cpu: (server + db) * 1000 / result.requests,
    database: db * 1000 / result.requests,
    sql: ((m1.od100_sql_statements_total ?? 0) - (m0.od100_sql_statements_total ?? 0)) / result.requests,
  };
}
