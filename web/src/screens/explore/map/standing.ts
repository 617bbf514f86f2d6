// Where the map stands, and what it does when its address, its circles or its reader change: the events are the functions
// here, and the map carries out what they answer. Pure: nothing of MapLibre, of the address bar or of time enters.
import type { Address } from '../../../address.ts';
import { parseStand, type Stand } from '../../../stand.ts';
import type { Bounds } from './basemap.ts';

/** What of an address decides where the map stands. */
export interface Wanted {
  /** The studies and areas that are chosen: what is looked at. */
  ground: string;
  /** Where the reader has gone, as the address has it. */
  stand: string | undefined;
}

/** What decides it in this address. */
export function wantedOf({ filter: { chapter, area }, look }: Pick<Address, 'filter' | 'look'>): Wanted {
  return { ground: [chapter, area].map((words) => (words ?? []).join()).join(';'), stand: look.at };
}

export interface Standing {
  /** What of the address the map stands for; undefined before the first look. */
  wanted: Wanted | undefined;
  /** What was framed last, or would have been had the address not said where to look. */
  framed: Bounds | undefined;
  /** What is framed where no area is chosen: where the address says where to look, the map may know but the places that
   *  were last in sight. */
  everything: Bounds | undefined;
  /** Where the map last came to stand, in the word of an address. */
  stood: string;
  /** It was framed for circles that it may not have once it stands so: they are looked at once. */
  isUnchecked: boolean;
  /** It has just been framed, by itself or to show everything: that is no place to keep. */
  isFitted: boolean;
  /** Nobody has moved it since it was framed: in a box of another size it is framed anew. */
  isFramed: boolean;
}

/** Before the first look. */
export const NOWHERE: Standing = { wanted: undefined, framed: undefined, everything: undefined, stood: '', isUnchecked: false, isFitted: false, isFramed: false };

/** What the map has to do. Where it then stands it is `settled`, also where there was nothing to frame. */
export type Turn = { do: 'stay' } | { do: 'go'; there: Stand } | { do: 'frame'; bounds: Bounds | undefined };

/** What has come of an event. */
export interface Next {
  now: Standing;
  turn: Turn;
}

/** What there is to frame; asked for only where it is needed. */
export interface Boxes {
  /** What the address chooses. */
  chosen: () => Bounds | undefined;
  /** All that is there. */
  all: () => Bounds | undefined;
}

const STAY: Turn = { do: 'stay' };

/** The address has come to this, and what it asks for has been answered. The first look frames what there is, unless the
 *  address says where to look; later ones stay where the reader went, unless a study or an area is chosen or the address is another,
 *  as on the way back. */
export function arrived(now: Standing, wanted: Wanted, { chosen, all }: Boxes): Next {
  const there = parseStand(wanted.stand);
  const isNew = !now.wanted || wanted.stand !== now.wanted.stand;
  if (!isNew && wanted.ground === now.wanted?.ground) return { now: { ...now, wanted }, turn: STAY };
  const goes = isNew ? there : undefined;
  const choice = chosen();
  const bounds = choice ?? (goes ? now.everything : undefined) ?? all();
  const next = { ...now, wanted, everything: choice ? now.everything : bounds, framed: bounds ?? now.framed };
  if (goes) return { now: moved(next), turn: { do: 'go', there: goes } };
  return { now: bounds ? framed(next) : next, turn: { do: 'frame', bounds } };
}

/** The circles of what is now in sight are known: framed, the map has others than those it was framed for, and where they
 *  would be cut they get the room. */
export function counted(now: Standing): Next {
  if (!now.isUnchecked || !now.framed) return { now, turn: STAY };
  return { now: { ...now, isUnchecked: false, isFitted: true }, turn: { do: 'frame', bounds: now.framed } };
}

/** The box of the map has become another: what was framed in the one before may lie beside this one, so the order in which
 *  the answers, the sentence above and the key come makes no difference. Where the reader has gone stays in the middle. */
export function resized(now: Standing): Next {
  return now.isFramed && now.framed ? { now: framed(now), turn: { do: 'frame', bounds: now.framed } } : { now, turn: STAY };
}

function framed(now: Standing): Standing {
  return { ...now, isUnchecked: true, isFitted: true, isFramed: true };
}

/** The map has done what it had to, and now stands there. */
export function settled(now: Standing, stood: string): Standing {
  return { ...now, stood };
}

/** The reader moves it, and so looks at something: also where the move began before the map was framed. */
export function moved(now: Standing): Standing {
  return { ...now, isUnchecked: false, isFitted: false, isFramed: false };
}

/** The reader wants to see everything. The way there takes a while, so where it ends is said when the map rests. */
export function widened(now: Standing): Next {
  return now.framed ? { now: { ...now, isFitted: true, isFramed: true }, turn: { do: 'frame', bounds: now.framed } } : { now, turn: STAY };
}

/** The map has come to rest there, and the address has the word given: `say` is what it should have instead, undefined
 *  within for none at all. Where it says as much it stays as it came: what is strange in it is named as long as it is
 *  there. */
export function rested(now: Standing, stood: string, word: string | undefined): { now: Standing; say?: { at: string | undefined } } {
  const isStill = now.isFitted || stood === now.stood;
  const next = { ...now, isFitted: false, isFramed: now.isFramed && isStill };
  if (!next.wanted || (!now.isFitted && isStill)) return { now: next };
  const stand = now.isFitted ? undefined : stood;
  const saysSo = stand === undefined ? parseStand(word) === undefined : stand === word;
  if (saysSo) return { now: { ...next, stood } };
  return { now: { ...next, stood, wanted: { ...next.wanted, stand } }, say: { at: stand } };
}
