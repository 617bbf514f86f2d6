// The power fails. The system calls of the real server are traced while it is written to; then, for many moments,
// the files are built as a disk may have them: everything that was flushed, and of the rest nothing, a beginning, any
// part, or torn writes. Each is opened and has to be whole and to hold what had been acknowledged by that moment.
// That this would find anything is shown by the same writes under weaker settings, which have to fail.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Load } from '../load.mjs';
import { Site } from '../site.mjs';
import { Skip, need } from '../skip.mjs';
import { keep } from '../wire.mjs';

const CALLS = 'pwrite64,pwritev,fsync,fdatasync,ftruncate,unlink,sendto,writev,write';
const bytesOf = text => Buffer.from(text.replaceAll('\\x', ''), 'hex');
const OK = Buffer.from('HTTP/1.1 303').toString('hex').replace(/../g, '\\x$&');

/** What the trace says, in order: writes, cuts, removals and flushes of the database's files, and acknowledgements. */
function events(trace, folder, ack) {
  const all = [], begun = new Map();
  for (const line of readFileSync(trace, 'latin1').split('\n')) {
    const [, thread, rest] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (!rest) continue;
    let call = rest;
    // A call that ended while another ran is in two parts; it has happened when it ends.
    if (call.endsWith('<unfinished ...>')) { begun.set(thread, call.slice(0, -16).trimEnd()); continue; }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(call);
    if (resumed) { call = (begun.get(thread) ?? '') + resumed[1]; begun.delete(thread); }
    const [, name, handle, args] = /^(\w+)\(\d+<([^>]*)>(.*)$/s.exec(call) ?? [];
    if (!name) {
      const gone = /^unlink\("([^"]*)"\) += 0/.exec(call);
      if (gone) {
        const file = bytesOf(gone[1]).toString();
        if (path.dirname(file) === folder) all.push({ kind: 'gone', file: path.basename(file) });
      }
      continue;
    }
    const file = handle.startsWith('\\x') ? bytesOf(handle).toString() : handle;
    if (['sendto', 'writev', 'write'].includes(name)) {
      const said = ack(file, args);
      if (said !== undefined) all.push({ kind: 'ack', said });
    }
    if (path.dirname(file) !== folder || file.endsWith('-shm')) continue;
    const base = path.basename(file);
    if (name === 'pwrite64') {
      const [, data, offset] = /^, "((?:\\x[0-9a-f]{2})*)", \d+, (\d+)\) += \d+/.exec(args) ?? [];
      if (data === undefined) throw new Error(`a write in the trace cannot be read: ${args.slice(-120)}`);
      all.push({ kind: 'write', file: base, at: Number(offset), data: bytesOf(data) });
    } else if (name === 'ftruncate') all.push({ kind: 'cut', file: base, length: Number(/^, (\d+)\)/.exec(args)[1]) });
    else if (name === 'fsync' || name === 'fdatasync') {
      if (/= 0/.test(args)) all.push({ kind: 'flush', file: base });
    } else if (name === 'pwritev') throw new Error('the trace has vectored writes, which this replay does not know');
  }
  return all;
}

function apply(files, one) {
  let bytes = files.get(one.file) ?? Buffer.alloc(0);
  const end = one.kind === 'write' ? one.at + one.data.length : one.length;
  if (one.kind === 'gone') { files.delete(one.file); return; }
  if (one.kind === 'cut') bytes = bytes.subarray(0, Math.min(end, bytes.length));
  if (bytes.length < end) bytes = Buffer.concat([bytes, Buffer.alloc(end - bytes.length)]);
  else bytes = Buffer.from(bytes);
  if (one.kind === 'write') one.data.copy(bytes, one.at);
  files.set(one.file, bytes);
}

