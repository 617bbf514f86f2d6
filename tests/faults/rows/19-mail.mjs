// A mail server that misbehaves: it hangs up, is busy, refuses, says nothing, or goes away when it has the letter. Each
// letter arrives once or is marked, and answers are saved meanwhile.
import { createServer } from 'node:net';
import { createAccount, formOf, save, signIn } from '../load.mjs';
import { rows } from '../record.mjs';
import { Site, freePort } from '../site.mjs';
import { keep, sleep } from '../wire.mjs';
import { movedClock } from '../clock.mjs';

/** What becomes of the first attempt to send to an address; later ones succeed. */
const MOODS = ['good', 'good', 'hangs up', 'busy', 'busy', 'refuses', 'gone with the letter', 'gone before the letter'];

function mailServer(port, chance, silences) {
  const state = { taken: new Map(), maybe: new Map(), moods: new Map(), seen: new Map(), sockets: new Set() };
  const server = createServer(socket => {
    let to, body, isBody = false, buffer = '', mood = 'good';
    state.sockets.add(socket);
    socket.on('close', () => state.sockets.delete(socket));
    socket.on('error', () => {});
    const say = line => socket.write(`${line}\r\n`);
    say('220 trial');
    socket.on('data', bytes => {
      buffer += bytes.toString('latin1');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (isBody) {
          if (line !== '.') { body += line; continue; }
          isBody = false;
          const count = map => map.set(to, (map.get(to) ?? 0) + 1);
          if (mood === 'gone with the letter') { count(state.maybe); socket.destroy(); return; }
          count(state.taken);
          say('250 taken');
        } else if (/^(EHLO|HELO)/.test(line)) say('250 trial');
        else if (/^MAIL/.test(line)) say('250 ok');
        else if (/^RCPT/.test(line)) {
          to = /<([^>]+)>/.exec(line)[1];
          const times = (state.seen.get(to) ?? 0) + 1;
          state.seen.set(to, times);
          mood = times > 1 ? 'good' : silences.left > 0 && chance.next() < 0.1 ? (silences.left -= 1, 'says nothing') : chance.pick(MOODS);
          if (times === 1) state.moods.set(to, mood);
          if (mood === 'hangs up') { socket.destroy(); return; }
          if (mood === 'says nothing') return;
          say(mood === 'busy' ? '451 later' : mood === 'refuses' ? '550 nobody of that name' : '250 ok');
        } else if (/^DATA/.test(line)) {
          if (mood === 'gone before the letter') { socket.destroy(); return; }
          isBody = true; body = '';
          say('354 go on');
        } else if (/^QUIT/.test(line)) { say('221 bye'); socket.end(); }
        else say('250 ok');
      }
    });
  }).listen(port, '127.0.0.1');
  state.close = () => { server.close(); state.sockets.forEach(socket => socket.destroy()); };
  return state;
}

export const row = {
  async run({ home, chance, size }) {
    const clock = movedClock(home, 'without it the pauses between attempts take an hour, and tests/it/outbox.rs moves the program\'s own clock');
    const count = size(24, 100), port = await freePort();
    const site = new Site(home).prepare(2);
    let ahead = 0;
    const later = seconds => clock.at((ahead += seconds));
    // Nobody listens yet: the first attempts of all find nobody.
    await site.start({ program: clock.program, extra: { OD100_MAIL: `smtp://127.0.0.1:${port}?tls=none`, ...clock.extra } });
    const cookie = await signIn(site), agent = keep(), faults = [];
    for (let n = 0; n < count; n += 1) {
      const made = await createAccount(site, { cookie, agent, email: `reader${n}@example.org`, key: `reader ${n}` });
      if (!made.account) throw new Error(`no account was made: ${made.status} ${made.text}`);
    }
    const form = await formOf(site, site.links[0], agent);
    const server = mailServer(port, chance, { left: size(1, 3) });
    const open = () => Number(rows(site, "select count(*) from outbox_message where status in ('waiting', 'sending') and recipient is null")[0][0]);
    let saves = 0, worst = 0;
    for (const until = Date.now() + size(90_000, 400_000); open() > 0 && Date.now() < until;) {
      later(45);
      const saved = await save(site, { agent, link: site.links[0], form, question: 'example', text: `L0 N${(saves += 1)}` });
      if (saved.status !== 303) faults.push(`a save meanwhile is answered ${saved.status}`);
      worst = Math.max(worst, saved.took);
      await sleep(500);
    }
    const found = rows(site, "select a.email, m.status from outbox_message m join account a on a.id = m.account_id where a.email like 'reader%'");
    if (found.length !== count) faults.push(`${found.length} letters of ${count}`);
    const sums = {};
    for (const [email, status] of found) {
      const [taken, maybe] = [server.taken.get(email) ?? 0, server.maybe.get(email) ?? 0];
      sums[status] = (sums[status] ?? 0) + 1;
      const mood = server.moods.get(email);
      if (taken + maybe > 1) faults.push(`${mood}: a letter has gone out ${taken + maybe} times`);
      if (status === 'sent' && taken !== 1) faults.push(`${mood}: marked as sent, taken ${taken} times`);
      if (status === 'failed' && taken + maybe) faults.push(`${mood}: marked as failed, and taken`);
      if (status === 'unknown' && !maybe) faults.push(`${mood}: marked as unknown though the letter was never out`);
      if (maybe && status !== 'unknown') faults.push(`${mood}: nobody knows whether it arrived, and it is marked as ${status}`);
      if (mood === 'refuses' && status !== 'failed') faults.push(`a refused letter is marked as ${status}`);
      if (['waiting', 'sending'].includes(status)) faults.push(`${mood}: still ${status}`);
    }
    faults.push(...site.complaints());
    server.close();
    agent.destroy();
    await site.stop();
    return { figures: `${count} letters to a server that misbehaves: ${JSON.stringify(sums)}, none twice; ${saves} saves meanwhile, the slowest ${worst.toFixed(0)} ms`, faults };
  },
};
