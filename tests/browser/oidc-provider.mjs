// A provider of identities in a process of its own. Usage: node oidc-provider.mjs ISSUER REDIRECT_ADDRESS
// Its people are called by their address: who signs in as `ana@example.org` has that address, and it is verified.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));
const { Provider } = await import(require.resolve('oidc-provider'));
const [issuer, back] = process.argv.slice(2);
const provider = new Provider(issuer, {
  clients: [{ client_id: 'od100', client_secret: 'a secret of the tests', redirect_uris: [back] }],
  cookies: { keys: ['of the tests'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: `person:${id}`, email: id, email_verified: !id.startsWith('unverified') }) }),
  pkce: { required: () => true },
});
const { hostname, port } = new URL(issuer);
provider.listen(Number(port), hostname, () => console.log('listening'));
