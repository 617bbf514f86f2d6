// Pictures of every page behind the sign-in, of every form that the server draws and of the states they can be in, in both
// languages, both themes and both widths, into web/shots/desk; of some of them without a script, of the way through a second
// factor, and of every letter, which has its own language and no theme of ours. It starts a server of its own on the development binary.
// Words name the pages that are wanted; OD100_TEST_SHOTS the combinations, such as `es-light-390,en-dark-1280`.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, open } from './browser.mjs';
import { everyLetter, secondFactor, shown } from './desk-letters.mjs';
import { letter, signedIn, world } from './desk-world.mjs';

const target = fileURLToPath(new URL('../../web/shots/desk', import.meta.url));
const only = process.argv.slice(2);
const wish = process.env.OD100_TEST_SHOTS?.split(',');

/** Where a link of a page leads, without its query. */
async function link(page, selector) {
  const found = await page.locator(selector).first().getAttribute('href', { timeout: 2000 }).catch(() => null);
  return found?.split('?')[0];
}

/** A state of a page: what is done there before the picture is taken, and the status that its address answers with. */
const state = (path, act, status = 200) => ({ path, act, status });

/** The same question is answered on another device in the meantime: both answers stand before who continues. */
async function twoDevices(page) {
  const other = await page.context().newPage();
  await other.goto(page.url());
  const answer = (where, value) => where.locator(`[name="q.size"][value="${value}"]`).check();
  const next = (where) => where.locator('.actions [value=next]').click();
  // Another one than was saved before, so that there is something to differ from.
  const [first, second] = (await page.locator('[name="q.size"][value="11-50"]').isChecked()) ? ['51-200', '1-10'] : ['11-50', '201-500'];
  await other.locator('[name="q.kind"][value="company"]').check();
  await answer(other, first);
  await Promise.all([other.waitForNavigation(), next(other)]);
  await other.close();
  await answer(page, second);
  await page.locator('.differs').waitFor();
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
      'answer-all': `${answer}/step/all`, 'answer-refuse': `${answer}/refuse`, 'answer-done': new URL(made.links[0]).pathname,
      'answer-gone': state('/answer/od5_nothing', undefined, 404), 'join-gone': state('/join/nothing', undefined, 404), 'answer-no-step': state(`${answer}/step/nothing`, undefined, 404),
      'answer-fault': state(`${new URL(made.links[2]).pathname}/step/website`, async (page) => {
        await page.locator('[name="q.website"]').fill('not an address');
        await page.locator('.actions [value=next]').click();
        await page.locator('.notice').waitFor();
      }),
      'answer-saved': state(`${new URL(made.links[2]).pathname}/step/uses`, async (page) => {
        await page.getByRole('combobox').first().fill('Rutas');
        await page.getByRole('listbox').first().waitFor();
        await page.locator('.saved').first().waitFor();
      }),
      'answer-conflict': state(`${new URL(made.links[3]).pathname}/step/organisation`, twoDevices),
      'join-fault': state(`/join/${made.wave}`, async (page) => {
        await page.locator('[name=email]').fill('nobody@example.org');
        await page.waitForTimeout(5000);
        await page.locator('main button').click();
        await page.locator('.fault, .notice').first().waitFor();
      }),
      'sign-in-refused': state('/sign-in', async (page) => {
        const form = page.locator('form:has(input[name="password"])');
        await form.locator('input[name="email"]').fill('nobody@example.org');
        await form.locator('input[name="password"]').fill('not the password');
        await form.locator('button').click();
        await page.locator('.notice').waitFor();
      }),
      'sign-in-sent': state('/sign-in', async (page) => {
        const form = page.locator('form:not(:has(input[name="password"]))').first();
        await form.locator('input[name="email"]').fill('nobody@example.org');
        await form.locator('button').click();
        await page.waitForLoadState();
      }),
      'report-sent': state(`/report?about=/organisations/${organisation.slug}`, async (page) => {
        await page.locator('textarea').first().fill('El sector está mal.');
        await page.waitForTimeout(5000);
        await page.locator('main form button').first().click();
        await page.waitForLoadState();
      }),
      'not-found': state('/organisations/nothing-of-that-name/history', undefined, 404),
    },
    coco: { 'coco-desk': '/desk', account: '/account', propose: '/desk/propose', 'account-saved': '/account?said=saved', factor: '/account/second-factor', takeover: '/desk/takeover',
      'propose-fault': state('/desk/propose/organisation', async (page) => {
        await page.locator('main form').first().evaluate((form) => { form.noValidate = true; });
        await page.locator('main form .btn.main').click();
        await page.locator('.notice, .fault').first().waitFor();
      }),
      'desk-forbidden': state('/desk/review', undefined, 403), 'desk-not-found': state('/desk/claims/019a0000-0000-7000-8000-000000000000', undefined, 404),
      'propose-use': `/desk/propose/use?about=/organisations/${organisation.slug}`, 'propose-organisation': '/desk/propose/organisation', 'propose-correction': `/desk/propose/correction?about=/organisations/${organisation.slug}` },
    olga: { 'olga-desk': '/desk', organisation: '/desk/organisation', 'own-claims': '/desk/claims', 'own-claim': await at('olga', `/desk/claims?about=/organisations/${organisation.slug}`, 'main a[href^="/desk/claims/"]') },
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
      representatives: '/desk/representatives', 'matches-same': '/desk/matches?decision=same', merges: '/desk/matches/merged', 'review-empty': '/desk/review?kind=dataset&state=decided', matches: '/desk/matches', match: await at('cura', '/desk/matches', 'main .pairs a'), relations: '/desk/relations', 'every-claim': await at('cura', `/desk/claims?about=/organisations/${organisation.slug}`, 'main a[href^="/desk/claims/"]'), feedbacks: '/desk/feedback', 'cura-requests': '/desk/requests', 'cura-request': await at('cura', '/desk/requests', 'main a[href^="/desk/requests/"]'),
    },
    ana: { 'ana-desk': '/desk', accounts: '/desk/accounts', contacts: '/desk/accounts/contacts', 'account-one': await at('ana', '/desk/accounts?q=lia', 'main table a[href^="/desk/accounts/"]') },
  };
  // What needs no script, without one: a page of each room with a list, a form, keys or records to be chosen.
  const { cura, coco, rosa, olga } = pages;
  const bare = (of, ...names) => Object.fromEntries(names.map((name) => [`plain-${name}`, of[name]]));
  pages['cura without'] = bare(cura, 'cura-desk', 'review', 'case-use', 'matches', 'relations', 'cura-request');
  pages['coco without'] = bare(coco, 'propose-use', 'account', 'takeover');
  pages['rosa without'] = bare(rosa, 'wave', 'question', 'invite');
  pages['olga without'] = bare(olga, 'organisation', 'own-claim');
  pages['visitor without'] = { ...bare(pages.visitor, 'sign-in', 'answer-uses', 'join', 'feedback', 'report'), 'plain-answer-all': pages.visitor['answer-all'] };
  return pages;
}

