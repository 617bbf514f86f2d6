// All browser tests, two files at a time: `node run.mjs [name …]`. Files that change the record or send letters share a
// server, so they take turns; those that only read have a server of their own, OD100_TEST_READ_URL, and so may run
// beside any. Prints how long each file took, and the slowest tests.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const WORKERS = Number(process.env.OD100_TEST_WORKERS ?? Math.min(2, availableParallelism()));
/** They read, and write nothing; longest first. What is not named here takes its turn with those that write. */
const READERS = ['axe', 'axe-es', 'profiles', 'explorer', 'journeys', 'mexico', 'embed', 'studies', 'look', 'markup', 'graphiql'];
/** How many of the slowest tests are named. */
const SLOWEST = 15;

const wanted = process.argv.slice(2);
const names = readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).map((name) => name.slice(0, -'.test.mjs'.length)).filter((name) => wanted.length === 0 || wanted.includes(name));
const readers = READERS.filter((name) => names.includes(name));
const writers = names.filter((name) => !READERS.includes(name));
const took = [];
const slow = [];
const failed = [];

function run(name, env) {
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', `${folder}${name}.test.mjs`], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { said += text; });
    child.on('close', (code) => {
      took.push({ name, seconds: (Date.now() - began) / 1000 });
      for (const [, title, ms] of said.matchAll(/^\s*[✔✖] (.+) \(([\d.]+)ms\)$/gm)) slow.push({ name, title, seconds: Number(ms) / 1000 });
      // A file that went well is its tests; the sums that end its report are for the end of all.
      process.stdout.write(`\n# ${name}\n${code === 0 ? said.replace(/^ℹ .*\n/gm, '') : said}`);
      if (code !== 0) failed.push({ name, said });
      resolve();
    });
  });
}

const reading = { ...process.env, OD100_TEST_URL: process.env.OD100_TEST_READ_URL ?? process.env.OD100_TEST_URL };
let writing = false;
async function work() {
  for (;;) {
    // The writers are many and short and take turns: whoever is free first begins them.
    if (!writing && writers.length > 0) {
      writing = true;
      await run(writers.shift(), process.env);
      writing = false;
    } else if (readers.length > 0) await run(readers.shift(), reading);
    else return;
  }
}

const began = Date.now();
// Without a reading server all use one, and take turns.
await Promise.all(Array.from({ length: process.env.OD100_TEST_READ_URL ? WORKERS : 1 }, work));
slow.sort((a, b) => b.seconds - a.seconds);
console.log('\nThe slowest tests:');
for (const { name, title, seconds } of slow.slice(0, SLOWEST)) console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}: ${title}`);
console.log('\nThe files:');
for (const { name, seconds } of took.sort((a, b) => b.seconds - a.seconds)) console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}`);
console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(8)} s  all of ${took.length}${failed.length > 0 ? `; ${failed.length} with failures` : ', none failed'}`);
// What went wrong stands last, where whoever looks at a long log looks first.
for (const { name, said } of failed) console.log(`\n# failed: ${name}\n${said.slice(Math.max(0, said.indexOf('✖ failing tests:')))}`);
process.exitCode = failed.length > 0 ? 1 : 0;
