// A fictional record for the mock server: organisations that do not exist, using data of public bodies.
import { flowOf, networkOf } from './mock-flow.mjs';

const SECTORS = [
  ['data_technology', 'Data & Technology', 'data', 22], ['research_consulting', 'Research & Consulting', 'research', 25], ['finance_investment', 'Finance & Investment', 'finance', 12],
  ['business_services', 'Business Services', 'business', 8], ['geospatial_mapping', 'Geospatial & Mapping', 'data', 5], ['media_communications', 'Media & Communications', 'media', 4],
  ['education', 'Education', 'public', 3], ['governance', 'Governance', 'public', 3], ['housing_real_estate', 'Housing & Real Estate', 'place', 3], ['energy', 'Energy', 'land', 2],
  ['food_agriculture', 'Food & Agriculture', 'land', 3], ['transportation', 'Transportation', 'place', 2], ['healthcare', 'Health', 'public', 3], [null, null, 'none', 4],
];
const AREAS = [['MX-CMX', 'Ciudad de México', -99.133, 19.433, 70], ['MX-NLE', 'Nuevo León', -100.309, 25.671, 11], ['MX-JAL', 'Jalisco', -103.349, 20.677, 6], ['MX-MIC', 'Michoacán', -101.19, 19.7, 2], ['MX-QUE', 'Querétaro', -100.39, 20.59, 1], ['MX-PUE', 'Puebla', -98.2, 19.04, 2], ['MX-VER', 'Veracruz', -96.92, 19.54, 1], ['MX-YUC', 'Yucatán', -89.62, 20.97, 1], ['MX-ROO', 'Quintana Roo', -86.85, 21.16, 2], ['MX-SON', 'Sonora', -110.97, 29.07, 1], ['MX-CHH', 'Chihuahua', -106.08, 28.63, 1]];
const BODIES = [['inegi', 'INEGI', 'Instituto Nacional de Estadística y Geografía', 0.88], ['shcp', 'SHCP', 'Secretaría de Hacienda y Crédito Público', 0.34], ['segob', 'SEGOB', 'Secretaría de Gobernación', 0.3], ['se', 'SE', 'Secretaría de Economía', 0.22], ['banxico', 'Banxico', 'Banco de México', 0.2], ['semarnat', 'SEMARNAT', 'Secretaría de Medio Ambiente y Recursos Naturales', 0.17], ['coneval', 'CONEVAL', 'Consejo Nacional de Evaluación de la Política de Desarrollo Social', 0.15], ['sep', 'SEP', 'Secretaría de Educación Pública', 0.14], ['salud', null, 'Secretaría de Salud', 0.1]];
const TITLES = ['Censos Económicos', 'Encuesta Nacional de Ingresos y Gastos de los Hogares', 'Censo de Población y Vivienda 2010', 'Encuesta Nacional de Ocupación y Empleo', 'Directorio Estadístico Nacional de Unidades Económicas', 'Finanzas públicas estatales', 'Índice de marginación'];
const SIZES = ['1-10', '11-50', '51-200', '10001+', null];
const WORDS = ['Abeto', 'Brújula', 'Cauce', 'Duna', 'Encino', 'Faro', 'Granizo', 'Horizonte', 'Ízote', 'Jade', 'Kiosco', 'Lúmina', 'Milpa', 'Nopal', 'Oyamel', 'Pirul', 'Quetzal', 'Río', 'Sabino', 'Tezontle', 'Umbral', 'Vereda', 'Xoco', 'Yuca', 'Zarza'];
const KINDS = ['Datos', 'Análisis', 'Consultores', 'Laboratorio Ciudadano', 'Mapas del Centro'];

let seed = 7;
const random = () => ((seed = (seed * 1664525 + 1013904223) % 4294967296) / 4294967296);
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const slugOf = (text) => fold(text).replace(/[^a-z0-9]+/g, '-');

