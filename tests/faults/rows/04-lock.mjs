// Many writers at once: each waits for its turn, none is told that the database is locked.
import { Load } from '../load.mjs';
import { read } from '../record.mjs';
import { Site } from '../site.mjs';
import { quantile, sleep } from '../wire.mjs';

export const row = {
  isQuick: true,
  async run({ home, chance, size }) {
    const site = new Site(home).prepare(32);
    await site.start();
    const load = new Load(site, chance, { writers: 16 });
    load.begin();
    await sleep(size(5_000, 60_000, 3_000));
    await load.end();
    const record = read(site);
    const { lost } = load.judge(record);
    const faults = [...record.faults, ...site.complaints()];
    const refused = Object.entries(load.codes).filter(([code]) => !['303', '200'].includes(code));
    if (refused.length) faults.push(`answers other than done: ${JSON.stringify(Object.fromEntries(refused))}`);
    if (lost) faults.push(`${lost} acknowledged writes are lost`);
    await site.stop();
    return { figures: `16 writers, ${load.acked} writes, ${refused.length ? 'some' : 0} errors; p50 ${quantile(load.took, 0.5).toFixed(0)} ms, p99 ${quantile(load.took, 0.99).toFixed(0)} ms`, faults };
  },
};