/** Sets a second factor up and signs in with it, as an account of its own. */
async function factor(made, combination, options, picture) {
  const who = `fe-${combination}`;
  made.run(['user', 'create', `${who}@example.org`, '--name', 'Fe Códigos', '--lang', options.lang, '--password'], 'cuatro palabras que riman\n');
  const { page, close } = await signedIn(made, who, options);
  const { next } = await secondFactor(page, made.url, options.lang, (name) => picture(page, `factor-${name}`));
  await page.goto(`${made.url}/account/second-factor?lang=${options.lang}`);
  await picture(page, 'factor-on');
  await page.goto(`${made.url}/account?lang=${options.lang}`);
  await page.locator('form[action="/sign-out"] button').click();
  await page.waitForURL(`${made.url}/`);
  await page.goto(`${made.url}/sign-in?lang=${options.lang}`);
  const form = page.locator('form:has(input[name="password"])');
  await form.locator('input[name="email"]').fill(`${who}@example.org`);
  await form.locator('input[name="password"]').fill('cuatro palabras que riman');
  await form.locator('button').click();
  await page.waitForURL(/\/sign-in\/code/);
  await picture(page, 'factor-code');
  const code = page.locator('input[autocomplete="one-time-code"]').first();
  await code.fill('000000');
  await page.locator('form').first().getByRole('button').click();
  await page.getByRole('alert').waitFor();
  await picture(page, 'factor-code-wrong');
  await code.fill(next());
  await page.locator('form').first().getByRole('button').click();
  await page.waitForURL(/\/account/);
  await close();
}

/** Every letter, at both widths. */
async function drawLetters(made) {
  const all = await everyLetter(made);
  for (const width of [390, 1280]) {
    const { page, close } = await open(made.browser, made.url, { width, height: 600 });
    for (const [at, one] of all.entries()) {
      await page.setContent(shown(one));
      await page.screenshot({ path: `${target}/letter-${String(at + 1).padStart(2, '0')}-${width}.png`, fullPage: true });
    }
    await close();
  }
  console.log(`${all.length} letters`);
}

const browser = await launch();
if (only.length === 0 && !wish) rmSync(target, { recursive: true, force: true });
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
          const [person, without] = who.split(' ');
          const look = { ...options, script: !without };
          const { page, faults, close } = person === 'visitor' ? await open(browser, made.url, look) : await signedIn(made, person, look);
          for (const [name, one] of wanted) {
            if (!one) continue;
            const { path, act, status = 200 } = typeof one === 'string' ? { path: one } : one;
            const file = `${name}-${combination}.png`;
            try {
              page.setDefaultTimeout(120_000);
              const answer = await page.goto(`${made.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
              if (answer.status() !== status) { bad += 1; console.log(`${file}: ${path} answers ${answer.status()}`); }
              if (act) await act(page);
              await page.evaluate(() => document.fonts.ready);
              const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
              if (wider > 0) console.log(`${file}: ${wider} px wider than the window`);
              await page.screenshot({ path: `${target}/${file}`, fullPage: true });
            } catch (error) {
              bad += 1;
              console.log(`${file}: ${error.message.split('\n')[0]}`);
            }
            // A refusal is what some states are about.
            const said = faults.splice(0).filter((fault) => typeof one === 'string' || !/responded with a status of 4\d\d/.test(fault));
            for (const fault of said) console.log(`${file}: ${fault}`);
          }
          await close();
        }
      }
    }
  }
  for (const combination of ['es-light-390', 'es-light-1280', 'es-dark-390', 'es-dark-1280', 'en-light-390', 'en-light-1280', 'en-dark-390', 'en-dark-1280']) {
    if ((wish && !wish.includes(combination)) || (only.length > 0 && !only.includes('factors'))) continue;
    const [lang, theme, width] = combination.split('-');
    const options = { width: Number(width), height: width === '390' ? 844 : 900, theme, lang };
    await factor(made, combination, options, (page, name) => page.screenshot({ path: `${target}/${name}-${combination}.png`, fullPage: true }));
  }
  if (only.length === 0 || only.includes('letters')) await drawLetters(made);
} finally {
  await browser.close();
  await made.close();
}
console.log(`pictures in ${target}`);
process.exitCode = bad > 0 ? 1 : 0;
