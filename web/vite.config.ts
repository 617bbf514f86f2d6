// Two entries: the application, which the server mounts over its plain pages, and the query
// console, which is a page of its own. What the server needs to know is in dist/.vite/manifest.json
// and dist/persisted.json.
import { defineConfig, type Plugin } from 'vite';
import { fileURLToPath } from 'node:url';
import { persisted } from './tools/queries.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Writes the queries that may be asked for by their hash beside the files that ask. */
function persistedQueries(): Plugin {
  return {
    name: 'od100-persisted-queries',
    apply: 'build',
    generateBundle() {
      const source = JSON.stringify(persisted(here('src/queries')), null, 1) + '\n';
      this.emitFile({ type: 'asset', fileName: 'persisted.json', source });
    },
  };
}

export default defineConfig({
  plugins: [persistedQueries()],
  build: {
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    // A data: font or picture would need a wider content policy than the server grants.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000,
    rollupOptions: {
      input: { app: here('src/main.tsx'), graphiql: here('graphiql.html') },
    },
  },
  server: {
    port: 8101,
    fs: { allow: [here('..')] },
    proxy: { '/graphql': process.env['OD100_API'] ?? 'http://127.0.0.1:8100' },
  },
});
