// make faults, make soak: what goes wrong with machines is done to the real server on purpose, and what it had
// acknowledged is looked for afterwards. Prints the seed, then one line of figures for each row.
//   node tests/faults/main.mjs [--full | --test] [row…]
// --full takes the long figures, --test only the rows that are quick enough for every test run. SEED= repeats a run.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { loadavg, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { chance, seed } from './chance.mjs';
import { stopPostgres } from './postgres.mjs';
import { binary, endAll } from './site.mjs';
import { Skip, need } from './skip.mjs';

const flags = process.argv.slice(2).filter(word => word.startsWith('--'));
const wanted = process.argv.slice(2).filter(word => !word.startsWith('--'));
const [isFull, isTest] = ['--full', '--test'].map(flag => flags.includes(flag));

const files = readdirSync(path.join(import.meta.dirname, 'rows')).sort();
const all = await Promise.all(files.map(async file => ({ key: file.replace(/^\d+-|\.mjs$/g, ''), ...(await import(`./rows/${file}`)).row })));
const unknown = wanted.filter(key => !all.some(row => row.key === key));
if (unknown.length) {
  console.error(`there is no row ${unknown.join(', ')}; there are ${all.map(row => row.key).join(', ')}`);
  process.exit(2);
}
const chosen = all.filter(row => (wanted.length ? wanted.includes(row.key) : isTest ? row.isQuick : isFull || !row.isLong));

const home = mkdtempSync(path.join(tmpdir(), 'od100-faults-'));
const leave = () => {
  endAll();
  stopPostgres();
  rmSync(home, { recursive: true, force: true });
};
process.on('exit', leave);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

need('sqlite3');
console.log(`SEED=${seed}; ${isFull ? 'full' : 'short'} figures; ${path.basename(path.dirname(binary))} build; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
let failed = 0, skipped = 0;
for (const row of chosen) {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
  const context = { home: path.join(home, row.key), chance: chance(row.key), isFull, size: (short, full, test = short) => (isFull ? full : isTest ? test : short) };
  try {
    const { figures, faults = [] } = await row.run(context);
    failed += faults.length ? 1 : 0;
    console.log(`${faults.length ? 'FAIL' : 'ok  '} ${row.key}: ${figures} (${seconds()})`);
    for (const fault of faults.slice(0, 10)) console.log(`       ${fault}`);
  } catch (error) {
    if (error instanceof Skip) {
      skipped += 1;
      console.log(`SKIPPED ${row.key}: ${error.message}`);
    } else {
      failed += 1;
      console.log(`FAIL ${row.key}: ${error.stack}`);
    }
  }
  endAll();
}
console.log(failed ? `${failed} rows failed; SEED=${seed} repeats this run` : `all ${chosen.length - skipped} rows held${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);
