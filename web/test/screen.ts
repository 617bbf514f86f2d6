// What the modules of a screen need where there is no browser: an address, and the texts of the interface.
import { register } from 'node:module';

const hook = `
import { readFileSync } from 'node:fs';
const OF = 'virtual:texts/';
export function resolve(name, context, next) {
  return name.startsWith(OF) ? { url: name, shortCircuit: true } : next(name, context);
}
export function load(url, context, next) {
  if (!url.startsWith(OF)) return next(url, context);
  const [lang] = url.slice(OF.length).split('/');
  return { format: 'module', shortCircuit: true, source: 'export default ' + readFileSync(new URL(lang + '.json', ${JSON.stringify(new URL('../../locales/', import.meta.url).href)}), 'utf8') };
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
Object.assign(globalThis, {
  location: { pathname: '/explore', search: '?lang=en' },
  // Without a canvas a letter is as wide as an average one.
  document: { documentElement: { lang: 'en' }, createElement: () => ({ getContext: () => null }) },
});

/** Draws in a language from now on. */
export async function speak(lang: 'en' | 'es'): Promise<void> {
  const { address } = await import('../src/navigate.ts');
  const { loadTexts } = await import('../src/i18n.ts');
  await loadTexts(lang, 'explore');
  address.value = { ...address.value, lang };
}
