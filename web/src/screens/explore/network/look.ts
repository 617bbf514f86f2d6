// What colours and sizes the nodes of a network, and what they are called.
import type { Address } from '../../../address.ts';
import { family } from '../../../families.ts';
import { COLOURS, SIZES } from '../../../looks.ts';
import type { NetworkKind } from '../../../queries/generated/schema.ts';
import type { NetNode, Sized } from './net.ts';

export type Colour = (typeof COLOURS)[number];

export function colourOf(here: Address): Colour {
  return COLOURS.find((one) => one === here.look.colour) ?? 'family';
}
export function sizedOf(here: Address): Sized {
  return SIZES.find((one) => one === here.look.sized) ?? 'links';
}
export function depthOf(here: Address): number {
  return { 1: 1, 2: 2, 3: 3 }[here.look.depth ?? ''] ?? 2;
}

/** The class that carries a node's colour, in the list and in the drawing. */
export function shade(node: NetNode, colour: Colour): string {
  if (colour === 'steps') return `step${node.depth}`;
  if (node.kind === 'PUBLISHER') return 'body';
  if (node.kind === 'DATASET') return 'set';
  return colour === 'kind' ? 'user' : family(node.family);
}

/** The class of a node's shape in lists and keys. */
export function shapeOf(kind: NetworkKind): string {
  return { ORGANISATION: 'round', DATASET: 'square', PUBLISHER: 'diamond' }[kind];
}

/** A name of so many letters needs no acronym, as in `shortName` of publishers. */
const SHORT = 14;

export function nodeName(node: NetNode): string {
  return node.acronym !== null && node.label.length > SHORT ? node.acronym : node.label;
}

const KINDS: Record<string, NetworkKind> = { organisation: 'ORGANISATION', dataset: 'DATASET', publisher: 'PUBLISHER' };

/** What `node=dataset:slug` in the address means. */
export function centreOf(text: string | undefined): { kind: NetworkKind; slug: string } | undefined {
  const at = text?.indexOf(':') ?? -1;
  const kind = KINDS[text?.slice(0, at) ?? ''];
  const slug = text?.slice(at + 1);
  return kind && slug ? { kind, slug } : undefined;
}

/** The address of a record's page as the centre of a network; undefined for pages that are none. */
export function keyOfPath(path: string): string | undefined {
  const [, kinds, slug] = path.split('?')[0]?.split('/') ?? [];
  return slug && kinds && kinds.slice(0, -1) in KINDS ? `${kinds.slice(0, -1)}:${decodeURIComponent(slug)}` : undefined;
}
