// Somebody says what they think of a dataset; a curator shows it; whoever speaks for its publisher answers; the page of
// the dataset says both.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, settled, visit } from './browser.mjs';
import { account, ask, base, clean, curator, LOOKS, signIn, skip, unhurried, until } from './people.mjs';

const steward = 'fina@example.org';
const said = 'The columns of this file move every month.';
let browser;
let dataset;

before(async () => {
  if (skip) return;
  browser = await launch();
  const { datasets } = await ask('{ datasets(first: 40) { nodes { slug publisher { slug } rating { n mean smallest } } } }');
  dataset = datasets.nodes.find((one) => one.rating.n >= one.rating.smallest) ?? datasets.nodes[0];
  account(steward, 'Fina Mora', 'agency_liaison', '--publisher', dataset.publisher.slug);
});
after(async () => browser?.close());

const feedback = async () => (await ask(`{ dataset(slug: "${dataset.slug}") { rating { n } feedback { comment reply state } } }`)).dataset;

test('what somebody says of a dataset is shown once it was looked at, and answered', { skip }, async () => {
  const { page, faults, close } = await open(browser, base, { lang: 'en', width: 390 });
  await visit(page, base, `/datasets/${dataset.slug}?lang=en`);
  await page.getByRole('link', { name: 'Say what you think of this dataset' }).click();
  await page.locator('input[name="rating"][value="2"]').check();
  await page.locator('textarea[name="comment"]').fill(said);
  await page.locator('select[name="dimension"]').selectOption('stability');
  await clean(page);
  await unhurried(page);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  assert.ok(!(await feedback()).feedback.some((one) => one.comment === said), 'nobody has looked at it');

  const desk = await open(browser, base, { lang: 'en' });
  await signIn(desk.page, curator);
  await desk.page.goto(`${base}/desk/feedback?lang=en`);
  await clean(desk.page);
  await desk.page.locator('form', { hasText: said }).locator('button[value="show"]').click();
  await until(async () => (await feedback()).feedback.some((one) => one.comment === said), 'it is not shown');
  await desk.close();

  const answering = await open(browser, base, { lang: 'en' });
  await signIn(answering.page, steward);
  await answering.page.goto(`${base}/desk/publisher/feedback?lang=en`);
  const form = answering.page.locator('form', { hasText: said });
  await form.locator('select[name="state"]').selectOption('acknowledged');
  await form.locator('textarea[name="reply"]').fill('From July on they stay.');
  await form.getByRole('button', { name: 'Answer' }).click();
  await until(async () => (await feedback()).feedback.some((one) => one.reply === 'From July on they stay.'), 'it is not answered');
  await answering.close();

  await visit(page, base, `/datasets/${dataset.slug}?lang=en`);
  const voice = page.locator('.voices > li', { hasText: said });
  assert.match(await voice.innerText(), /acknowledged[\s\S]*From July on they stay\./);
  const { rating } = await feedback();
  assert.equal(rating.n, dataset.rating.n + 1);
  assert.ok((await page.locator('section[aria-labelledby="feedback"] header').innerText()).includes(`${rating.n} rating`));
  const plain = await (await fetch(`${base}/datasets/${dataset.slug}?lang=en`)).text();
  assert.ok(plain.includes(said) && plain.includes('From July on they stay.'), 'without a script');
  await settled(page);
  assert.deepEqual(faults, []);
  await close();
});

for (const look of LOOKS) {
  test(`the pages of feedback are free of barriers (${look.lang}, ${look.width}, ${look.theme})`, { skip }, async () => {
    const { page, faults, close } = await open(browser, base, look);
    await page.goto(`${base}/datasets/${dataset.slug}/feedback?lang=${look.lang}`);
    await clean(page);
    await signIn(page, steward, look.lang);
    await page.goto(`${base}/desk/publisher/feedback?lang=${look.lang}`);
    await clean(page);
    assert.deepEqual(faults, []);
    await close();
  });
}