const bodies = BODIES.map(([slug, acronym, name, share]) => ({ slug, acronym, shortName: acronym ?? name, name, share, nameLang: 'es' }));
const datasets = TITLES.map((title, index) => ({ slug: slugOf(title), title, titleLang: 'es', body: index < 5 ? bodies[0] : index === 5 ? bodies[1] : bodies[6] }));
const sectors = SECTORS.flatMap((sector) => Array(sector[3]).fill(sector));
const areas = AREAS.flatMap((area) => Array(area[4]).fill(area));
const all = Array.from({ length: 98 }, (_, index) => {
  const name = `${WORDS[index % WORDS.length]} ${KINDS[Math.floor(index / WORDS.length)]}`;
  const uses = bodies.filter((body, order) => random() < body.share || (order === 0 && index === 3));
  const named = datasets.filter((dataset) => uses.includes(dataset.body) && random() < 0.14);
  return { index, name, slug: slugOf(name), nameLang: 'es', sector: sectors[(index * 37) % sectors.length], area: areas[(index * 29) % areas.length], size: SIZES[index % 5], founded: index % 9 === 0 ? null : String(1950 + ((index * 7) % 64)), uses, named };
});

const FAMILIES = ['research', 'data', 'finance', 'business', 'media', 'land', 'place', 'public', 'none'];
const EN = { research: 'Research', data: 'Data & mapping', finance: 'Finance & insurance', business: 'Business & legal', media: 'Media & consumers', land: 'Land, climate, energy', place: 'Housing & transport', public: 'Public services', none: 'Not classified' };
const DIMENSIONS = {
  FAMILY: ['family', (one) => [one.sector[2]], (value) => EN[value]],
  SECTOR: ['sector', (one) => [one.sector[0] ?? 'unknown'], (value) => SECTORS.find((sector) => sector[0] === value)?.[1] ?? 'Not classified', (value) => SECTORS.find((sector) => sector[0] === value)?.[2] ?? 'none'],
  AREA: ['area', (one) => [one.area[0]], (value) => AREAS.find((area) => area[0] === value)?.[1]],
  PUBLISHER: ['publisher', (one) => one.uses.map((body) => body.slug), (value) => bodies.find((body) => body.slug === value)?.acronym ?? value],
  DATASET: ['dataset', (one) => one.named.map((dataset) => dataset.slug), (value) => datasets.find((dataset) => dataset.slug === value)?.title],
  SIZE: ['size', (one) => [one.size ?? 'unknown'], (value) => (value === 'unknown' ? 'No answer' : value)],
  KIND: ['kind', () => ['company'], () => 'Company'],
  MODEL: ['model', (one) => [one.index % 2 ? 'b2b' : 'b2c'], (value) => value],
  SDG: ['sdg', () => ['unknown'], () => 'Not asked'],
  GRADE: ['grade', (one) => (one.uses.length > 0 ? ['D'] : []), (value) => value],
  CHAPTER: ['chapter', () => ['sample'], () => 'Sample'],
  WAVE: ['wave', () => ['sample-1'], () => 'Sample, first wave'],
};

const matches = (one, filter, except) => {
  for (const [key, [field, values]] of Object.entries(DIMENSIONS)) {
    if (key !== except && filter?.[field]?.length && !values(one).some((value) => filter[field].includes(value))) return false;
  }
  if (filter?.text && !fold(one.name).includes(fold(filter.text))) return false;
  const [west, south, east, north] = filter?.bbox ?? [-180, -90, 180, 90];
  return one.area[2] >= west && one.area[2] <= east && one.area[3] >= south && one.area[3] <= north;
};
const select = (filter, except) => all.filter((one) => matches(one, filter, except));
const wave = { slug: 'sample-1', title: 'Sample, first wave', opensOn: '2025-01-15', closesOn: '2025-06-30', population: '', frame: 'DESK', asked: ['KIND', 'SECTOR', 'SIZE', 'PUBLISHER', 'DATASET'], organisationCount: all.length, responseRate: { eligible: 98, answered: 40, desk: 58, unknown: 98 }, study: { slug: 'sample', chapter: 'sample', title: 'Open Data 100 sample', url: '', attribution: { text: 'Fictional', holder: 'Fictional', licence: 'CC0', url: '' } } };
const figure = (list, coverage) => ({ asOf: '2026-11-23', knownAt: null, isRecorded: true, rollup: 'AS_STATED', waves: [wave], n: list.length, filters: '', methodVersion: '1.0', revision: 12, coverage: coverage ?? { attribute: 'PUBLISHER', answered: list.filter((one) => one.uses.length > 0).length, asked: list.length, missing: [{ code: 'NO_ANSWER', count: 3 }] } });

