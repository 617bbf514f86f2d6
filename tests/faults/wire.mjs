// HTTP as the rows need it: one connection kept by each writer, a time limit, and no exception for a server that
// went away: that is an answer with the status 0.
import http from 'node:http';

export const sleep = ms => new Promise(done => { setTimeout(done, ms); });

/** One request; `status` 0 means that no answer came. */
export function request(port, method, path, { agent, headers = {}, body, timeout = 10_000 } = {}) {
  return new Promise(resolve => {
    const began = performance.now();
    const done = (status, answer, text = '') => resolve({ status, headers: answer?.headers ?? {}, text, took: performance.now() - began });
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = http.request({ host: '127.0.0.1', port, method, path, agent, headers: { ...headers, ...length }, timeout }, answer => {
      const parts = [];
      answer.on('data', part => parts.push(part));
      answer.on('end', () => done(answer.statusCode, answer, Buffer.concat(parts).toString()));
      answer.on('error', () => done(0));
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => done(0));
    sent.end(body);
  });
}

/** A connection that is used again. */
export const keep = () => new http.Agent({ keepAlive: true, maxSockets: 1 });

/** The value at a share of sorted numbers, such as 0.99. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] : 0;
}
