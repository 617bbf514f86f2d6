// Every letter that can be had from a server with something to see behind every door, in both languages, and each as a
// program for letters shows it. What a letter says is plain text; it is shown in the reader's own typeface.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { open } from './browser.mjs';
import { signedIn } from './desk-world.mjs';
import { STEP, codeOf } from './totp.mjs';

const PASSWORD = 'cuatro palabras que riman';
/** Who reads letters in each language; nobody else has an account in English. */
const READERS = { es: ['lea', 'Lea Ríos'], en: ['liz', 'Liz Rivers'] };
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** What a header or a body says, once it is decoded. */
const words = (bytes) => new TextDecoder().decode(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0)));
const printable = (text) => words(text.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))));
const header = (text) => text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, code) => Buffer.from(code, 'base64').toString('utf8'));

/** The letters in a folder, oldest first. */
function letters(folder) {
  return readdirSync(folder).filter((name) => name.endsWith('.eml')).sort().map((name) => {
    const raw = readFileSync(join(folder, name), 'latin1');
    const [head, ...rest] = raw.split('\r\n\r\n');
    const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
    const of = (field) => header(lines.find((line) => line.toLowerCase().startsWith(`${field}: `))?.slice(field.length + 2) ?? '');
    const body = rest.join('\r\n\r\n');
    const coded = /transfer-encoding: base64/i.test(head) ? Buffer.from(body, 'base64').toString('utf8') : printable(body);
    return { from: of('from'), to: of('to'), subject: of('subject'), text: coded };
  });
}

/** Sends what a visitor or an account asks for by letter. */
async function provoke(made, lang) {
  const [who, name] = READERS[lang];
  made.run(['user', 'create', `${who}@example.org`, '--name', name, '--lang', lang, '--password'], `${PASSWORD}\n`);
  made.run(['user', 'grant', `${who}@example.org`, 'agency_liaison', '--publisher', made.body.slug, '--reason', 'Se le encargó el trabajo de 2026']);
  const visitor = await open(made.browser, made.url, { lang });
  await visitor.page.goto(`${made.url}/sign-in?lang=${lang}`);
  const link = visitor.page.locator('form:not(:has(input[name="password"]))').first();
  await link.locator('input[name="email"]').fill(`${who}@example.org`);
  await link.locator('button').click();
  await visitor.page.waitForLoadState();
  await visitor.page.goto(`${made.url}/sign-up?lang=${lang}`);
  await visitor.page.locator('input[name="email"]').fill(`new-${lang}@example.org`);
  await visitor.page.locator('main form button').first().click();
  await visitor.page.waitForLoadState();
  await visitor.page.goto(`${made.url}/join/${made.wave}?lang=${lang}`);
  await visitor.page.locator('[name=name]').fill(lang === 'es' ? 'Trenes Puntuales' : 'Punctual Trains');
  await visitor.page.locator('[name=contact]').fill(name);
  await visitor.page.locator('[name=email]').fill(`trains-${lang}@example.org`);
  // Nobody fills a form in at once.
  await pause(4500);
  await visitor.page.locator('main form button').first().click();
  await visitor.page.waitForLoadState();
  await visitor.close();
  const own = await signedIn(made, who, { lang });
  const factor = await secondFactor(own.page, made.url, lang);
  await own.close();
  return factor;
}

/** Sets a second factor up; the key, and the step whose code was used. */
export async function secondFactor(page, url, lang, seen = async () => {}) {
  await page.goto(`${url}/account/second-factor?lang=${lang}`);
  await page.locator('form[action*="/begin"] button').click();
  const key = await page.locator('code.seed').innerText();
  await seen('offer');
  const at = Date.now();
  await page.locator('input[autocomplete="one-time-code"]').first().fill(codeOf(key, at));
  await page.locator('form[action*="/confirm"] button').click();
  await page.locator('ol.codes').waitFor();
  await seen('codes');
  await page.locator('a.btn.main').click();
  await page.waitForURL(/\/account/);
  return { key, next: () => codeOf(key, at + STEP) };
}

