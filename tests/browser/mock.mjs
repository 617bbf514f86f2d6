// A small stand-in for the server: schema.graphql answered from a fictional record, and the built
// frontend with the content policy of the real one. For work on the frontend without a database;
// the journeys run against the real server.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { record } from './mock-record.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { buildSchema, graphql } = createRequire(join(root, 'web/package.json'))('graphql');
const dist = join(root, 'web/dist');
const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml', '.ttf': 'font/ttf' };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/** Starts on `port` (0: any) and answers with its address. */
export function serve(port = 0) {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
  const queries = JSON.parse(readFileSync(join(dist, 'persisted.json'), 'utf8'));
  const entry = manifest['src/main.tsx'];
  const server = createServer((request, response) => {
    answer(request, response, { entry, queries }).catch((error) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error.stack));
    });
  });
  // A server may have the console switched off; the mock has it.
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
  });
}

async function answer(request, response, { entry, queries }) {
  const url = new URL(request.url, 'http://x');
  if (url.pathname === '/graphql') return ask(request, response, url, queries);
  if (url.pathname === '/graphiql') {
    response.writeHead(200, { 'content-type': TYPES['.html'], 'content-security-policy': POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") }).end(readFileSync(join(dist, 'graphiql.html')));
    return undefined;
  }
  const file = join(dist, url.pathname);
  if (/^\/(?:assets\/.|favicon|licences)/.test(url.pathname) && existsSync(file)) {
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(readFileSync(file));
    return undefined;
  }
  const lang = url.searchParams.get('lang') ?? (request.headers['accept-language']?.startsWith('en') ? 'en' : 'es');
  const css = (entry.css ?? []).map((one) => `<link rel="stylesheet" href="/${one}">`).join('');
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY });
  response.end(`<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Open Data 100</title><link rel="icon" href="/favicon.svg">${css}</head><body><div id="app"><main><h1>Open Data 100</h1></main></div><script type="module" src="/${entry.file}"></script></body></html>`);
  return undefined;
}

async function ask(request, response, url, queries) {
  let source;
  let variableValues;
  if (request.method === 'GET') {
    source = queries[url.searchParams.get('id')];
    variableValues = JSON.parse(url.searchParams.get('variables') ?? '{}');
  } else {
    const parts = [];
    for await (const part of request) parts.push(part);
    ({ query: source, variables: variableValues } = JSON.parse(Buffer.concat(parts)));
  }
  const result = source
    ? await graphql({ schema, source, variableValues, rootValue: record(url.searchParams.get('lang') ?? 'es'), typeResolver: (value) => value.__typename })
    : { errors: [{ message: 'unknown query', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };
  if (result.errors && source) console.error(JSON.stringify(result.errors.slice(0, 2)));
  response.writeHead(source ? 200 : 400, { 'content-type': 'application/graphql-response+json' }).end(JSON.stringify(result));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.env.PORT ?? 8102));
  console.log(url);
}