function counts(by, list) {
  const [, values, label, family] = DIMENSIONS[by];
  const found = new Map();
  for (const one of list) for (const value of values(one)) found.set(value, (found.get(value) ?? 0) + 1);
  if (by === 'GRADE') for (const letter of 'ABCDE') found.set(letter, found.get(letter) ?? 0);
  const rows = [...found].map(([value, count]) => ({ value, label: label(value), count, missing: value === 'unknown' ? 'NO_ANSWER' : null, family: by === 'FAMILY' ? value : (family?.(value) ?? null), selected: false, publisher: by === 'PUBLISHER' ? () => publisher(bodies.find((body) => body.slug === value)) : null, dataset: null }));
  rows.sort((a, b) => (by === 'GRADE' ? a.value.localeCompare(b.value) : Number(a.missing !== null) - Number(b.missing !== null) || b.count - a.count));
  const answered = list.filter((one) => values(one).some((value) => value !== 'unknown')).length;
  return { by, rows, ...figure(list, { attribute: by === 'MODEL' ? 'BUSINESS_MODEL' : by === 'PUBLISHER' || DIMENSIONS[by] && ['SECTOR', 'AREA', 'SIZE', 'KIND', 'SDG', 'DATASET'].includes(by) ? by : 'PUBLISHER', answered, asked: list.length, missing: [{ code: 'NO_ANSWER', count: list.length - answered }] }) };
}

