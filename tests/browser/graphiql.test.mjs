// The query console runs from this server alone, reads the schema and answers a query.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './browser.mjs';
import { site } from './site.mjs';

let server;
let browser;
before(async () => {
  server = site();
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

test('the console loads without another host and answers its example', async () => {
  const { page, faults, close } = await open(browser, server.url);
  await page.goto(`${server.url}/graphiql`);
  await page.waitForSelector('.graphiql-container .graphiql-execute-button', { timeout: 30_000 });
  await page.waitForFunction(() => document.querySelector('.graphiql-query-editor .view-line')?.textContent?.trim());
  const answered = page.waitForResponse((response) => response.url().endsWith('/graphql') && response.request().postData()?.includes('publishers(first: 3)'));
  await page.click('.graphiql-execute-button');
  const body = await (await answered).json();
  assert.ok(body.data.publishers.totalCount >= 0, JSON.stringify(body));
  await page.waitForFunction(() => document.querySelector('.result-window')?.textContent?.includes('totalCount'));
  assert.deepEqual(faults, []);
  await close();
});
