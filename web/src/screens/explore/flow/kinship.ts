// Publishers by the families of the sectors that use them, where there is no room for sectors: added up from all of
// their sectors.
import { FAMILIES } from '../../../families.ts';
import { matrixOf, type Graph, type Node } from './graph.ts';
import { hueOf, type Hue } from './hue.ts';

const PIECES: Hue[] = [...FAMILIES.filter((one) => one !== 'none'), 'other', 'none'];

export interface Kinship {
  /** Those with organisations, in the order of the rail. */
  pieces: Hue[];
  rows: { node: Node; counts: Map<Hue, number> }[];
  totals: Map<Hue, number>;
}

/** `fine` is the same flow with every sector told apart, once it is there. */
export function kinshipOf(graph: Graph, fine: Graph | undefined): Kinship {
  const full = fine ?? graph;
  const rows = (full.columns[0] ?? []).map((node) => ({ node, counts: countsOf(full, node) }));
  const totals = gathered(matrixOf(full).columns.map((one) => [hueOf(one), one.organisationCount]));
  const pieces = PIECES.filter((piece) => totals.has(piece) || rows.some((row) => row.counts.has(piece)));
  return { pieces, rows, totals };
}

function countsOf(graph: Graph, row: Node): Map<Hue, number> {
  const { columns, cell } = matrixOf(graph);
  return gathered(columns.map((column) => [hueOf(column), cell(row, column)]));
}

function gathered(parts: [Hue, number][]): Map<Hue, number> {
  const sums = new Map<Hue, number>();
  for (const [piece, count] of parts) if (count > 0) sums.set(piece, (sums.get(piece) ?? 0) + count);
  return sums;
}
