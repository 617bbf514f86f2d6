// The same request again: at once from a hundred connections, and after a cut that nobody knows the outcome of. It is
// done once, and everybody is told the same.
import { createAccount, formOf, signIn } from '../load.mjs';
import { database } from '../postgres.mjs';
import { rows } from '../record.mjs';
import { Site } from '../site.mjs';
import { Skip } from '../skip.mjs';
import { keep, request, sleep } from '../wire.mjs';

const OURS = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
const MANDATORY = {
  name: 'Datos del Sur', kind: 'company', size: '11-50', sector: 'energy', 'uses.0.name': 'Precios de combustibles',
  'uses.0.criticality': 'core', use_types: 'product_service', data_share: '26-50', display: 'yes',
};

/** Asks again while the server says that it has no room. */
async function patient(ask) {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    await sleep(100);
  }
}

async function sendTwice(site, link, faults) {
  const form = await formOf(site, link);
  const fields = new URLSearchParams({ form });
  for (const [key, value] of Object.entries(MANDATORY)) {
    fields.append(`s.${key.split('.')[0]}`, '1');
    fields.append(`q.${key}`, value);
  }
  const at = `/answer/${link}`;
  const saved = await request(site.port, 'POST', `${at}/step/all`, { headers: OURS, body: fields.toString() });
  if (saved.status !== 303) throw new Error(`the answers are not taken: ${saved.status} ${saved.text}`);
  const [before] = rows(site, 'select count(*) from answer')[0].map(Number);
  const send = () => request(site.port, 'POST', `${at}/send`, { headers: OURS, body: new URLSearchParams({ form }).toString(), timeout: 60_000 });
  const answers = await Promise.all(Array.from({ length: 100 }, () => patient(send)));
  const kinds = new Set(answers.map(one => `${one.status} ${one.headers.location}`));
  if (kinds.size !== 1 || answers[0].status !== 303 || !answers[0].headers.location.endsWith(link)) faults.push(`the sending was answered ${[...kinds].join(', ')}`);
  const doubled = rows(site, 'select response_id, question, count(*) from answer where superseded_at is null group by 1, 2 having count(*) > 1');
  if (doubled.length) faults.push(`${doubled.length} answers are there twice`);
  if (Number(rows(site, 'select count(*) from answer')[0][0]) <= before) faults.push('nothing was sent');
  const changes = rows(site, "select count(*) from record_change where reason = 'answers sent' group by record_id");
  if (changes.some(([count]) => count !== '1')) faults.push('the sending is in the history more than once');
}

async function over(site, { chance, size }, faults) {
  await site.start();
  const cookie = await signIn(site);
  // At once.
  const agents = Array.from({ length: 100 }, keep);
  const same = await Promise.all(agents.map(agent => patient(() => createAccount(site, { cookie, agent, email: 'once@example.org', key: 'once', timeout: 60_000 }))));
  const ids = new Set(same.map(one => one.account));
  if (ids.size !== 1 || !same[0].account) faults.push(`a hundred equal requests were answered in ${ids.size} ways: ${same[0].status} ${same[0].text}`);
  if (rows(site, "select count(*) from account where email = 'once@example.org'")[0][0] !== '1') faults.push('there is not one account');
  agents.forEach(agent => agent.destroy());
  // Cut off at any moment, and repeated.
  const cuts = size(60, 1_000, 20), agent = keep();
  let unknown = 0;
  for (let n = 0; n < cuts; n += 1) {
    const email = `cut${n}@example.org`, key = `cut ${n}`;
    const first = await createAccount(site, { cookie, email, key, timeout: 1 + chance.int(0, 40) });
    unknown += first.status === 0 ? 1 : 0;
    const second = await createAccount(site, { cookie, agent, email, key, timeout: 30_000 });
    if (!second.account || (first.account && first.account !== second.account)) faults.push(`repeated, it was answered ${second.status} ${second.text}`);
  }
  agent.destroy();
  const [count] = rows(site, "select count(*) from account where email like 'cut%'")[0];
  if (Number(count) !== cuts) faults.push(`${count} accounts of ${cuts}`);
  for (const link of site.links) await sendTwice(site, link, faults);
  faults.push(...site.complaints());
  await site.stop();
  return `${unknown} of ${cuts} cut off, each done once; ${site.links.length} × 100 sendings, each done once`;
}

export const row = {
  isQuick: true,
  async run(context) {
    const faults = [];
    const links = context.size(2, 5, 1);
    const said = [`SQLite: ${await over(new Site(`${context.home}/sqlite`).prepare(links), context, faults)}`];
    try {
      said.push(`PostgreSQL: ${await over(new Site(`${context.home}/postgres`, database('twice')).prepare(links), context, faults)}`);
    } catch (error) {
      if (!(error instanceof Skip)) throw error;
      said.push(`PostgreSQL skipped: ${error.message}`);
    }
    return { figures: `100 at once, one done; ${said.join('; ')}`, faults };
  },
};
