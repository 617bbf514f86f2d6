// Pictures of every page behind the sign-in and of every form that the server draws, in both languages, both themes and
// both widths, into web/shots/desk. It starts a server of its own on the development binary. Words name the pages that
// are wanted; OD100_SHOTS the combinations, such as `es-light-390,en-dark-1280`.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, open } from './browser.mjs';
import { letter, signedIn, world } from './desk-world.mjs';

const target = fileURLToPath(new URL('../../web/shots/desk', import.meta.url));
const only = process.argv.slice(2);
const wish = process.env.OD100_SHOTS?.split(',');

/** Where a link of a page leads, without its query. */
async function link(page, selector) {
  const found = await page.locator(selector).first().getAttribute('href', { timeout: 2000 }).catch(() => null);
  return found?.split('?')[0];
}

/** The pages by who sees them; `visitor` has not signed in. */
async function addresses(made) {
  const [organisation] = made.organisations;
  const at = async (who, path, selector) => {
    const { page, close } = await signedIn(made, who);
    await page.goto(`${made.url}${path}`);
    const found = await link(page, selector);
    await close();
    return found;
  };
  const study = await at('rosa', '/desk/studies', 'main a[href^="/desk/studies/"]');
  const wave = study && (await at('rosa', study, 'main a[href^="/desk/waves/"]'));
  const instrument = made.draft;
  const question = instrument && (await at('rosa', instrument, 'main a[href*="/questions/"]'));
  const response = wave && (await at('rosa', wave, 'main a[href^="/desk/responses/"]'));
  const review = async (kind) => at('cura', `/desk/review?kind=${kind}`, 'main a[href^="/desk/review/"]');
  const answer = new URL(made.links[1]).pathname;
  const pages = {
    visitor: {
      'sign-in': '/sign-in', 'sign-up': '/sign-up', report: `/report?about=/organisations/${organisation.slug}`, requests: '/requests', request: await (async () => {
        const { page, close } = await open(made.browser, made.url, { lang: 'es' });
        await page.goto(`${made.url}/requests`);
        const found = await link(page, '.plain a[href^="/requests/"]:not([href*="new"]), main a[href^="/requests/"]:not([href*="new"])');
        await close();
        return found;
      })(),
      'request-new': '/requests/new', history: `/organisations/${organisation.slug}/history`, 'publisher-history': `/publishers/${made.body.slug}/history`,
      feedback: made.dataset && `/datasets/${made.dataset.slug}/feedback`, answer, 'answer-uses': `${answer}/step/uses`, 'answer-organisation': `${answer}/step/organisation`, 'answer-review': `${answer}/review`, join: `/join/${made.wave}`, confirm: await letter(made),
    },
    coco: { 'coco-desk': '/desk', account: '/account', propose: '/desk/propose', 'propose-use': `/desk/propose/use?about=/organisations/${organisation.slug}`, 'propose-organisation': '/desk/propose/organisation', 'propose-correction': `/desk/propose/correction?about=/organisations/${organisation.slug}` },
    olga: { 'olga-desk': '/desk', organisation: '/desk/organisation', 'own-claims': '/desk/claims', 'own-claim': await at('olga', '/desk/claims', 'main a[href^="/desk/claims/"]') },
    rosa: {
      'rosa-desk': '/desk', studies: '/desk/studies', study, wave, register: wave && `${wave}/register`, invite: wave && `${wave}/invite`, reminders: wave && `${wave}/reminders`, outcomes: wave && `${wave}/outcomes`, close: wave && `${wave}/close`,
      instrument, question, preview: instrument && `${instrument}/preview`, response,
    },
    lia: {
      'lia-desk': '/desk', publisher: '/desk/publisher', claims: '/desk/publisher/claims', claim: await at('lia', '/desk/publisher/claims', '.cases h2 a, main a[href^="/desk/publisher/claims/"]'), 'lia-requests': '/desk/requests', 'lia-request': await at('lia', '/desk/requests', 'main a[href^="/desk/requests/"]'),
      'lia-feedback': '/desk/publisher/feedback',
    },
    cura: {
      'cura-desk': '/desk', review: '/desk/review', 'review-decided': '/desk/review?state=decided', 'case-use': await review('use_claim'), 'case-response': await review('response'), 'case-organisation': await review('organisation'), 'case-correction': await review('correction'), 'case-error': await review('error_report'),
      matches: '/desk/matches', match: await at('cura', '/desk/matches', 'main .pairs a'), relations: '/desk/relations', 'every-claim': await at('cura', '/desk/claims', 'main a[href^="/desk/claims/"]'), feedbacks: '/desk/feedback', 'cura-requests': '/desk/requests', 'cura-request': await at('cura', '/desk/requests', 'main a[href^="/desk/requests/"]'),
    },
    ana: { 'ana-desk': '/desk', accounts: '/desk/accounts', contacts: '/desk/accounts/contacts', 'account-one': await at('ana', '/desk/accounts?q=lia', 'main a[href^="/desk/accounts/"]') },
  };
  return pages;
}

const browser = await launch();
if (only.length === 0) rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const made = await world(browser);
let bad = 0;
try {
  const pages = await addresses(made);
  for (const [who, list] of Object.entries(pages)) {
    const wanted = Object.entries(list).filter(([name]) => only.length === 0 || only.includes(name));
    for (const [name] of wanted.filter(([, path]) => !path)) { bad += 1; console.log(`${name}: there is nothing of it to be seen`); }
    if (wanted.length === 0) continue;
    for (const lang of ['es', 'en']) {
      for (const theme of ['light', 'dark']) {
        for (const width of [390, 1280]) {
          const combination = `${lang}-${theme}-${width}`;
          if (wish && !wish.includes(combination)) continue;
          const options = { width, height: width === 390 ? 844 : 900, theme, lang };
          const { page, faults, close } = who === 'visitor' ? await open(browser, made.url, options) : await signedIn(made, who, options);
          for (const [name, path] of wanted) {
            if (!path) continue;
            const file = `${name}-${combination}.png`;
            try {
              page.setDefaultTimeout(120_000);
              const answer = await page.goto(`${made.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
              if (answer.status() >= 400) { bad += 1; console.log(`${file}: ${path} answers ${answer.status()}`); }
              await page.evaluate(() => document.fonts.ready);
              const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
              if (wider > 0) console.log(`${file}: ${wider} px wider than the window`);
              await page.screenshot({ path: `${target}/${file}`, fullPage: true });
            } catch (error) {
              bad += 1;
              console.log(`${file}: ${error.message.split('\n')[0]}`);
            }
            for (const fault of faults.splice(0)) console.log(`${file}: ${fault}`);
          }
          await close();
        }
      }
    }
  }
} finally {
  await browser.close();
  await made.close();
}
console.log(`pictures in ${target}`);
process.exitCode = bad > 0 ? 1 : 0;
