// Thousands of connections that say nothing, or half of what they want: all are closed in time, and whoever does speak
// is answered meanwhile.
import { connect } from 'node:net';
import { readFileSync } from 'node:fs';
import { memoryKb } from '../../bench/proc.mjs';
import { Site } from '../site.mjs';
import { Skip } from '../skip.mjs';
import { quantile, request, sleep } from '../wire.mjs';

const PARTS = ['', 'GET / HT', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: b', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{'];
const memory = pid => memoryKb(pid) / 1_024;

export const row = {
  isQuick: true,
  async run({ home, chance, size }) {
    const many = size(1_000, 10_000, 400), patience = 15_000;
    const files = Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))[1]);
    if (files < many * 1.5) throw new Skip(`this process may open ${files} files; ulimit -n ${many * 2} before it`);
    const site = new Site(home).prepare(1);
    await site.start({ extra: { OD100_CONNECTIONS_PER_ADDRESS: '64' } });
    const before = memory(site.child.pid);
    let open = 0, refused = 0, most = before;
    const began = performance.now();
    let last = began;
    const sockets = Array.from({ length: many }, (_, n) => {
      // Addresses of their own: one address has a limit of its own.
      const socket = connect({ port: site.port, host: '127.0.0.1', localAddress: `127.0.${2 + Math.floor(n / 200) % 50}.${1 + n % 200}` });
      open += 1;
      socket.on('connect', () => socket.write(chance.pick(PARTS)));
      socket.on('error', () => { refused += 1; });
      socket.on('data', () => {});
      socket.on('close', () => { open -= 1; last = performance.now(); });
      return socket;
    });
    const took = [], faults = [];
    while (open > 0 && performance.now() - began < patience) {
      const answer = await request(site.port, 'GET', '/', { timeout: 5_000 });
      if (answer.status !== 200) faults.push(`a reader is answered ${answer.status}`);
      took.push(answer.took);
      most = Math.max(most, memory(site.child.pid));
      await sleep(50);
    }
    if (open) faults.push(`${open} of ${many} connections are still open after ${patience / 1_000} s`);
    sockets.forEach(socket => socket.destroy());
    if (most > 300) faults.push(`the server grew to ${most.toFixed(0)} MB`);
    faults.push(...site.complaints());
    await site.stop();
    return { figures: `${many} connections, the last closed after ${((last - began) / 1_000).toFixed(1)} s (${refused} with an error); readers meanwhile p50 ${quantile(took, 0.5).toFixed(0)} ms, p99 ${quantile(took, 0.99).toFixed(0)} ms; memory ${before.toFixed(0)} to ${most.toFixed(0)} MB`, faults };
  },
};
