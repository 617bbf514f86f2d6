// The six queries of the benchmark, each with the variables that fit the loaded sample.

/** The sample's country whose point count is nearest 3,000 (or the largest, when all are smaller). */
const country = async ask => {
  const { counts } = await ask('{ counts(by: AREA) { rows { value count } } }');
  // States are named by their country's two letters; some organisations say no more than the country.
  const sums = new Map();
  for (const { value, count } of counts.rows) {
    const [, code] = value.match(/^([A-Z]{2})(-|$)/) ?? [];
    if (code) sums.set(code, (sums.get(code) ?? 0) + count);
  }
  return [...sums].sort((a, b) => Math.abs(a[1] - 3000) - Math.abs(b[1] - 3000))[0][0];
};

export const QUERIES = [
  {
    name: '1 list: country and sector, first 5 datasets',
    text: 'query List($f: Filter!) { organisations(filter: $f, first: 20) { totalCount nodes { id slug name sector { code label } datasets(first: 5) { nodes { slug title publisher { slug name } } } } } }',
    variables: async (c, ask) => {
      c.country = await country(ask);
      const { counts } = await ask('query($f: Filter) { counts(by: SECTOR, filter: $f) { rows { value count } } }', { f: { area: [c.country] } });
      return { f: { area: [c.country], sector: [counts.rows[0].value] } };
    },
  },
  {
    name: '2 users of one publisher, first 100',
    text: 'query Users($s: String!) { publisher(slug: $s) { name users(first: 100) { totalCount nodes { id slug name sector { code label } location { locality area { code name } } } } } }',
    variables: async (c, ask) => {
      const { publishers } = await ask('{ publishers(first: 1) { nodes { slug } } }');
      return { s: publishers.nodes[0].slug };
    },
  },
  {
    name: '3 one organisation, whole',
    text: 'query One($s: String!) { organisation(slug: $s) { id slug name kind sector { code label } location { locality area { code name } } claims(first: 50) { totalCount nodes { specificity grade criticality dataset { slug title } publisher { slug name } evidence { polarity source { kind title } } } } sdgs { origin evidenceLevel goal { code label } } observations(first: 50) { period low central high indicator { key name } } } }',
    variables: async (c, ask) => {
      const { organisations } = await ask('{ organisations(first: 1, orderBy: CLAIMS) { nodes { slug } } }');
      return { s: organisations.nodes[0].slug };
    },
  },
  {
    name: '4 organisations per sector and per area',
    text: 'query Counts($f: Filter!) { sector: counts(by: SECTOR, filter: $f) { n rows { value label count } } area: counts(by: AREA, filter: $f) { n rows { value label count } } }',
    variables: async (c, ask) => ({ f: { area: [c.country ?? (await country(ask))] } }),
  },
  {
    name: '5 all map points of a country',
    text: 'query Points($f: Filter!) { mapPoints(zoom: 20, filter: $f) { n placed points symbols areas } }',
    variables: async (c, ask) => ({ f: { area: [c.country ?? (await country(ask))] } }),
  },
  {
    name: '6 text search, first 20',
    text: 'query Search($t: String!) { search(text: $t, first: 20) { totalCount hits { type title path } } }',
    variables: async () => ({ t: 'datos' }),
  },
];
