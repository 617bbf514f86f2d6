// The letters that a server of the tests has written into a folder.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of all letters there, written since a moment (ms). Files that are still being written are hidden ones. */
export function letters(folder, since = 0) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml')).map((name) => join(folder, name));
  return files.filter((file) => statSync(file).mtimeMs >= since).map((file) => readFileSync(file, 'utf8').replaceAll('=\r\n', '').replaceAll('=3D', '='));
}

/** What a pattern matches in the first letter that holds it and the words, once there is one; waits half a minute. */
export async function awaited(folder, pattern, { words = '', since = 0 } = {}) {
  for (let tries = 0; tries < 150; tries += 1) {
    for (const text of letters(folder, since)) {
      const found = text.includes(words) && pattern.exec(text);
      if (found) return found;
    }
    await new Promise((done) => { setTimeout(done, 200); });
  }
  throw new Error(`no letter with ${words} ${pattern} has come to ${folder}`);
}
