// Audits a running server against GraphQL over HTTP and fails on any error or warning.
// Usage: node scripts/gqlaudit.mjs http://127.0.0.1:8100/graphql
import { auditServer } from 'graphql-http';

const url = process.argv[2] ?? (process.env['OD100_TEST_URL'] ? `${process.env['OD100_TEST_URL']}/graphql` : undefined);
if (!url) {
  console.error('name the address of the API');
  process.exit(2);
}
const results = await auditServer({ url, fetchFn: fetch });
const counts = {};
for (const result of results) {
  counts[result.status] = (counts[result.status] ?? 0) + 1;
  if (result.status === 'ok') continue;
  console.log(`${result.status} ${result.id} ${result.name}: ${String(result.reason).slice(0, 200)}`);
}
console.log(JSON.stringify(counts));
process.exit(results.length > 0 && results.every((result) => result.status === 'ok') ? 0 : 1);
