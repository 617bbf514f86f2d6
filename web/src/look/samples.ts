// Fictional figures for the reference sheet.
import type { FlowAnswer } from '../screens/explore/flow/graph.ts';
import type { NetworkAnswer } from '../screens/explore/network/net.ts';
import type { Figure } from '../widgets/figure.tsx';
import type { OrganisationRow } from '../widgets/orglist.tsx';
import type { Question } from '../widgets/put.ts';
import type { Choice } from '../widgets/study.tsx';

export const FIGURE: Figure = {
  n: 22, asOf: '2026-01-31', isRecorded: true, rollup: 'AS_STATED', methodVersion: '1.0', revision: 3,
  waves: [{ slug: 'ola-1', title: 'Ola 1', study: { chapter: 'sample', title: 'Ecosistema de muestra' } }],
  coverage: { attribute: 'PUBLISHER', answered: 16, asked: 22 },
};

export const ROW: OrganisationRow = {
  slug: 'nubes-claras', name: 'Nubes Claras, S.C.', nameLang: 'es', family: 'data', sector: { code: 'data_technology', label: 'Data/Technology' }, sectorText: null, sectorMissing: null,
  area: { code: 'MX-JAL', name: 'Jalisco' }, location: { locality: 'Zapopan' }, founded: '2013', sizeBand: '11-50', sizeMissing: null, publishersUsed: 7, publishersMissing: null, publishersUnspecified: false, datasetsUsed: 3, datasetsMissing: null, bestGrade: 'C',
};

export const STUDIES: [Choice, Choice] = [{ code: 'zz', title: 'Estudio imaginario', count: 22 }, { code: 'sample', title: 'Ecosistema de muestra', count: 40 }];

export const QUESTIONS: Question[] = [
  { attribute: 'SECTOR', answered: 14, asked: 22, missing: [{ code: 'NO_ANSWER', count: 3 }, { code: 'DONT_KNOW', count: 2 }, { code: 'REFUSED', count: 1 }, { code: 'SUPPRESSED', count: 2 }] },
  { attribute: 'PUBLISHER', answered: 9, asked: 18, missing: [{ code: 'NO_ANSWER', count: 9 }, { code: 'NOT_APPLICABLE', count: 3 }, { code: 'NOT_ASKED', count: 1 }] },
  { attribute: 'SDG', answered: 0, asked: 0, missing: [{ code: 'NOT_ASKED', count: 22 }] },
  { attribute: 'SIZE', answered: 20, asked: 22, missing: [{ code: 'NO_ANSWER', count: 2 }], pendingReview: 6 },
];

const PUBLISHERS = [['imaginario', 'Instituto Imaginario', 16], ['nubes', 'Secretaría de Nubes', 9], ['mareas', 'Comisión de Mareas', 4]] as const;
const SECTORS = [['research', 'Research & Consulting', 8], ['data', 'Data/Technology', 6], ['public', 'Education', 3]] as const;
type FlowNode = FlowAnswer['nodes'][number];

const body = ([slug, name, count]: readonly [string, string, number]): FlowNode => ({ key: `publisher:${slug}`, level: 'PUBLISHER', label: name, labelLang: 'es', organisationCount: count, family: null, special: null, folded: 0, publisher: { slug, name, nameLang: 'es', acronym: null, shortName: name } });
const sector = ([family, label, count]: readonly [string, string, number]): FlowNode => ({ key: `sector:${family}`, level: 'SECTOR', label, labelLang: 'en', organisationCount: count, family, special: null, folded: 0, publisher: null });
const gathered = (level: 'PUBLISHER' | 'SECTOR', special: 'other' | 'unclassified', count: number): FlowNode => ({ key: `${level.toLowerCase()}:${special}`, level, label: special, labelLang: 'en', organisationCount: count, family: null, special, folded: 5, publisher: null });

const ROWS = [...PUBLISHERS.map(body), gathered('PUBLISHER', 'other', 3)];
const COLUMNS = [...SECTORS.map(sector), gathered('SECTOR', 'unclassified', 2), gathered('SECTOR', 'other', 3)];
const CELLS = [[6, 4, 3, 1, 2], [4, 2, 1, 1, 1], [2, 1, 0, 0, 1], [1, 1, 0, 0, 1]];

const flowOf = (columns: FlowNode[]): FlowAnswer => ({
  ...FIGURE, filters: {}, levels: ['PUBLISHER', 'SECTOR'], nodes: [...ROWS, ...columns],
  cells: ROWS.flatMap((row, i) => columns.flatMap((column, j) => (CELLS[i]?.[j] ? [{ source: row.key, target: column.key, organisationCount: CELLS[i][j] }] : []))),
}) as unknown as FlowAnswer;

export const FLOW = flowOf(COLUMNS);
/** The same without gathered sectors, as families are added up of. */
export const FINE = flowOf(COLUMNS.slice(0, -1));

type NetNode = NetworkAnswer['nodes'][number];
const node = (kind: NetNode['kind'], slug: string, label: string, depth: number, size: number, family: string | null = null): NetNode => ({ key: `${kind.toLowerCase()}:${slug}`, kind, slug, label, labelLang: 'es', acronym: null, family, depth, size });
const NODES = [
  node('DATASET', 'censo', 'Censo de nubes', 0, 6), node('PUBLISHER', 'nubes', 'Secretaría de Nubes', 1, 9),
  ...['research', 'data', 'finance', 'business', 'media', 'land', 'place', 'public'].map((family, index) => node('ORGANISATION', family, `Taller ${index + 1}`, 1 + (index % 2), 1 + (index % 4), family)),
];

export const NETWORK = { ...FIGURE, beyond: 0, nodes: NODES, links: NODES.slice(1).map((one, index) => ({ source: NODES[index % 2]?.key ?? '', target: one.key, grade: index % 3 === 0 ? null : 'C' })).filter((one) => one.source !== one.target) } as unknown as NetworkAnswer;
