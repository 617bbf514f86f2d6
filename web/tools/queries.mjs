// Reads the query documents of the frontend. A document's text, with the fragments that it spreads,
// is what its hash names, so this file is the only place that puts the two together.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, visit } from 'graphql';

/** The operations under `folder`, by name: text, hash, parsed document. */
export function operations(folder) {
  const fragments = new Map();
  const found = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.graphql')).sort()) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const definition of parse(text).definitions) {
      const source = text.slice(definition.loc.start, definition.loc.end);
      if (definition.kind === 'FragmentDefinition') {
        if (fragments.has(definition.name.value)) throw new Error(`${file}: fragment ${definition.name.value} is defined twice`);
        fragments.set(definition.name.value, { source, definition });
      } else if (definition.kind === 'OperationDefinition' && definition.name) {
        found.push({ name: definition.name.value, file, source, definition });
      } else {
        throw new Error(`${file}: each operation needs a name`);
      }
    }
  }
  return found.map((operation) => {
    const used = new Map();
    collect(operation.definition, fragments, used);
    const text = [operation.source, ...[...used.keys()].sort().map((name) => used.get(name).source)].map(squeeze).join('\n');
    return { name: operation.name, file: operation.file, text, id: createHash('sha256').update(text).digest('hex'), document: parse(text) };
  });
}

/** What the server embeds: the hash of each query and its text. */
export function persisted(folder) {
  return Object.fromEntries(operations(folder).map(({ id, text }) => [id, text]));
}

function collect(node, fragments, used) {
  visit(node, {
    FragmentSpread(spread) {
      const name = spread.name.value;
      if (used.has(name)) return;
      const fragment = fragments.get(name);
      if (!fragment) throw new Error(`no fragment is called ${name}`);
      used.set(name, fragment);
      collect(fragment.definition, fragments, used);
    },
  });
}

/** Drops what only the reader of the file needs. */
function squeeze(text) {
  return text.replace(/#[^\n"]*$/gm, '').replace(/\s+/g, ' ').trim();
}
