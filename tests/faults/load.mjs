// Writers over the real write path, and the memory of what they were told: answers saved through the forms of answer
// links, and accounts made through the desk. What was acknowledged has to be there afterwards.
import { keep, request, sleep } from './wire.mjs';
import { PASSWORD } from './site.mjs';

const OURS = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
/** Questions of the instrument that take any line; each of each link is a register. */
const QUESTIONS = ['name', 'locality', 'example'];

/** Saves an answer; the answer of the server. */
export async function save(site, { agent, link, form, question, text, timeout }) {
  const body = new URLSearchParams({ form, [`s.${question}`]: '1', [`q.${question}`]: text, go: 'next' }).toString();
  return request(site.port, 'POST', `/answer/${link}/step/all`, { agent, headers: OURS, body, timeout });
}

/** The value that the forms of a link repeat. */
export async function formOf(site, link, agent) {
  for (let tries = 0; tries < 200; tries += 1) {
    const page = await request(site.port, 'GET', `/answer/${link}/step/name`, { agent });
    const form = /name="form" value="([^"]+)"/.exec(page.text)?.[1];
    if (form) return form;
    await sleep(25);
  }
  throw new Error('an answer link shows no form');
}

/** The cookie of the administrator. */
export async function signIn(site) {
  const query = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }';
  const variables = { input: { email: 'root@example.org', password: PASSWORD } };
  const answer = await graphql(site, '/graphql', { query, variables });
  const cookie = (answer.headers['set-cookie'] ?? []).map(line => line.split(';')[0]).find(pair => /^od100=/.test(pair));
  if (!cookie) throw new Error(`the administrator cannot sign in: ${answer.status} ${answer.text}`);
  return cookie;
}

export function graphql(site, path, { query, variables, cookie, agent, timeout }) {
  const headers = { 'content-type': 'application/json', 'x-od100-csrf': '1', 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) };
  return request(site.port, 'POST', path, { agent, headers, body: JSON.stringify({ query, variables }), timeout });
}

const CREATE = 'mutation($input: AccountCreateInput!) { accountCreate(input: $input) { account { id } userErrors { code message } } }';

/** Makes an account; the answer, whose `account` is its id where it was made. */
export async function createAccount(site, { cookie, agent, email, key, timeout }) {
  const variables = { input: { email, displayName: 'A person', idempotencyKey: key } };
  const answer = await graphql(site, '/graphql/desk', { query: CREATE, variables, cookie, agent, timeout });
  try { answer.account = JSON.parse(answer.text).data?.accountCreate?.account?.id; } catch { /* no answer */ }
  return answer;
}

export class Load {
  /** `writers` who save answers and, with `desk`, one more who makes accounts. */
  constructor(site, chance, { writers = 4, desk = true } = {}) {
    Object.assign(this, { site, chance, writers, desk, clock: 0, forms: new Map() });
    this.tried = new Map(); this.saved = new Map(); this.accounts = new Set();
    this.acked = 0; this.codes = {}; this.took = []; this.lastOk = 0; this.running = []; this.isOver = false;
  }

  begin({ pause = 0 } = {}) {
    this.isOver = false;
    const share = i => this.site.links.filter((_, n) => n % this.writers === i);
    this.running = Array.from({ length: this.writers }, (_, i) => this.writer(share(i), i, pause));
    if (this.desk) this.running.push(this.clerk(pause));
  }

  async end() {
    this.isOver = true;
    await Promise.all(this.running);
    this.running = [];
  }

  count(answer) {
    this.codes[answer.status] = (this.codes[answer.status] ?? 0) + 1;
    if (answer.status) this.took.push(answer.took);
  }

  /** One save of one register; its number grows, so that an older value is known to be older. */
  async once(link, agent, timeout) {
    const question = this.chance.pick(QUESTIONS);
    const register = `L${this.site.links.indexOf(link)} ${question}`;
    if (!this.forms.has(link)) this.forms.set(link, await formOf(this.site, link, agent));
    const number = (this.clock += 1);
    this.tried.set(register, number);
    const text = `${register.split(' ')[0]} N${number}`;
    const answer = await save(this.site, { agent, link, form: this.forms.get(link), question, text, timeout });
    this.count(answer);
    if (answer.status === 303) {
      this.saved.set(register, number);
      this.acked += 1;
      this.lastOk = performance.now();
    }
    return answer;
  }

  async writer(links, index, pause) {
    const agent = keep();
    while (!this.isOver) {
      try {
        const answer = await this.once(this.chance.pick(links), agent);
        if (answer.status !== 303) await sleep(5);
      } catch { await sleep(10); }
      if (pause) await sleep(pause);
    }
    agent.destroy();
  }

  async clerk(pause) {
    const agent = keep();
    while (!this.isOver) {
      this.cookie ??= await signIn(this.site).catch(() => undefined);
      if (!this.cookie) { await sleep(20); continue; }
      const email = `made${(this.clock += 1)}@example.org`;
      const answer = await createAccount(this.site, { cookie: this.cookie, agent, email, key: email });
      this.count(answer);
      if (answer.account && answer.status === 200) {
        this.accounts.add(email);
        this.acked += 1;
        this.lastOk = performance.now();
      } else await sleep(5);
      if (pause) await sleep(pause);
    }
    agent.destroy();
  }

  /** What `record` lacks of what was acknowledged, and what it holds that nobody can have written. */
  judge(record) {
    let lost = 0, strange = 0;
    for (const [register, number] of this.saved) if ((record.drafts.get(register) ?? 0) < number) lost += 1;
    for (const [register, number] of record.drafts) if (number > (this.tried.get(register) ?? 0)) strange += 1;
    for (const email of this.accounts) if (!record.accounts.has(email)) lost += 1;
    return { lost, strange };
  }
}
