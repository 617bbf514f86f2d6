// The answer about a network as a graph, and where its nodes stand: forces, run for a bounded number of
// rounds from places that follow from the nodes alone, so that one address always looks the same.
import { UndirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
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
  const settings = { ...forceAtlas2.inferSettings(graph), adjustSizes: true, gravity: 0.6, scalingRatio: 14, slowDown: 6, barnesHutOptimize: graph.order > 250, outboundAttractionDistribution: true };
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
    graph.addNode(node.key, { x: Math.cos(angle) * reach, y: Math.sin(angle) * reach, size: sized === 'equal' ? 6 : SMALL + (LARGE - SMALL) * Math.sqrt(node.size / most) });
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

/** The box around everything, with air. */
export function frameOf(net: Net): { x: number; y: number; width: number; height: number } {
  const xs = net.spots.map((one) => one.x);
  const ys = net.spots.map((one) => one.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const air = 20 + Math.max(right - left, bottom - top) * 0.05;
  return { x: left - air, y: top - air, width: right - left + 2 * air, height: bottom - top + 2 * air };
}
