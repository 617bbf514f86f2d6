// Everything at once for long: pages, queries and saves. Memory, open files and the log of the database stay flat.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { Load } from '../load.mjs';
import { read } from '../record.mjs';
import { Site } from '../site.mjs';
import { keep, quantile, request, sleep } from '../wire.mjs';
import { memoryKb } from '../../bench/proc.mjs';

const PAGES = ['/', '/sitemap.xml', '/embed/map', '/preview/home.png', '/download/organisations.csv', '/about'];
const QUERIES = [
  '{ organisations(first: 20) { totalCount nodes { name sector { label } } } }',
  '{ flow { cells { publisher sector organisationCount } } }',
  '{ mapPoints(zoom: 5) { points symbols } }',
  'query($t: String!) { search(text: $t) { hits { title path } } }',
];

/** By how much a line through the points rises from one to the next. */
function slope(points) {
  const n = points.length, mean = list => list.reduce((sum, x) => sum + x, 0) / n;
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const below = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return below ? points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / below : 0;
}

export const row = {
  isLong: true,
  async run({ home, chance, size, isFull }) {
    const site = new Site(home).prepare(40, 1_000);
    await site.start();
    const load = new Load(site, chance, { writers: 4 });
    load.begin({ pause: 200 });
    let isOver = false;
    const asked = { count: 0, codes: {} };
    const reader = async () => {
      const agent = keep();
      while (!isOver) {
        const isPage = chance.next() < 0.5;
        const answer = isPage
          ? await request(site.port, 'GET', chance.pick(PAGES), { agent, headers: { accept: 'text/html' } })
          : await request(site.port, 'POST', '/graphql', { agent, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: chance.pick(QUERIES), variables: { t: String.fromCharCode(97 + chance.int(0, 26)) } }) });
        asked.count += 1;
        asked.codes[answer.status] = (asked.codes[answer.status] ?? 0) + 1;
        await sleep(50);
      }
      agent.destroy();
    };
    const readers = Array.from({ length: 4 }, reader);
    const minutes = Number(process.env.SOAK_MINUTES ?? size(3, 30)), warm = minutes / 6;
    const samples = [], faults = [], began = performance.now();
    for (;;) {
      const minute = (performance.now() - began) / 60_000;
      if (minute >= minutes) break;
      await sleep(Math.min(10_000, (minutes - minute) * 60_000));
      const wal = `${site.file}-wal`;
      samples.push({
        minute: (performance.now() - began) / 60_000,
        kb: memoryKb(site.child.pid),
        files: readdirSync(`/proc/${site.child.pid}/fd`).length,
        wal: existsSync(wal) ? statSync(wal).size / 1e6 : 0,
        at: load.took.length,
      });
    }
    isOver = true;
    await Promise.all([...readers, load.end()]);
    const after = samples.filter(one => one.minute > warm);
    const rise = slope(after.map(({ minute, kb }) => [minute, kb / 1_024])) * 10;
    const [files, wal] = ['files', 'wal'].map(key => after.map(one => one[key]));
    const third = after[Math.floor(after.length / 3)]?.at ?? 0, last = after[Math.floor(after.length * 2 / 3)]?.at ?? 0;
    const [early, late] = [load.took.slice(after[0]?.at ?? 0, third), load.took.slice(last)].map(list => quantile(list, 0.99));
    // A short run has hardly settled: only the long one judges memory.
    if (isFull && rise > 1) faults.push(`memory rises by ${rise.toFixed(1)} MB in ten minutes`);
    if (Math.max(...files) - Math.min(...files) > 20) faults.push(`open files go from ${Math.min(...files)} to ${Math.max(...files)}`);
    if (Math.max(...wal) > 64) faults.push(`the log of the database grows to ${Math.max(...wal).toFixed(0)} MB`);
    const refused = Object.entries({ ...asked.codes }).filter(([code]) => Number(code) >= 500 || code === '0');
    if (refused.length) faults.push(`readers were answered ${JSON.stringify(asked.codes)}`);
    const writes = Object.entries(load.codes).filter(([code]) => !['303', '200'].includes(code));
    if (writes.length) faults.push(`writers were answered ${JSON.stringify(load.codes)}`);
    const record = read(site);
    const { lost } = load.judge(record);
    if (lost) faults.push(`${lost} acknowledged writes are lost`);
    faults.push(...record.faults, ...site.complaints());
    await site.stop();
    return { figures: `${minutes} minutes, ${asked.count} reads, ${load.acked} writes, ${lost} lost; memory ${(after[0].kb / 1_024).toFixed(0)} to ${(after.at(-1).kb / 1_024).toFixed(0)} MB, ${rise.toFixed(2)} MB in ten minutes; files ${Math.min(...files)} to ${Math.max(...files)}; log at most ${Math.max(...wal).toFixed(1)} MB; p99 of writes ${early.toFixed(0)} then ${late.toFixed(0)} ms`, faults };
  },
};