const page = (list, { first = 20, after } = {}, make = (one) => one) => {
  const start = after ? Number(after) : 0;
  const nodes = list.slice(start, start + first).map(make);
  return { totalCount: list.length, nodes, edges: nodes.map((node, index) => ({ cursor: String(start + index), node, claims: [] })), pageInfo: { hasNextPage: start + first < list.length, hasPreviousPage: start > 0, startCursor: String(start), endCursor: String(start + nodes.length) } };
};
const order = (list, by) => [...list].sort((a, b) => (by === 'PUBLISHERS_USED' ? b.uses.length - a.uses.length : by === 'DATASETS_USED' ? b.named.length - a.named.length : by === 'FOUNDED' ? Number(b.founded) - Number(a.founded) : 0) || a.name.localeCompare(b.name, 'es'));
function organisations(list, args) {
  return {
    ...page(order(list, args.orderBy), args, organisation), undisclosedCount: null, ...figure(list),
    facets: ({ keys, top = 20 }) => keys.map((key) => { const { rows, coverage } = counts(key, args.filter ? all.filter((one) => list.includes(one) || matches(one, args.filter, key)) : list); return { key, values: rows.slice(0, top), more: Math.max(0, rows.length - top), coverage }; }),
  };
}
const code = (scheme, value, label, family) => ({ __typename: 'Code', id: value, scheme, code: value, label, definition: null, family, mappings: [] });
function organisation(one) {
  const claims = one.uses.flatMap((body) => { const named = one.named.filter((dataset) => dataset.body === body); return named.length > 0 ? named.map((dataset) => claim(one, body, dataset)) : [claim(one, body, null)]; });
  return {
    ...one, __typename: 'Organisation', id: one.slug, family: one.sector[2], sector: one.sector[0] ? code('od500_category', one.sector[0], one.sector[1], one.sector[2]) : null, sectorText: null, sectorMissing: one.sector[0] ? null : 'NO_ANSWER',
    area: { code: one.area[0], name: one.area[1] }, location: { locality: one.area[1], precision: 'STATE', postalCode: null }, sizeBand: one.size, sizeMissing: one.size ? null : 'NO_ANSWER',
    publishersUsed: one.uses.length, datasetsUsed: one.named.length, claimCount: claims.length, publisherClaimCount: claims.length, bestGrade: one.uses.length > 0 ? 'D' : null, gradeCounts: [{ grade: 'D', count: claims.length }],
    kind: 'COMPANY', kindLabel: 'Company', ownership: 'PRIVATE', status: 'ACTIVE', website: 'https://example.org/', businessModels: ['B_2B', 'B_2G'], useTypes: [], dependence: 'UNKNOWN', isPublisher: false, chapters: ['sample'], updatedAt: '2026-11-23T00:00:00Z',
    description: { value: 'Una organización ficticia que ordena datos públicos para quien los necesita.', lang: 'es' }, summary: null, names: [{ text: `${one.name} S.C.`, lang: 'es', kind: 'LEGAL', validFrom: null, validTo: null }], identifiers: [], missing: [{ attribute: 'SDG', label: 'Sustainable Development Goals', code: 'NOT_ASKED' }, { attribute: 'FINANCIAL_INFO', label: 'Financial figures', code: 'REFUSED' }],
    publisher: null, publishers: one.uses.map((body) => ({ publisher: publisher(body), claimCount: 1, datasets: [], bestGrade: 'D', confirmed: false, unspecified: true })), claims: (args) => page(claims, args),
    impacts: [{ id: 'i1', dimension: 'od500_data_impact', text: 'New or better products', direction: 'POSITIVE', origin: 'DECLARED', status: 'ACCEPTED', evidenceLevel: 1, code: null }, { id: 'i2', dimension: 'od500_data_impact', text: 'Cost efficiency', direction: 'POSITIVE', origin: 'INFERRED', status: 'ACCEPTED', evidenceLevel: 0, code: null }],
    sdgs: [{ origin: 'INFERRED', evidenceLevel: 0, goal: code('sdg', '12', 'Responsible consumption'), rationale: null }, { origin: 'INFERRED', evidenceLevel: 0, goal: code('sdg', '16', 'Peace, justice and strong institutions'), rationale: null }],
    peers: ({ first = 5 }) => all.filter((other) => other !== one).map((other) => ({ other, shared: other.uses.filter((body) => one.uses.includes(body)) })).sort((a, b) => b.shared.length - a.shared.length).slice(0, first).map(({ other, shared }) => ({ organisation: organisation(other), similarity: 0.5, sharedDatasets: [], sharedPublishers: shared.map(publisher), sharedSdgs: [], components: [], beyond: beyond(other, one) })),
    dataOfPeers: ({ among = 5 }) => dataOfPeers(one, among),
    codes: [], answers: [], observations: [], relations: [], responses: [{ wave, channel: 'DESK', status: 'VALIDATED', completedBy: 'RESEARCHER' }], source: { kind: 'LEGACY_IMPORT', title: 'Open Data 100 sample', url: null, author: null, publishedOn: '2026-11-23', licence: 'CC0', grade: 'D' }, attribution: wave.study.attribution,
  };
}
const lacks = (other, one) => ({ publishers: other.uses.filter((body) => !one.uses.includes(body)), datasets: other.named.filter((dataset) => !one.named.includes(dataset)) });
function beyond(other, one) {
  const found = lacks(other, one);
  return { publishers: ({ first = 5 }) => found.publishers.slice(0, first).map(publisher), publisherCount: found.publishers.length, datasets: ({ first = 5 }) => found.datasets.slice(0, first).map(datasetOf), datasetCount: found.datasets.length };
}
function dataOfPeers(one, among) {
  const peers = all.filter((other) => other !== one && other.uses.some((body) => one.uses.includes(body))).slice(0, among);
  const rows = (key, make) => [...new Set(peers.flatMap((peer) => lacks(peer, one)[key]))].map((item) => { const users = peers.filter((peer) => lacks(peer, one)[key].includes(item)); return { ...make(item), peerCount: users.length, peers: users.map(organisation) }; }).sort((a, b) => b.peerCount - a.peerCount);
  const [publishers, sets] = [rows('publishers', (body) => ({ publisher: () => publisher(body), dataset: null })), rows('datasets', (dataset) => ({ publisher: () => publisher(dataset.body), dataset: () => datasetOf(dataset) }))];
  return { ...figure(peers), peers: peers.map(organisation), sharing: true, publishers, publisherCount: publishers.length, datasets: sets, datasetCount: sets.length };
}
/** Nobody was asked what depends on the data. */
function reliance(users) {
  const tally = (attribute, values) => ({ rows: values.map((value) => ({ value, count: 0 })), coverage: { attribute, answered: 0, asked: 0, missing: [{ code: 'NOT_ASKED', count: users.length }] } });
  return { ...figure(users), confirmed: 0, criticality: tally('CRITICALITY', ['core', 'supporting', 'occasional']), since: tally('USED_SINCE', []), ifStopped: tally('IF_STOPPED', ['unchanged', 'cease']), useTypes: tally('USE_TYPE', ['research']) };
}
function claim(one, body, dataset) {
  return { __typename: 'UseClaim', id: `${one.slug}.${body.slug}.${dataset?.slug ?? ''}`, specificity: dataset ? 'DATASET' : 'PUBLISHER', origin: 'DECLARED', status: 'ACCEPTED', grade: 'D', publisherAck: 'NONE', countable: true, criticality: 'UNKNOWN', publisher: () => publisher(body), statedPublisher: () => publisher(body), dataset: dataset ? () => datasetOf(dataset) : null, theme: null, purpose: null, evidence: [], organisation: () => organisation(one) };
}
function publisher(body) {
  const users = all.filter((one) => one.uses.includes(body));
  const naming = users.filter((one) => one.named.some((dataset) => dataset.body === body));
  const mine = datasets.filter((dataset) => dataset.body === body);
  return {
    ...body, __typename: 'Publisher', id: body.slug, requests: (args) => page(asked.filter((one) => one.body === body), args, request), demand: () => demand(asked.filter((one) => one.body === body)), level: 'FEDERAL', levelLabel: 'Federal', website: null, status: 'ACTIVE', names: [], parent: null, parentDecision: null, organisation: { __typename: 'Organisation', source: null, identifiers: [] }, children: [], predecessors: [], successors: [], userCount: users.length, userStudies: { chapters: ['sample'], sentence: null }, sources: [],
    counts: ({ by }) => counts(by, users), users: (args) => organisations(users, args), reliance: reliance(users), topDatasets: { othersOrganisationCount: 0, rows: mine.map((dataset) => ({ dataset: datasetOf(dataset), organisationCount: users.filter((one) => one.named.includes(dataset)).length, weighted: 1 })).sort((a, b) => b.organisationCount - a.organisationCount), unspecified: [{ publisher: () => publisher(body), organisationCount: users.length - naming.length }], ...figure(users) },
    alsoUsed: ({ first }) => bodies.filter((other) => other !== body).map((other) => ({ publisher: () => publisher(other), sharedUsers: users.filter((one) => one.uses.includes(other)).length })).sort((a, b) => b.sharedUsers - a.sharedUsers).slice(0, first),
    scorecard: { ...figure(users), acknowledged: 0, usersWithPlace: users.length, coreUsers: 1, rating: { n: 0, mean: null, smallest: 3 }, requestsOpen: 0, punctuality: { answered: 0, answeredInTime: 0, overdue: 0, waiting: 0, onTimeRate: null, medianDays: null }, sdgs: [2, 13], lateDatasets: [], topUsers: [], notConfirmedCount: users.length, notConfirmed: [], users: users.length, sectors: 12, datasetsNamed: mine.length, confirmed: 0, publishedDatasets: 0, usedDatasets: mine.length, gradeUsers: [{ grade: 'D', count: users.length }], usersNamingDataset: naming.length, datasetCoverage: { attribute: 'DATASET', answered: naming.length, asked: users.length, missing: [] }, usersOutsideCapital: users.filter((one) => one.area[0] !== 'MX-CMX').length, areasOutsideCapital: 3, staleDatasetsWithUsers: 0 },
  };
}
function datasetOf(dataset) {
  const users = all.filter((one) => one.named.includes(dataset));
  return { ...dataset, __typename: 'Dataset', id: dataset.slug, rating: { n: 4, mean: 2.75, smallest: 3 }, feedback: [{ id: 'f1', on: '2026-10-02', rating: 2, dimension: 'TIMELINESS', severity: 'ANNOYING', comment: 'Llega tarde cada mes.', lang: 'es', sampleUrl: null, state: 'ACKNOWLEDGED', reply: 'Lo sabemos.', fixedOn: null }], description: null, publisher: () => publisher(dataset.body), isSeries: false, series: null, edition: null, editions: [], status: 'UNKNOWN', access: 'UNKNOWN', landingPage: null, licence: null, frequency: null, issuedOn: null, modifiedOn: null, themes: [], identifiers: [], distributions: [], designations: [], userCount: users.length, userCountWithEditions: users.length, userStudies: { chapters: ['sample'], sentence: null }, counts: ({ by }) => counts(by, users), reliance: reliance(users), risk: { due: null, overdueDays: 0, freshness: 0, dependence: 1, risk: 0, users: users.length, coreUsers: 0, note: null }, users: (args) => organisations(users, args), claims: (args) => page(users.map((one) => claim(one, dataset.body, dataset)), args) };
}

