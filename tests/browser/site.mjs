// Where the journeys go: the server that OD100_TEST_URL names; `.ci/browser` starts one.
export function site() {
  const given = process.env.OD100_TEST_URL;
  if (!given) throw new Error('OD100_TEST_URL names no server: run the journeys by .ci/browser');
  return { url: given.replace(/\/$/, '') };
}

/** Addresses that the record itself offers, so that journeys do not depend on what is loaded. */
export async function addresses(page, url, visit) {
  const path = async (selector) => {
    const found = await page.locator(selector).first().getAttribute('href');
    return new URL(found, url).pathname;
  };
  await visit(page, url, '/?lang=en');
  const organisation = await path('.door a[href^="/organisations/"]');
  const publisher = await path('.door a[href^="/publishers/"]');
  await visit(page, url, '/datasets?lang=en');
  const dataset = await path('main tbody a[href^="/datasets/"]');
  await visit(page, url, '/requests?lang=en');
  // Nobody may have asked for anything.
  const request = (await page.locator('main .asked a.nm').count()) > 0 ? await path('main .asked a.nm') : '/requests';
  await visit(page, url, '/explore?view=table&lang=en');
  const slugs = await page.locator('.tw.big tbody th a').evaluateAll((links) => links.map((link) => link.pathname));
  let sector = '/sectors/data_technology';
  for (const slug of slugs.slice(0, 5)) {
    await visit(page, url, `${slug}?lang=en`);
    const link = page.locator('main a[href^="/sectors/"]').first();
    if (await link.count()) {
      sector = new URL(await link.getAttribute('href'), url).pathname;
      break;
    }
  }
  await visit(page, url, '/method?lang=en');
  const study = await path('main a[href^="/studies/"]');
  const wave = await path('main a[href^="/waves/"]');
  await visit(page, url, `${study}?lang=en`);
  const area = await path('main a[href^="/areas/"]');
  return { organisation, publisher, dataset, sector, study, wave, area, request };
}
