// Publishers by the families of the sectors that use them, where there is no room for sectors: added up from all of
// their sectors.
import { FAMILIES } from '../../../families.ts';
import { matrixOf, type Graph, type Node } from './graph.ts';
import { hueOf, type Hue } from './hue.ts';

export type Piece = Hue;
const PIECES: Piece[] = [...FAMILIES.filter((one) => one !== 'none'), 'other', 'none'];

export interface Kinship {
  /** Those with organisations, in the order of the rail. */
  pieces: Piece[];
  rows: { node: Node; counts: Map<Piece, number> }[];
  totals: Map<Piece, number>;
}

/** `fine` is the same flow with every sector told apart, once it is there. */
export function kinshipOf(graph: Graph, fine: Graph | undefined): Kinship {
  const full = fine ?? graph;
  const rows = (full.columns[0] ?? []).map((node) => ({ node, counts: countsOf(full, node) }));
  const totals = gathered(matrixOf(full).columns.map((one) => [pieceOf(one), one.organisationCount]));
  const pieces = PIECES.filter((piece) => totals.has(piece) || rows.some((row) => row.counts.has(piece)));
  return { pieces, rows, totals };
}

function countsOf(graph: Graph, row: Node): Map<Piece, number> {
  const { columns, cell } = matrixOf(graph);
  return gathered(columns.map((column) => [pieceOf(column), cell(row, column)]));
}

function pieceOf(column: Node): Piece {
  return hueOf(column);
}

function gathered(parts: [Piece, number][]): Map<Piece, number> {
  const sums = new Map<Piece, number>();
  for (const [piece, count] of parts) if (count > 0) sums.set(piece, (sums.get(piece) ?? 0) + count);
  return sums;
}
