// What of the map that is drawn as SVG is in sight, as its reader, its address and its box change: decided in
// `standing.ts`, as for the other map, and carried out here.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { looked, type Address } from '../../../address.ts';
import { parseBox, printBox } from '../../../filter.ts';
import { address, go } from '../../../navigate.ts';
import { asking } from '../../../query.ts';
import { parseStand, printStand } from '../../../stand.ts';
import { WHOLE, type Seen } from '../moving.ts';
import { EVERYTHING, framing, isSame, part, seenAt, standOf, type Sheet } from './aim.ts';
import { boundsOf, type Areas, type Bounds } from './basemap.ts';
import { arrived, moved, NOWHERE, rested, settled, wantedOf, widened, type Next } from './standing.ts';

/** How long it stands still before the list and the address follow, in milliseconds. */
const STILL = 150;

interface Asked {
  here: Address;
  /** Undefined until it is known where its places are. */
  sheet: Sheet | undefined;
  /** Undefined until they are here; null where they do not come. */
  states: Areas | null | undefined;
  ready: boolean;
  onPart: (box: string | undefined) => void;
}

export interface Aiming {
  seen: Seen;
  /** It stands where the address says, or shows the whole. */
  hasArrived: boolean;
  /** The box that is in sight; undefined where that is the whole. */
  box: string | undefined;
  /** The reader moves it. */
  move: (change: (seen: Seen) => Seen) => void;
  /** The reader wants to see everything. */
  widen: () => void;
}

export function useAim({ here, sheet, states, ready, onPart }: Asked): Aiming {
  const standing = useRef(NOWHERE);
  const now = useRef(WHOLE);
  const before = useRef<Sheet | undefined>(undefined);
  const [seen, setSeen] = useState(WHOLE);
  const [hasArrived, setArrived] = useState(false);
  const [box, setBox] = useState<string | undefined>(undefined);
  const show = (next: Seen): void => {
    now.current = next;
    setSeen(next);
  };
  const carryOut = ({ now: next, turn }: Next, on: Sheet): void => {
    standing.current = next;
    if (turn.do === 'stay') return;
    if (turn.do === 'go') show(seenAt(turn.there, on));
    else if (turn.bounds) show(framing(turn.bounds, on));
    standing.current = settled(standing.current, printStand(standOf(now.current, on)));
  };
  const isFramed = (on: Sheet): boolean => isSame(now.current, framing(standing.current.framed ?? EVERYTHING, on));

  // In another box, or beside another country, the same place is shown. A move that the address has not been told yet is
  // told all the same.
  useLayoutEffect(() => {
    const old = before.current;
    if (!sheet) return;
    before.current = sheet;
    if (!old || !standing.current.wanted) return;
    const isTold = printStand(standOf(now.current, old)) === standing.current.stood;
    show(isFramed(old) ? framing(standing.current.framed ?? EVERYTHING, sheet) : seenAt(standOf(now.current, old), sheet));
    if (isTold) standing.current = settled(standing.current, printStand(standOf(now.current, sheet)));
  }, [sheet]);

  const { area, bbox } = here.filter;
  const wanted = wantedOf(here);
  const isKnown = sheet !== undefined && ready && (states !== undefined || !area);
  useEffect(() => {
    if (!sheet || !isKnown) return;
    carryOut(arrived(standing.current, wanted, { chosen: () => chosen(area ?? [], bbox, states), all: () => EVERYTHING }), sheet);
    setArrived(true);
  }, [isKnown, wanted.ground, wanted.stand]);

  const tell = useRef(onPart);
  tell.current = onPart;
  useEffect(() => {
    if (!sheet || !hasArrived) return undefined;
    asking(1);
    let waits = true;
    const end = (): void => {
      if (waits) asking(-1);
      waits = false;
    };
    const timer = setTimeout(() => {
      // Back to where it was framed, it is as if the reader had asked for that.
      const isWhole = isFramed(sheet);
      if (isWhole) standing.current = widened(standing.current).now;
      const word = printStand(standOf(now.current, sheet));
      // The list is of what the address, which has few digits, shows elsewhere too.
      const there = isWhole ? undefined : parseStand(word);
      const bounds = part(there ? seenAt(there, sheet) : now.current, sheet, standing.current.framed);
      const sight = bounds && printBox(bounds.flat() as [number, number, number, number]);
      setBox(sight);
      tell.current(sight);
      const { now: next, say } = rested(standing.current, word, address.peek().look.at);
      standing.current = next;
      if (say) go(looked(address.peek(), say), { keep: true, replace: true });
      end();
    }, STILL);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [seen, sheet, hasArrived]);
  useEffect(() => () => tell.current(undefined), []);

  const move = (change: (seen: Seen) => Seen): void => {
    standing.current = moved(standing.current);
    show(change(now.current));
  };
  const widen = (): void => {
    if (sheet) carryOut(widened(standing.current), sheet);
  };
  return { seen, hasArrived, box, move, widen };
}

/** What the address chooses, if it is of one country: two are never closer together than in the whole. */
function chosen(areas: string[], bbox: string | undefined, states: Areas | null | undefined): Bounds | undefined {
  const isOne = new Set(areas.map((code) => code.slice(0, 2))).size === 1;
  const given = parseBox(bbox);
  return (isOne && states ? boundsOf(states, areas) : undefined) ?? (given ? [[given[0], given[1]], [given[2], given[3]]] : undefined);
}