function mapPoints({ filter }) {
  const list = select(filter);
  const groups = Map.groupBy ? Map.groupBy(list, (one) => one.area[0]) : list.reduce((map, one) => map.set(one.area[0], [...(map.get(one.area[0]) ?? []), one]), new Map());
  const shared = [...groups.values()].filter((group) => group.length > 1);
  const single = [...groups.values()].filter((group) => group.length === 1).flat();
  const column = (rows, make) => rows.map(make);
  return {
    points: { id: column(single, (one) => one.slug), slug: column(single, (one) => one.slug), name: column(single, (one) => one.name), lon: column(single, (one) => one.area[2]), lat: column(single, (one) => one.area[3]), family: column(single, (one) => one.sector[2]), precision: column(single, () => 'STATE') },
    symbols: { lon: column(shared, (group) => group[0].area[2]), lat: column(shared, (group) => group[0].area[3]), count: column(shared, (group) => group.length), families: column(shared, (group) => FAMILIES.map((family) => group.filter((one) => one.sector[2] === family).length)), coincident: column(shared, () => true), area: column(shared, (group) => group[0].area[0]), areas: column(shared, (group) => [group[0].area[0]]) },
    areas: { code: [...groups.keys()], count: [...groups.values()].map((group) => group.length) }, familyKeys: FAMILIES, placed: list.length, unplaced: 0, ...figure(list),
  };
}

