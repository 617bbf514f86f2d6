// The server is killed at any moment, and started again: that alone has to repair everything.
import { Load } from '../load.mjs';
import { read } from '../record.mjs';
import { Site } from '../site.mjs';
import { quantile, sleep } from '../wire.mjs';

export const row = {
  isQuick: true,
  async run({ home, chance, size }) {
    const site = new Site(home).prepare(24);
    const load = new Load(site, chance, { writers: 4 });
    const cycles = size(100, 1_000, 25);
    const starts = [], faults = [];
    for (let cycle = 0; cycle < cycles && !faults.length; cycle += 1) {
      starts.push(await site.start());
      if (cycle % 10 === 9 || cycle === cycles - 1) {
        const record = read(site);
        const { lost, strange } = load.judge(record);
        if (lost) faults.push(`after ${cycle + 1} kills ${lost} acknowledged writes are lost`);
        if (strange) faults.push(`${strange} values that nobody wrote`);
        faults.push(...record.faults);
      }
      load.begin();
      await sleep(20 + chance.next() * 230);
      await site.stop('SIGKILL');
      await load.end();
    }
    // Once more, so that the last kill is judged too.
    starts.push(await site.start());
    const record = read(site);
    const { lost } = load.judge(record);
    if (lost) faults.push(`${lost} acknowledged writes are lost`);
    faults.push(...record.faults, ...site.complaints());
    await site.stop();
    return {
      figures: `${cycles} kills, ${load.acked} writes acknowledged, ${lost} lost; start to first answer p50 ${quantile(starts, 0.5).toFixed(0)} ms, most ${Math.max(...starts).toFixed(0)} ms`,
      faults,
    };
  },
};
