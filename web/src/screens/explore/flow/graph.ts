// The answer about a flow as a picture and its tables read it: nodes by level, links between neighbours.
import type { ExploreFlowData } from '../../../queries/generated/flow.ts';
import type { FlowLevel } from '../../../queries/generated/schema.ts';

export type FlowAnswer = ExploreFlowData['flow'];
type Answered = FlowAnswer['nodes'][number];

export interface Node extends Answered {
  /** Which column, from the left. */
  column: number;
  /** Its place in the column. */
  row: number;
  /** Whose it is, where another of the picture has the same title. */
  body?: string | undefined;
}

export interface Link {
  key: string;
  from: Node;
  to: Node;
  value: number;
  /** The family that colours it; none before sectors are reached. */
  family: string | null;
}

export interface Graph {
  levels: FlowLevel[];
  columns: Node[][];
  links: Link[];
  /** Sum of the links that leave the first column. */
  parts: number;
}

export function graphOf(answer: FlowAnswer, bodies?: Map<string, string | undefined>): Graph {
  const columns = answer.levels.map((level, column) => answer.nodes.filter((one) => one.level === level).map((one, row): Node => ({ ...one, column, row, body: bodies?.get(one.key) })));
  const nodes = new Map(columns.flat().map((one) => [one.key, one]));
  const links = answer.cells.flatMap(({ source, target, organisationCount }): Link[] => {
    const from = nodes.get(source);
    const to = nodes.get(target);
    return from && to ? [{ key: `${source} ${target}`, from, to, value: organisationCount, family: familyOf(from, to) }] : [];
  });
  links.sort((a, b) => a.from.column - b.from.column || a.from.row - b.from.row || a.to.row - b.to.row);
  return { levels: answer.levels, columns, links, parts: links.filter((one) => one.from.column === 0).reduce((sum, one) => sum + one.value, 0) };
}

/** The family of the sector at either end; sectors that are gathered or unknown have none. */
function familyOf(from: Node, to: Node): string | null {
  const sector = [from, to].find((one) => one.level === 'SECTOR');
  return sector ? (sector.family ?? 'none') : null;
}

/** Links that touch a node. */
export function around(graph: Graph, key: string): Set<string> {
  return new Set(graph.links.filter((one) => one.from.key === key || one.to.key === key).map((one) => one.key));
}

export type Step = 'up' | 'down' | 'left' | 'right';

/** The node that an arrow leads to: the next of its column, or the neighbour it is most linked to. */
export function neighbour(graph: Graph, from: Node, step: Step): Node | undefined {
  const column = graph.columns[from.column] ?? [];
  if (step === 'up') return column[from.row - 1];
  if (step === 'down') return column[from.row + 1];
  const links = graph.links.filter((one) => (step === 'right' ? one.from.key === from.key : one.to.key === from.key));
  const most = links.reduce<Link | undefined>((best, one) => (best && best.value >= one.value ? best : one), undefined);
  return most && (step === 'right' ? most.to : most.from);
}

/** The counts of a two-level flow as a matrix: rows of the first level, columns of the last. */
export function matrixOf(graph: Graph): { rows: Node[]; columns: Node[]; cell: (row: Node, column: Node) => number } {
  const counts = new Map(graph.links.map((one) => [one.key, one.value]));
  return { rows: graph.columns[0] ?? [], columns: graph.columns.at(-1) ?? [], cell: (row, column) => counts.get(`${row.key} ${column.key}`) ?? 0 };
}

type Leader = FlowAnswer['nodes'][number];

/** The publishers that reach most, and whether several reach as many. */
export function leaders(nodes: Leader[]): { first: Leader | undefined; second: Leader | undefined; isTied: boolean } {
  const ranked = nodes.filter((one) => one.level === 'PUBLISHER' && one.special === null).sort((a, b) => b.organisationCount - a.organisationCount);
  const [first, second] = ranked;
  return { first, second, isTied: first !== undefined && first.organisationCount === second?.organisationCount };
}

/** The one publisher that feeds everybody who matches, as when it was chosen, and the sector with most of them; no sector
 *  where several have as many. */
export function onlyOf({ n, nodes }: Pick<FlowAnswer, 'n' | 'nodes'>): { sector: Leader | undefined; areAll: boolean } | undefined {
  const { first, second } = leaders(nodes);
  const isAlone = nodes.every((one) => one === first || one.level !== 'PUBLISHER');
  if (!first || second || !isAlone || first.organisationCount !== n) return undefined;
  const counted = nodes.filter((one) => one.level === 'SECTOR' && one.special === null);
  const most = Math.max(0, ...counted.map((one) => one.organisationCount));
  const [sector, ...tied] = counted.filter((one) => one.organisationCount === most);
  return { sector: tied.length > 0 ? undefined : sector, areAll: most === n };
}
