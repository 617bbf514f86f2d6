// Five entries: the application, which the server mounts over its plain pages, what helps to answer a survey and at the
// desk, the styles of pages that the server draws alone, and the query console, which is a page of its own. The sheet of marks is a sixth, in development (`--mode look`) alone. What
// the server needs to know is in dist/.vite/manifest.json and dist/persisted.json.
import { defineConfig, type Plugin } from 'vite';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { licences } from './tools/licences.mjs';
import { outline } from './tools/outline.mjs';
import { persisted } from './tools/queries.mjs';
import { parted } from './tools/texts.mjs';

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

/** Small outlines of the states of a country, made from the basemap: `virtual:outline/MX`. */
function outlines(): Plugin {
  const prefix = 'virtual:outline/';
  return {
    name: 'od100-outlines',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const country = id.slice(prefix.length + 1);
      const file = here(`../data/geo/${country.toLowerCase()}-states.json`);
      return `export default ${JSON.stringify(outline(country, file))};`;
    },
  };
}

/** Texts of a language, as much as a screen needs: `virtual:texts/es/common`. */
function partedTexts(): Plugin {
  const prefix = 'virtual:texts/';
  return {
    name: 'od100-parted-texts',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const [lang = '', part = ''] = id.slice(prefix.length + 1).split('/');
      const file = here(`../locales/${lang}.json`);
      this.addWatchFile(file);
      const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      return `export default ${JSON.stringify(parted(texts, here('src'))[part])};`;
    },
  };
}

/** The licences of everything that is bundled, in one file that the footer links to. */
function licenceFile(): Plugin {
  return {
    name: 'od100-licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licences(modules, ['@fontsource-variable/source-sans-3', '@fontsource-variable/source-serif-4'].map((name) => here(`node_modules/${name}`))) });
    },
  };
}

/** The query console brings its fonts inside its styles, where the content policy does not let them load. */
function noInlineFonts(): Plugin {
  return {
    name: 'od100-no-inline-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.css') || !id.includes('node_modules')) return null;
      return code.includes('url(data:font') ? { code: code.replace(/@font-face\s*\{[^}]*url\(data:font[^}]*\}/g, ''), map: null } : null;
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [partedTexts(), persistedQueries(), outlines(), licenceFile(), noInlineFonts()],
  build: {
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    // A data: font or picture would need a wider content policy than the server grants.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000,
    rollupOptions: {
      // What every profile has, in one file: many small ones compress worse than their sum.
      output: { advancedChunks: { groups: [{ name: 'preact', test: /node_modules[\\/]@?preact[\\/]/, priority: 1 }, { name: 'profile', test: /src[\\/](?:anchor\.ts|names\.ts|widgets[\\/](?:bars|copy|crumb|figure|grades|headline|longest|marks|missing|moved|orglist|outline|scroll|sectors|stats|takeaway|tally|ways|where)\.tsx?)$/ }] } },
      // The query console's packages mark their modules for a framework that is not used here.
      onLog: (level, log, next) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
      },
      input: mode === 'look' ? { look: here('look.html') } : { app: here('src/main.tsx'), answer: here('src/answer/main.ts'), drawn: here('src/drawn.ts'), desk: here('src/desk/main.ts'), graphiql: here('graphiql.html') },
    },
  },
  // The query console brings workers that cannot be bundled ahead; in development it is the server's.
  optimizeDeps: { entries: ['index.html', 'look.html'] },
  server: {
    port: 8101,
    fs: { allow: [here('..')] },
    proxy: { '/graphql': process.env['OD100_API'] ?? 'http://127.0.0.1:8100' },
  },
}));
