// Fifty respondents each save an answer once a second, whether or not the answer before has come: what counts is the
// time from when they meant to save until it was acknowledged.
import { formOf, save } from '../load.mjs';
import { database } from '../postgres.mjs';
import { read } from '../record.mjs';
import { Site } from '../site.mjs';
import { Skip } from '../skip.mjs';
import { keep, quantile, sleep } from '../wire.mjs';
import { cpuSeconds } from '../../bench/proc.mjs';

const MANY = 50, GOAL = 150;

async function over(site, { size, isFull }, faults) {
  await site.start();
  const seconds = size(5, 60), took = [], codes = {}, kept = new Map();
  const people = await Promise.all(site.links.map(async link => ({ link, agent: keep(), form: await formOf(site, link) })));
  // Once, unmeasured, so that every connection is open.
  await Promise.all(people.map(one => save(site, { ...one, question: 'name', text: 'Firm' })));
  const cpu = cpuSeconds(site.child.pid), began = performance.now() + 200;
  await Promise.all(people.map(async ({ link, agent, form }, n) => {
    const pending = [];
    for (let second = 0; second < seconds; second += 1) {
      const due = began + 1_000 * (second + n / MANY);
      await sleep(Math.max(0, due - performance.now()));
      const number = second + 1;
      pending.push(save(site, { link, agent, form, question: 'example', text: `L${n} N${number}` }).then(answer => {
        codes[answer.status] = (codes[answer.status] ?? 0) + 1;
        if (answer.status === 303) { took.push(performance.now() - due); kept.set(`L${n} example`, number); }
      }));
    }
    await Promise.all(pending);
    agent.destroy();
  }));
  const used = (cpuSeconds(site.child.pid) - cpu) * 1_000 / (MANY * seconds);
  const record = read(site);
  for (const [register, number] of kept) if ((record.drafts.get(register) ?? 0) < number) faults.push(`${register} is lost`);
  const errors = Object.entries(codes).filter(([code]) => code !== '303');
  if (errors.length) faults.push(`errors: ${JSON.stringify(Object.fromEntries(errors))}`);
  const p99 = quantile(took, 0.99);
  // A short run judges nothing: it may share the machine.
  if (isFull && p99 > GOAL) faults.push(`p99 is ${p99.toFixed(0)} ms, not under ${GOAL}`);
  faults.push(...record.faults, ...site.complaints());
  await site.stop();
  return `${took.length} saves of ${MANY * seconds}, p50 ${quantile(took, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, most ${Math.max(...took).toFixed(0)} ms, ${errors.length ? 'with' : 'no'} errors, ${used.toFixed(1)} ms of the server's CPU each`;
}

export const row = {
  async run(context) {
    const faults = [];
    const said = [`SQLite: ${await over(new Site(`${context.home}/sqlite`).prepare(MANY), context, faults)}`];
    try {
      said.push(`PostgreSQL: ${await over(new Site(`${context.home}/postgres`, database('respondents')).prepare(MANY), context, faults)}`);
    } catch (error) {
      if (!(error instanceof Skip)) throw error;
      said.push(`PostgreSQL skipped: ${error.message}`);
    }
    return { figures: said.join('; '), faults };
  },
};
