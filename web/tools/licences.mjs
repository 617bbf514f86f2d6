// The licence texts of the packages in a bundle, for the notice that most of them ask for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One text: each package with version, licence and licence file. `folders` are added as they are. */
export function licences(modules, folders) {
  const found = new Set(folders);
  for (const id of modules) {
    const match = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replace(/^\0+/, ''));
    if (match) found.add(match[1]);
  }
  return [...found].filter((folder) => existsSync(join(folder, 'package.json'))).map(entry).sort((a, b) => (a < b ? -1 : 1)).join(`\n${'-'.repeat(72)}\n\n`);
}

function entry(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^(?:licen[cs]e|copying)/i.test(one));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version} (${license ?? 'see below'})\n\n${text}\n`;
}