/** The files as a disk may have them when the power fails after `moment` events. */
function disk(before, all, moment, chance) {
  const files = new Map(before), waiting = new Map();
  for (const one of all.slice(0, moment)) {
    if (one.kind === 'flush') {
      for (const late of waiting.get(one.file) ?? []) apply(files, late);
      waiting.delete(one.file);
    } else if (one.kind !== 'ack') waiting.set(one.file, [...(waiting.get(one.file) ?? []), one]);
  }
  const mode = chance.pick(['none', 'beginning', 'part', 'torn']);
  for (const late of waiting.values()) {
    if (mode === 'none') continue;
    const kept = mode === 'beginning' ? late.slice(0, chance.int(0, late.length + 1)) : late.filter(() => chance.next() < 0.5);
    for (const one of kept) {
      const isTorn = mode === 'torn' && one.kind === 'write' && one.data.length > 512 && chance.next() < 0.5;
      apply(files, isTorn ? { ...one, data: one.data.subarray(0, 512 * chance.int(1, one.data.length / 512)) } : one);
    }
  }
  return files;
}

const CHECK = ".bail off\npragma integrity_check;\npragma foreign_key_check;\nselect '@' || question || ' ' || value from answer_draft where value is not null;\n";

/** What is wrong with a disk: not whole, or without something that was acknowledged. */
function judge(folder, files, acked) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes);
  const done = spawnSync('sqlite3', ['-batch', path.join(folder, 'od100.db')], { input: CHECK, encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = done.stdout.split('\n');
  if (lines[0] !== 'ok' || done.stderr || !(lines[1] ?? '').startsWith('@')) return { isCorrupt: true, lost: 0 };
  const found = new Map();
  for (const line of lines) {
    const [, question, link, number] = /^@(\w+) .*?(L\d+) N(\d+)/.exec(line) ?? [];
    if (question) found.set(`${link} ${question}`, Number(number));
  }
  let lost = 0;
  for (const [register, number] of acked) if ((found.get(register) ?? 0) < number) lost += 1;
  return { isCorrupt: false, lost };
}

/** Fails the power at `points` moments of a trace. */
function replay({ folder, before, all, points, chance }) {
  const sum = { corrupt: 0, losing: 0, most: 0 };
  for (let point = 0; point < points; point += 1) {
    const moment = chance.int(1, all.length + 1);
    const acked = new Map();
    for (const one of all.slice(0, moment)) if (one.kind === 'ack') acked.set(one.said.register, one.said.number);
    const { isCorrupt, lost } = judge(path.join(folder, 'replay'), disk(before, all, moment, chance), acked);
    sum.corrupt += isCorrupt ? 1 : 0;
    sum.losing += lost ? 1 : 0;
    sum.most = Math.max(sum.most, lost);
  }
  return sum;
}

const filesOf = folder => new Map(readdirSync(folder).filter(name => /^od100\.db(-wal|-journal)?$/.test(name)).map(name => [name, readFileSync(path.join(folder, name))]));
const strace = trace => ['strace', '-f', '-y', '-xx', '-s', '300000', '-o', trace, '-e', `trace=${CALLS}`];

/** The writes of the server, one after another, so that the n-th acknowledgement is that of the n-th. */
async function traced(home, chance, writes) {
  const site = new Site(path.join(home, 'server')).prepare(6);
  spawnSync('sqlite3', [site.file, "pragma wal_checkpoint(truncate);"]);
  // Once without a tracer, so that migrating and checking are not in the trace, and every link has its first row.
  await site.start();
  const load = new Load(site, chance, { writers: 1, desk: false });
  const agent = keep();
  for (const link of site.links) for (let n = 0; n < 6; n += 1) await load.once(link, agent);
  await site.stop();
  const before = filesOf(site.folder);
  const trace = path.join(home, 'trace.txt');
  await site.start({ wrapper: strace(trace) });
  const known = new Map(load.saved);
  const order = [];
  for (let n = 0; n < writes; n += 1) {
    const link = chance.pick(site.links);
    const answer = await load.once(link, agent);
    if (answer.status !== 303) throw new Error(`a save was answered ${answer.status}`);
    const changed = [...load.saved].find(([register, number]) => known.get(register) !== number);
    known.set(...changed);
    order.push({ register: changed[0], number: changed[1] });
  }
  agent.destroy();
  await site.stop('SIGKILL');
  const next = order.values();
  const all = events(trace, site.folder, (file, args) => (args.includes(OK) ? next.next().value : undefined));
  const acks = all.filter(one => one.kind === 'ack').length;
  if (acks !== writes) throw new Error(`the trace has ${acks} acknowledgements of ${writes}`);
  return { before, all };
}

/** The same writes by the shell of SQLite under a setting; it says after each that it is done. */
function weaker(home, base, setting, chance, writes) {
  const folder = path.join(home, setting);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of base) writeFileSync(path.join(folder, name), bytes);
  const file = path.join(folder, 'od100.db');
  const registers = spawnSync('sqlite3', [file, "select distinct question || '|' || substr(value, instr(value, 'L'), instr(value, ' N') - instr(value, 'L')) from answer_draft where value like '% N%'"], { encoding: 'utf8' }).stdout.trim().split('\n');
  let script = `pragma journal_mode = wal;\npragma synchronous = ${setting};\npragma wal_autocheckpoint = 200;\n`;
  const order = [];
  for (let n = 0; n < writes; n += 1) {
    const [question, link] = chance.pick(registers).split('|');
    const number = 1_000_000 + n;
    order.push({ register: `${link} ${question}`, number });
    script += `begin immediate;\nupdate answer_draft set value = '"${link} N${number}"' where question = '${question}' and value like '%${link} N%';\ncommit;\n.print done\n`;
  }
  const before = filesOf(folder), trace = path.join(home, `${setting}.txt`);
  const [command, ...args] = strace(trace);
  const done = spawnSync(command, [...args, 'stdbuf', '-oL', 'sqlite3', '-batch', file], { input: script, encoding: 'utf8' });
  if (done.stdout.split('\n').filter(line => line === 'done').length !== writes) throw new Error(`the shell did not write: ${done.stderr}`);
  // Each line goes out by itself; were two to go at once, both would count.
  let said = 0;
  const all = [];
  const marks = events(trace, folder, (from, text) => {
    const count = bytesOf(/"((?:\\x[0-9a-f]{2})*)"/.exec(text)?.[1] ?? '').toString().split('done\n').length - 1;
    return count || undefined;
  });
  for (const one of marks) {
    if (one.kind !== 'ack') all.push(one);
    else for (const end = said + one.said; said < end; said += 1) all.push({ kind: 'ack', said: order[said] });
  }
  return { before, all };
}

