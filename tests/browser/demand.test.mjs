// A visitor finds a request for data on the board, signs in and supports it; whoever speaks for the publisher gets a
// letter and answers; the board says so, with a script and without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, settled, visit } from './browser.mjs';
import { account, ask, base, clean, letter, LOOKS, password, run, signIn, skip, unhurried, until } from './people.mjs';

const visitor = 'vera@example.org';
const steward = 'dora@example.org';
let browser;
let one;

before(async () => {
  if (skip) return;
  browser = await launch();
  const { requests } = await ask('{ requests(filter: { status: [FORWARDED] }, orderBy: ORGANISATIONS, first: 1) { nodes { id slug title publisher { slug } support { organisationCount personCount blockedCount } } } }');
  [one] = requests.nodes;
  account(visitor, 'Vera Paz');
  account(steward, 'Dora Ruiz', 'agency_liaison', '--publisher', one.publisher.slug);
});
after(async () => browser?.close());

const stand = async () => (await ask(`{ request(slug: "${one.slug}") { status answer support { organisationCount personCount blockedCount } } }`)).request;
const stat = (page, label) => page.locator(`.stats > div:has(dt:text-is("${label}")) dd`).evaluate((dd) => Number(dd.firstChild.textContent));

test('a visitor finds a request and supports it, the steward answers it, and the board changes', { skip }, async () => {
  const { page, faults, close } = await open(browser, base, { lang: 'en', width: 390 });
  await visit(page, base, '/requests?lang=en');
  await page.locator('select[name="status"]').selectOption('forwarded');
  await page.waitForURL(/status=forwarded/);
  await settled(page);
  const titles = await page.locator('.asked .nm').allInnerTexts();
  assert.ok(titles.includes(one.title), `${one.title} is among ${titles.join(', ')}`);
  // The table says what the list says.
  await page.locator('summary', { hasText: 'Show as a table' }).first().click();
  assert.deepEqual(await page.locator('.asked + details tbody th').allInnerTexts(), titles);
  await page.locator('.asked .nm', { hasText: one.title }).click();
  await settled(page);
  assert.equal(await stat(page, 'Organisations in support'), one.support.organisationCount);
  await page.getByRole('link', { name: 'I need this too' }).click();
  await page.waitForURL(/\/sign-in/);
  // Whoever signs in comes back to what they wanted to do.
  await page.locator('form:has(input[name="password"]) input[name="email"]').fill(visitor);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button').click();
  await page.waitForURL(new RegExp(`/requests/${one.slug}/support`));
  await clean(page);
  await page.locator('input[name="blocks"]').check();
  await page.locator('button[value="give"]').click();
  await page.getByRole('status').waitFor();
  await until(async () => (await stand()).support.personCount === one.support.personCount + 1, 'the support is not counted');
  await visit(page, base, `/requests/${one.slug}?lang=en`);
  assert.equal(await stat(page, 'Persons in support'), one.support.personCount + 1);
  assert.equal(await stat(page, 'Projects that wait for the data'), one.support.blockedCount + 1);
  assert.ok(!(await page.locator('main').innerText()).includes('Vera'), 'nobody is named');

  run(['letters', 'requests']);
  const [link] = await letter(steward, /\/desk\/requests\/[\w-]+\?lang=en/);
  const desk = await open(browser, base, { lang: 'en', width: 1280 });
  await signIn(desk.page, steward);
  await desk.page.goto(base + link);
  await clean(desk.page);
  assert.equal(await desk.page.locator('h1').innerText(), one.title);
  const plan = desk.page.locator('form:has(button[value="answer"])');
  await plan.locator('textarea[name="answer"]').fill('We shall publish it every month.');
  await plan.locator('input[name="plannedOn"]').fill(new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10));
  await plan.locator('button').click();
  await until(async () => (await stand()).status === 'ACCEPTED_PLANNED', 'the answer is not on the board');
  assert.deepEqual(desk.faults, []);
  await desk.close();

  await visit(page, base, `/requests/${one.slug}?lang=en`);
  assert.equal(await page.locator('.answer').innerText(), 'We shall publish it every month.');
  assert.match(await page.locator('.stand').innerText(), /^Planned/);
  const { support } = await stand();
  const plain = await (await fetch(`${base}/requests/${one.slug}?lang=en`)).text();
  for (const said of ['We shall publish it every month.', `<dt>Organisations in support</dt> <dd>${support.organisationCount}</dd>`.replace('> <', '><'), `<dt>Persons in support</dt><dd>${support.personCount}</dd>`]) assert.ok(plain.includes(said), `without a script: ${said}`);
  await visit(page, base, `/publishers/${one.publisher.slug}?lang=en`);
  assert.ok((await page.locator('section[aria-labelledby="requests"] .nm').allInnerTexts()).includes(one.title), 'the publisher shows what is open');
  assert.deepEqual(faults, []);
  await close();
});

test('a state of the board has its address, its files and its plain page', { skip }, async () => {
  const { page, faults, close } = await open(browser, base, { lang: 'en' });
  await visit(page, base, '/requests?lang=en');
  await page.locator('select[name="need"]').selectOption({ index: 1 });
  await page.waitForURL(/need=/);
  await page.locator('select[name="sort"]').selectOption('heat');
  await page.waitForURL(/sort=heat/);
  await settled(page);
  const titles = await page.locator('.asked .nm').allInnerTexts();
  const again = await open(browser, base, { lang: 'en' });
  await again.page.goto(page.url());
  await settled(again.page);
  assert.deepEqual(await again.page.locator('.asked .nm').allInnerTexts(), titles);
  await again.close();
  const plain = await (await fetch(page.url())).text();
  for (const title of titles) assert.ok(plain.includes(title), `the plain page has ${title}`);
  const json = await (await fetch(new URL(await page.getByRole('link', { name: /JSON/ }).getAttribute('href'), base))).json();
  assert.deepEqual(json.rows.map((row) => row.title).sort(), [...titles].sort());
  await visit(page, base, '/requests?publisher=nobody-of-that-name&lang=en');
  await page.getByRole('button', { name: 'Take the filters away' }).click();
  await settled(page);
  assert.ok((await page.locator('.asked .nm').count()) > titles.length);
  assert.deepEqual(faults.filter((fault) => !/400/.test(fault)), []);
  await close();
});

test('anybody may ask for data, and sees nothing of it before a curator has', { skip }, async () => {
  const { page, faults, close } = await open(browser, base, { lang: 'es', width: 390 });
  await page.goto(`${base}/requests/new?lang=es`);
  await page.locator('input[name="title"]').fill('Faros de la costa de papel');
  await unhurried(page);
  await page.locator('main form button').click();
  await page.getByRole('status').waitFor();
  await clean(page);
  const { requests } = await ask('{ requests(filter: { text: "faros de la costa de papel" }) { totalCount } }');
  assert.equal(requests.totalCount, 0);
  assert.deepEqual(faults, []);
  await close();
});

for (const look of LOOKS) {
  test(`the pages of demand are free of barriers (${look.lang}, ${look.width}, ${look.theme})`, { skip }, async () => {
    const { page, faults, close } = await open(browser, base, look);
    await signIn(page, steward, look.lang);
    const paths = ['/requests/new', `/requests/${one.slug}/support`, '/desk/requests', `/desk/requests/${one.id.split(':')[1]}`];
    for (const path of paths) {
      await page.goto(`${base}${path}?lang=${look.lang}`);
      await clean(page);
    }
    assert.deepEqual(faults, []);
    await close();
  });
}
