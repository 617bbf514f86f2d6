// The load generator: wrk, from Debian's package of that name.
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** Installs wrk through apt when it is missing, or stops with a sentence. */
export function needWrk() {
  if (spawnSync('sh', ['-c', 'command -v wrk']).status === 0) return;
  console.error('installing wrk');
  if (spawnSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends wrk >/dev/null'], { stdio: 'inherit' }).status !== 0) {
    console.error('make bench needs wrk: install the package wrk and run again');
    process.exit(1);
  }
}

const ms = text => { const [, n, unit] = /([\d.]+)(us|ms|s)/.exec(text); return Number(n) * { us: 0.001, ms: 1, s: 1000 }[unit]; };

/** Drives one address from one thread over 8 connections; a body makes it a JSON POST. */
export function wrk(home, url, { seconds, body }) {
  const args = ['-t1', '-c8', `-d${Math.round(seconds)}s`, '--latency'];
  if (body) {
    const script = path.join(home, 'post.lua');
    writeFileSync(script, `wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = ${lua(body)}\n`);
    args.push('-s', script);
  }
  return new Promise((resolve, reject) => {
    let out = '';
    const child = spawn('wrk', [...args, url]);
    child.stdout.on('data', d => (out += d));
    child.once('exit', () => {
      const failed = /Non-2xx or 3xx responses: (\d+)/.exec(out);
      if (failed) return reject(new Error(`${url}: ${failed[0]}`));
      resolve({
        requests: Number(/(\d+) requests in/.exec(out)[1]),
        rate: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1])),
        p50: ms(/^\s+50%\s+(\S+)/m.exec(out)[1]).toFixed(2) + ' ms',
        p99: ms(/^\s+99%\s+(\S+)/m.exec(out)[1]).toFixed(2) + ' ms',
      });
    });
  });
}

const lua = text => {
  let level = 0;
  while (text.includes(']' + '='.repeat(level) + ']')) level++;
  return `[${'='.repeat(level)}[${text}]${'='.repeat(level)}]`;
};
