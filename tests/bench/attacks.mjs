// Queries that must be refused before anything runs, and how long the refusal takes over a real connection. Only the
// body's way through the socket grows with its size; the server stops reading at its limit.
import { request } from 'node:http';

const times = (n, of) => Array.from({ length: n }, (_, i) => of(i)).join('');

/** Fragments that spread one another: `width` to the power of `depth` selections. */
const bomb = (width, depth) =>
  'query{organisation(slug:"a"){...F0}} ' +
  times(depth, i => `fragment F${i} on Organisation{${`...F${i + 1} `.repeat(width)}} `) +
  `fragment F${depth} on Organisation{id}`;

const QUERIES = {
  'fragments: 100^4 spreads': bomb(100, 4),
  'fragments: 2^24 spreads': bomb(2, 24),
  'fragments: 5,000^2 spreads': bomb(5000, 2),
  'fragments in a circle': 'query{organisation(slug:"a"){...A}} fragment A on Organisation{id ...B} fragment B on Organisation{...A}',
  'aliases: 100 of a root field': `{${times(100, i => `a${i}:organisation(slug:"a"){name} `)}}`,
  'aliases: 20,000 of a root field': `{${times(20_000, i => `a${i}:organisation(slug:"a"){name} `)}}`,
  'aliases: 3,000 of __typename in lists': `{organisations(first:100){nodes{datasets(first:100){nodes{${times(3000, i => `a${i}:__typename `)}}}}}}`,
  'directives: 50 on a field': `{__typename ${'@include(if:true) '.repeat(50)}}`,
  'directives: 100,000 on a field': `{__typename ${'@include(if:true) '.repeat(100_000)}}`,
  'depth: 28 levels': `{organisation(slug:"a"){${'datasets(first:1){nodes{users(first:1){nodes{'.repeat(7)}id${'}}}}'.repeat(7)}}}`,
  'depth: 100,000 levels': `{${'a{'.repeat(100_000)}b${'}'.repeat(100_001)}`,
  'nodes: lists of lists of lists': '{organisations(first:100){nodes{datasets(first:100){nodes{users(first:100){nodes{id}}}}}}}',
  'body: 1 MB of comment': `#${'x'.repeat(1_000_000)}\n{__typename}`,
  'body: 100 MB of spaces': `{${' '.repeat(100_000_000)}__typename}`,
  'introspection in circles': '{__schema{types{fields{type{fields{type{fields{type{name}}}}}}}}}',
  'fields: 50,000 unknown': `{${times(50_000, i => `nam${i} `)}}`,
  'operations: 20,000': times(20_000, i => `query q${i}{__typename} `),
};

const BODIES = {
  ...Object.fromEntries(Object.entries(QUERIES).map(([name, query]) => [name, JSON.stringify({ query })])),
  'batch: 100 queries': JSON.stringify(Array.from({ length: 100 }, () => ({ query: '{__typename}' }))),
};

/** Sends a body; milliseconds from its first byte to the whole answer, or to the end of the connection. */
function send(url, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const started = performance.now();
    const sent = request(url, { method: 'POST', headers, agent: false }, answer => {
      let text = '';
      answer.on('data', part => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, text, ms: performance.now() - started }));
      answer.on('error', reject);
    });
    // The server answers and closes while a large body is still on its way; then the answer may be lost with it.
    const cut = error => {
      const ms = performance.now() - started;
      if (['EPIPE', 'ECONNRESET'].includes(error.code)) resolve({ status: 'closed', text: '', ms });
      else reject(error);
    };
    sent.on('error', cut);
    sent.on('socket', socket => socket.on('error', cut));
    sent.end(body);
  });
}

/** The median of five refusals of each attack; throws when one is answered. */
export async function attacks(url) {
  const rows = [];
  for (const [name, body] of Object.entries(BODIES)) {
    const took = [];
    let last;
    for (let i = 0; i < 5; i++) {
      last = await send(url, body);
      took.push(last.ms);
      if (last.status !== 'closed' && last.status < 400 && !JSON.parse(last.text).errors) throw new Error(`${name} was answered: ${last.text.slice(0, 200)}`);
    }
    took.sort((a, b) => a - b);
    const code = last.text.startsWith('{') ? (JSON.parse(last.text).errors?.[0]?.extensions?.code ?? '') : '';
    rows.push({ attack: name, bytes: body.length, status: last.status, code, 'median ms': took[2].toFixed(1), 'most ms': took[4].toFixed(1) });
  }
  return rows;
}
