// Publishers by the families of the sectors that use them, where there is no room for sectors: added up from all of
// their sectors.
import { FAMILIES, family, type Family } from '../../../families.ts';
import { matrixOf, type Graph, type Node } from './graph.ts';

export interface Kinship {
  /** Those with organisations, in the order of the rail. */
  pieces: Family[];
  rows: { node: Node; counts: Map<Family, number> }[];
  totals: Map<Family, number>;
}

/** None where the answer gathers some sectors as "others": without them a family would be said to have fewer than it has. */
export function kinshipOf(graph: Graph): Kinship | undefined {
  const { rows: publishers, columns } = matrixOf(graph);
  if (columns.some((one) => one.level !== 'SECTOR' || one.special === 'other')) return undefined;
  const rows = publishers.map((node) => ({ node, counts: countsOf(graph, node) }));
  const totals = gathered(columns.map((one) => [family(one.family), one.organisationCount]));
  const pieces = FAMILIES.filter((piece) => totals.has(piece) || rows.some((row) => row.counts.has(piece)));
  return { pieces, rows, totals };
}

function countsOf(graph: Graph, row: Node): Map<Family, number> {
  const { columns, cell } = matrixOf(graph);
  return gathered(columns.map((column) => [family(column.family), cell(row, column)]));
}

function gathered(parts: [Family, number][]): Map<Family, number> {
  const sums = new Map<Family, number>();
  for (const [piece, count] of parts) if (count > 0) sums.set(piece, (sums.get(piece) ?? 0) + count);
  return sums;
}
