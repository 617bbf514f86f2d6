// The server is told to stop under load: it finishes what it has begun, ends with 0, and what it answered is there.
import { Load } from '../load.mjs';
import { read } from '../record.mjs';
import { Site } from '../site.mjs';
import { quantile, sleep } from '../wire.mjs';

export const row = {
  isQuick: true,
  async run({ home, chance, size }) {
    const site = new Site(home).prepare(24);
    const load = new Load(site, chance, { writers: 8 });
    const faults = [], took = [];
    for (let time = 0; time < size(20, 100, 4); time += 1) {
      await site.start();
      load.begin();
      await sleep(50 + chance.next() * 200);
      const began = performance.now();
      const code = await site.stop('SIGTERM');
      took.push(performance.now() - began);
      if (code !== 0) faults.push(`it ended with ${code}`);
      await load.end();
    }
    const record = read(site);
    const { lost } = load.judge(record);
    if (lost) faults.push(`${lost} acknowledged writes are lost`);
    if (load.codes[500]) faults.push(`${load.codes[500]} answers of 500`);
    faults.push(...record.faults, ...site.complaints());
    return { figures: `${took.length} stops, ${load.acked} writes acknowledged, ${lost} lost; stopped after p50 ${quantile(took, 0.5).toFixed(0)} ms, most ${Math.max(...took).toFixed(0)} ms`, faults };
  },
};
