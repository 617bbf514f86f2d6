// The clock of the machine jumps: forward ten years, back six, to and fro by an hour. Nothing panics, writes go on and
// keep their order, and a link that has expired does not come back.
import { movedClock } from '../clock.mjs';
import { formOf, save } from '../load.mjs';
import { read, rows } from '../record.mjs';
import { Site } from '../site.mjs';
import { keep, sleep } from '../wire.mjs';

export const row = {
  async run({ home, size }) {
    const { at, program, extra } = movedClock(home, "tests/it/ moves the program's own clock instead");
    const site = new Site(home).prepare(4);
    await site.start({ program, extra });
    const agent = keep(), faults = [], year = 365 * 86_400;
    let number = 0;
    const form = await formOf(site, site.links[0], agent);
    const write = async () => save(site, { agent, link: site.links[0], form, question: 'example', text: `L0 N${(number += 1)}` });
    const expect = async (what, status) => {
      const answer = await write();
      if (answer.status !== status) faults.push(`${what}: a save is answered ${answer.status}, not ${status}`);
    };
    await expect('before', 303);
    let jumps = 0;
    for (let time = 0; time < size(20, 200); time += 1) {
      at(time % 2 ? 3_600 : -3_600);
      jumps += 1;
      await expect(`an hour ${time % 2 ? 'forward' : 'back'}`, 303);
    }
    at(-6 * year);
    await expect('six years back', 303);
    at(10 * year);
    const late = await write();
    if (late.status !== 404) faults.push(`ten years on, a link of days still takes answers: ${late.status}`);
    // The hourly round that forgets what has had its time runs within a second or two.
    await sleep(2_500);
    at(0);
    await expect('back in the present', 303);
    const [[value]] = rows(site, "select value from answer_draft where question = 'example'");
    if (!value.includes(`N${number}`)) faults.push(`the last save is not what is kept: ${value}`);
    faults.push(...read(site).faults, ...site.complaints());
    agent.destroy();
    await site.stop();
    return { figures: `${jumps + 3} jumps of an hour, six and ten years; ${number} saves`, faults };
  },
};