/** Three requests for data: one late, one answered, one that nobody has passed on. */
const asked = [
  ['lluvia-por-hora', 'Lluvia por hora y estación', 0, 'FORWARDED', '2026-08-01', null, 5],
  ['rutas-como-gtfs', 'Rutas y horarios como GTFS', 1, 'ACCEPTED_PLANNED', '2026-10-01', '2026-09-20', 3],
  ['arboles', 'Catálogo de árboles de la ciudad', null, 'TRIAGED', null, null, 1],
].map(([slug, title, at, status, dueOn, answeredOn, number]) => ({ slug, title, body: at === null ? null : bodies[at], status, dueOn, answeredOn, supporters: all.slice(0, number) }));
function request(one) {
  const isOverdue = one.status === 'FORWARDED';
  return {
    __typename: 'DataRequest', id: `data_request:${one.slug}`, slug: one.slug, title: one.title, titleLang: 'es', description: 'Una solicitud ficticia.', purpose: null, blocking: 'NOT_PUBLISHED', themes: [], study: null, frequency: null, format: 'CSV', status: one.status, isOpen: true, publisher: one.body ? () => publisher(one.body) : null,
    submittedOn: '2026-06-20', forwardedOn: one.dueOn ? '2026-07-02' : null, dueOn: one.dueOn, answeredOn: one.answeredOn, isOverdue, lateDays: isOverdue ? 114 : null, plannedOn: one.answeredOn ? '2027-01-31' : null, publishedOn: null, answer: one.answeredOn ? 'Se publicará cada mes.' : null, answerLang: one.answeredOn ? 'es' : null, legalBasis: null, duplicateOf: null, datasets: [],
    heat: one.supporters.length * 3 + 1, businessHeat: one.supporters.length * 3, support: { organisationCount: one.supporters.length, personCount: 1, blockedCount: 1, organisations: () => one.supporters.map(organisation) },
  };
}
function demand(list) {
  const heat = list.reduce((sum, one) => sum + one.supporters.length * 3 + 1, 0);
  const answered = list.filter((one) => one.answeredOn).length;
  const overdue = list.filter((one) => one.status === 'FORWARDED').length;
  return { ...figure([...new Set(list.flatMap((one) => one.supporters))]), requestCount: list.length, openCount: list.length, blockedCount: list.length, organisationSupportCount: heat, personSupportCount: list.length, heat, businessHeat: heat - list.length, punctuality: { answered, answeredInTime: answered, overdue, waiting: 0, onTimeRate: null, medianDays: null }, themes: [], cells: list.map((one) => ({ publisher: one.body ? () => publisher(one.body) : null, side: 'PERSONS', sector: null, heat: one.supporters.length * 3 + 1, requestCount: 1, supportCount: one.supporters.length + 1 })) };
}

