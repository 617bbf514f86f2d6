// The answer about a network as a graph, and where its nodes stand: forces, run for a bounded number of
// rounds from places that follow from the nodes alone, so that one address always looks the same.
import { UndirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import { apart } from '../map/rings.ts';
import type { Seen } from '../moving.ts';
import { cleared } from './clearing.ts';
import type { ExploreNetworkData } from '../../../queries/generated/network.ts';

export type NetworkAnswer = NonNullable<ExploreNetworkData['network']>;
export type NetNode = NetworkAnswer['nodes'][number];

export interface Spot {
  node: NetNode;
  x: number;
  y: number;
  /** Radius in pixels. */
  r: number;
}

export interface Net {
  spots: Spot[];
  byKey: Map<string, Spot>;
  links: { from: Spot; to: Spot; uses: boolean }[];
  /** The neighbours of each node. */
  near: Map<string, Set<string>>;
}

export type Sized = 'links' | 'equal';

/** Rounds of pushing and pulling, in steps that leave the page alive in between. */
const ROUNDS = 360;
const STEP = 60;
const SMALL = 4;
const LARGE = 15;

export async function settle(answer: NetworkAnswer, sized: Sized): Promise<Net> {
  const graph = graphOf(answer, sized);
  const settings = { ...forceAtlas2.inferSettings(graph), adjustSizes: true, gravity: 1, scalingRatio: 14, slowDown: 6, barnesHutOptimize: graph.order > 250, outboundAttractionDistribution: true };
  for (let round = 0; round < ROUNDS; round += STEP) {
    forceAtlas2.assign(graph, { iterations: STEP, settings });
    await new Promise((resume) => { setTimeout(resume, 0); });
  }
  return netOf(answer, graph);
}

function graphOf(answer: NetworkAnswer, sized: Sized): UndirectedGraph {
  const graph = new UndirectedGraph();
  const most = Math.max(1, ...answer.nodes.map((one) => one.size));
  const atDepth = new Map<number, number>();
  for (const node of answer.nodes) {
    const index = atDepth.get(node.depth) ?? 0;
    atDepth.set(node.depth, index + 1);
    // A sunflower: rings by step from the centre, each next node a golden angle further.
    const angle = index * 2.399_963;
    const reach = node.depth * 40 + Math.sqrt(index) * 8;
    // The middle stays in the middle, and gravity keeps the others around it.
    graph.addNode(node.key, { fixed: node.depth === 0, x: Math.cos(angle) * reach, y: Math.sin(angle) * reach, size: sized === 'equal' ? 6 : SMALL + (LARGE - SMALL) * Math.sqrt(node.size / most) });
  }
  for (const link of answer.links) {
    if (graph.hasNode(link.source) && graph.hasNode(link.target) && !graph.hasEdge(link.source, link.target)) graph.addEdge(link.source, link.target, { weight: link.grade ? 1 : 1.5 });
  }
  return graph;
}

function netOf(answer: NetworkAnswer, graph: UndirectedGraph): Net {
  const spots = answer.nodes.map((node): Spot => {
    const { x, y, size } = graph.getNodeAttributes(node.key) as { x: number; y: number; size: number };
    return { node, x, y, r: size };
  });
  const byKey = new Map(spots.map((one) => [one.node.key, one]));
  const near = new Map(spots.map((one) => [one.node.key, new Set<string>()]));
  const links = answer.links.flatMap((link) => {
    const from = byKey.get(link.source);
    const to = byKey.get(link.target);
    if (!from || !to) return [];
    near.get(link.source)?.add(link.target);
    near.get(link.target)?.add(link.source);
    return [{ from, to, uses: link.grade !== null }];
  });
  return { spots, byKey, links, near };
}

export interface Size {
  width: number;
  height: number;
}

/** Around the outermost nodes, in pixels: room for their names. */
const AIR = 28;
/** A wide picture is filled, but not drawn out. */
const STRETCH = 1.5;

/** Around the middle, in pixels: its mark stands alone. */
const CLEAR = 14;

/** Between the middle and the ring that marks it. */
export const MARK = 5;
/** Half the diagonal of a diamond with the area of a circle of radius 1: no node reaches farther. */
export const DIAMOND = Math.sqrt(Math.PI / 2);

/** Where each node stands in a picture of that size, its middle in the middle; `name` is what its name takes below it. */
export function placed(net: Net, { width, height }: Size, seen: Seen, name?: { width: number; tall: number }): Spot[] {
  const reach = (of: (spot: Spot) => number): number => Math.max(1, ...net.spots.map((one) => Math.abs(of(one)) + one.r));
  const across = (width / 2 - AIR) / reach((one) => one.x);
  const down = (height / 2 - AIR) / reach((one) => one.y);
  const [perX, perY] = [Math.min(across, down * STRETCH), Math.min(down, across * STRETCH)];
  // Fewer pixels for each node: all become smaller alike.
  const small = Math.min(1, Math.max(0.6, Math.min(width, height) / 480));
  const spots = net.spots.map((one) => ({ ...one, x: one.x * perX * seen.scale, y: one.y * perY * seen.scale, r: one.r * small }));
  const shifts = apart(spots.map(({ node, x, y, r }) => ({ x, y, r: node.depth === 0 ? r + CLEAR : r })));
  const middle = shifts[spots.findIndex((one) => one.node.depth === 0)] ?? { dx: 0, dy: 0 };
  const stands = spots.map((one, index) => {
    const { dx, dy } = shifts[index] ?? { dx: 0, dy: 0 };
    return { ...one, x: width / 2 + one.x + dx - middle.dx + seen.dx, y: height / 2 + one.y + dy - middle.dy + seen.dy };
  });
  const centre = stands.find((one) => one.node.depth === 0);
  return name && centre ? cleared(stands, { ...name, from: centre.r * DIAMOND + MARK + 1, reach: DIAMOND, around: CLEAR }) : stands;
}