export const row = {
  async run({ home, chance, size }) {
    need('strace');
    if (!/exited with 0/.test(spawnSync('strace', ['-f', 'true'], { encoding: 'utf8' }).stderr ?? '')) throw new Skip('strace may not trace here');
    const points = size(400, 5_000, 60), writes = size(300, 500, 100);
    const { before, all } = await traced(home, chance, writes);
    const full = replay({ folder: home, before, all, points, chance });
    const faults = [];
    if (full.corrupt) faults.push(`${full.corrupt} disks are corrupt`);
    if (full.losing) faults.push(`${full.losing} disks lack acknowledged writes, up to ${full.most}`);
    const check = size(100, 400, 40), self = {};
    for (const setting of ['full', 'normal', 'off']) {
      self[setting] = replay({ folder: home, ...weaker(home, before, setting, chance, writes), points: check, chance });
    }
    if (self.full.corrupt || self.full.losing) faults.push(`the check itself is wrong: under FULL it finds ${JSON.stringify(self.full)}`);
    if (!self.normal.losing) faults.push('the check finds no loss under NORMAL');
    if (!self.off.losing && !self.off.corrupt) faults.push('the check finds nothing under OFF');
    const said = one => `${one.losing} lose, ${one.corrupt} corrupt`;
    return { figures: `${points} power cuts in ${writes} writes (${all.filter(one => one.kind === 'flush').length} flushes): ${said(full)}; the check of ${check} cuts by the shell: FULL ${said(self.full)}, NORMAL ${said(self.normal)}, OFF ${said(self.off)}`, faults };
  },
};