/** The root of the fictional record. */
export function record() {
  const ranked = bodies.map((body) => publisher(body)).sort((a, b) => b.userCount - a.userCount);
  return {
    meta: { version: '0.1.0', revision: 12, asOf: '2026-11-23', recordedAt: null, sampleLoaded: true, organisationCount: all.length, publisherCount: bodies.length, datasetCount: datasets.length, claimCount: 300, defaultRollup: 'AS_STATED', methodVersion: '1.0', chapters: [{ code: 'sample', title: 'Sample', organisationCount: all.length, study: wave.study }] },
    organisations: (args) => organisations(select(args.filter), args),
    organisation: ({ slug }) => { const one = all.find((other) => other.slug === slug); return one ? organisation(one) : null; },
    publishers: (args) => ({ ...page(ranked, args), edges: page(ranked, args).nodes.map((node) => ({ cursor: node.slug, node, userCount: node.userCount })), ...figure(all) }),
    publisher: ({ slug }) => { const body = bodies.find((other) => other.slug === slug); return body ? publisher(body) : null; },
    datasets: (args) => { const list = datasets.map(datasetOf).sort((a, b) => b.userCount - a.userCount); const found = page(list, args); return { ...found, edges: found.nodes.map((node) => ({ cursor: node.slug, node, userCount: node.userCount })), ...figure(all, { attribute: 'DATASET', answered: 9, asked: all.length, missing: [] }) }; },
    dataset: ({ slug }) => { const dataset = datasets.find((other) => other.slug === slug); return dataset ? datasetOf(dataset) : null; },
    sector: ({ code: value }) => { const sector = SECTORS.find((other) => other[0] === value); if (!sector) return null; const list = all.filter((one) => one.sector === sector); return { code: code('od500_category', value, sector[1], sector[2]), family: sector[2], organisationCount: list.length, topPublishers: counts('PUBLISHER', list).rows.slice(0, 8), organisations: (args) => organisations(list, args) }; },
    sdg: ({ number }) => ({ ...figure(all, { attribute: 'SDG', answered: 0, asked: 0, missing: [{ code: 'NOT_ASKED', count: all.length }] }), number, recoveredCount: 0, askedDirectly: false, inferredCoverage: { attribute: 'SOCIAL_IMPACT', answered: 66, asked: all.length, missing: [] }, code: code('sdg', String(number), 'Quality education'), color: '', declaredCount: 0, inferredCount: 19, candidateCount: 0, candidates: [], targets: [], unusedDatasets: [], asked: false, levels: [0, 1, 2, 3, 4, 5].map((level) => ({ level, count: level === 0 ? 19 : 0 })), organisations: (args) => organisations(all.slice(0, 19), args) }),
    requests: (args) => page(asked, args, request), demand: () => demand(asked),
    request: ({ slug }) => { const one = asked.find((other) => other.slug === slug); return one ? request(one) : null; },
    studies: [{ ...wave.study, waves: [wave] }],
    counts: ({ by, filter }) => counts(by, select(filter)),
    flow: (args) => { const list = select(args.filter); const found = flowOf(list, args); return { ...found, ...figure(list), nodes: found.nodes.map((node) => ({ ...node, publisher: node.publisher ? () => publisher(node.publisher) : null })) }; },
    network: (args) => { const list = select(args.filter); const found = networkOf(list, args); return found && { ...found, ...figure(list) }; },
    topDatasets: { rows: datasets.map((dataset) => ({ dataset: datasetOf(dataset), organisationCount: all.filter((one) => one.named.includes(dataset)).length, weighted: 1 })).sort((a, b) => b.organisationCount - a.organisationCount), totalCount: datasets.length, unspecified: [], ...figure(all) },
    concentration: { by: 'PUBLISHER', hhi: 1, normalised: 0.1, effectiveNumber: 3, links: all.reduce((sum, one) => sum + one.uses.length, 0), values: 9, ...figure(all) },
    mapPoints,
    search: ({ text, first = 10, types }) => {
      const hits = [
        ...all.map((one) => ({ type: 'ORGANISATION', title: one.name, path: `/organisations/${one.slug}`, subtitle: one.sector[1], matched: null, organisationCount: null })),
        ...ranked.map((body) => ({ type: 'PUBLISHER', title: body.name, path: `/publishers/${body.slug}`, subtitle: null, matched: body.acronym, organisationCount: body.userCount })),
        ...datasets.map((dataset) => ({ type: 'DATASET', title: dataset.title, path: `/datasets/${dataset.slug}`, subtitle: dataset.body.acronym, matched: null, organisationCount: 3 })),
        ...SECTORS.filter((sector) => sector[0]).map((sector) => ({ type: 'SECTOR', title: sector[1], path: `/sectors/${sector[0]}`, subtitle: null, matched: null, organisationCount: sector[3] })),
      ].filter((hit) => (!types || types.includes(hit.type)) && fold(`${hit.title} ${hit.matched ?? ''}`).includes(fold(text)));
      return { totalCount: hits.length, hits: hits.slice(0, first) };
    },
  };
}
