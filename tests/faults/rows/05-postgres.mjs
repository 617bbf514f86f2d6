// PostgreSQL is killed under load and comes back: who writes meanwhile is told so, and the server needs no restart.
import { Load } from '../load.mjs';
import { crash, database, query, restart } from '../postgres.mjs';
import { read } from '../record.mjs';
import { Site } from '../site.mjs';
import { sleep } from '../wire.mjs';

export const row = {
  async run({ home, chance, size }) {
    const url = database('killed');
    const site = new Site(home, url).prepare(24);
    await site.start();
    const load = new Load(site, chance, { writers: 8 });
    const faults = [], back = [];
    load.begin();
    for (let cycle = 0; cycle < size(5, 50, 2); cycle += 1) {
      await sleep(400 + chance.next() * 600);
      crash();
      await sleep(300);
      restart();
      const began = performance.now();
      while (load.lastOk < began && performance.now() - began < 30_000) await sleep(5);
      back.push(performance.now() - began);
      if (back.at(-1) > 10_000) faults.push(`the first write after PostgreSQL was up took ${back.at(-1).toFixed(0)} ms`);
    }
    // And every connection is ended again and again, while the database stays.
    const until = Date.now() + size(3_000, 30_000, 1_000);
    while (Date.now() < until) {
      query(url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'od100'");
      await sleep(100);
    }
    await load.end();
    const record = read(site);
    const { lost } = load.judge(record);
    if (lost) faults.push(`${lost} acknowledged writes are lost`);
    if (load.codes[500]) faults.push(`${load.codes[500]} answers of 500`);
    faults.push(...record.faults, ...site.complaints());
    await site.stop();
    return { figures: `${back.length} kills of PostgreSQL, ${load.acked} writes acknowledged, ${lost} lost; answers ${JSON.stringify(load.codes)}; first write after it was up at most ${Math.max(...back).toFixed(0)} ms`, faults };
  },
};