/** Reminders, a question about a proposal, a request for data that was passed on, and somebody who asks to speak. */
async function work(made) {
  const cura = await signedIn(made, 'cura');
  await cura.page.goto(`${made.url}/desk/review?kind=organisation`);
  await cura.page.locator('main a[href^="/desk/review/"]').first().click();
  await cura.page.locator('textarea[name=reason]').first().fill('¿Desde qué año avisan a las escuelas?');
  await cura.page.locator('[name=action][value=ask]').click();
  await cura.page.waitForURL(/said=asked/);
  await cura.close();
  const rosa = await signedIn(made, 'rosa');
  await rosa.page.goto(`${made.url}/desk/studies`);
  await rosa.page.locator('main a[href^="/desk/studies/"]').first().click();
  await rosa.page.locator('main a[href^="/desk/waves/"]').first().click();
  const wave = new URL(rosa.page.url()).pathname;
  await rosa.page.goto(`${made.url}${wave}/invite`);
  await rosa.page.locator('textarea').fill('name,email,contact,website,lang\nAgua Clara,agua@example.org,Inés Mora,,es\nClear Water,water@example.org,Ines Moor,,en');
  await rosa.page.locator('main form button.main').first().click();
  await rosa.page.waitForURL(/preview/);
  await rosa.page.locator('main form button.main').first().click();
  await rosa.page.waitForLoadState();
  await rosa.page.goto(`${made.url}${wave}/reminders`);
  await rosa.page.locator('main form button.main').click();
  await rosa.page.waitForURL(/said=reminded/);
  await rosa.close();
  const coco = await signedIn(made, 'coco');
  await coco.page.goto(`${made.url}/desk/takeover?of=/organisations/${made.organisations[0].slug}`);
  await coco.page.locator('[name=proof][value=curator]').check();
  await coco.page.locator('textarea[name=note]').fill('Dirijo el área de datos; mi nombre está en su página.');
  await coco.page.locator('[name=action][value=begin]').click();
  await coco.page.waitForLoadState();
  await coco.close();
  const cleo = await signedIn(made, 'cleo');
  await cleo.page.goto(`${made.url}/desk/representatives`);
  await cleo.page.locator('[name=reason]').first().fill('La página de la organización la nombra.');
  await cleo.page.locator('[name=verdict][value=grant]').first().click();
  await cleo.page.waitForLoadState();
  await cleo.close();
  made.run(['letters', 'requests']);
  made.run(['letters', 'digest']);
}

/** The letters of each kind that there is, one in each language that it came in. */
export async function everyLetter(made) {
  for (const lang of ['es', 'en']) await provoke(made, lang);
  await work(made);
  // The server sends what is posted within seconds.
  for (let tries = 0, before = -1; tries < 30; tries += 1) {
    await pause(2000);
    const now = letters(made.mail).length;
    if (now === before && tries > 4) break;
    before = now;
  }
  const bare = (text) => text.replace(/\S*@\S*|https?:\S+|[A-ZÁÉÍÓÚÑ][\wáéíóúñ]*/g, '').replace(/\W+/g, ' ');
  const kinds = new Map();
  for (const one of letters(made.mail)) kinds.set(bare(`${one.subject} ${one.text}`), one);
  return [...kinds.values()];
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A letter as a program for letters shows it. */
export const shown = ({ from, to, subject, text }) => `<!doctype html><html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title><style>
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; } main { max-width: 42rem; margin: 0 auto; padding: 16px; } h1 { font-size: 20px; margin: 0 0 8px; } p { margin: 0; color: #555; font-size: 14px; } pre { margin: 16px 0 0; padding-top: 16px; border-top: 1px solid #ccc; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
</style><main><h1>${escaped(subject)}</h1><p>${escaped(from)}</p><p>${escaped(to)}</p><pre>${escaped(text)}</pre></main></html>`;
