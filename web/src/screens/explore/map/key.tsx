// The key under a drawn map, part of the picture so that it can be read away from the screen: the colours of
// the families that are in it, what a circle is, and the shades.
import type { VNode } from 'preact';
import { familyKey, type Family } from '../../../families.ts';
import { t } from '../../../i18n.ts';
import { classesOf } from '../../../widgets/outline.tsx';
import { widthOf } from '../../../widgets/measure.ts';
import type { Layer } from './layer.tsx';
import type { Share } from './naming.ts';
import { partKey } from './words.ts';

const LINE = 15;
const SQUARE = 8;
const FONT = '400 10px "Source Sans 3"';

export interface Entry {
  /** The class of its colour. */
  swatch?: string;
  text: string;
}

/** Entries one after the other, on as many lines as they need. */
export function laid(entries: Entry[], width: number, measure: (text: string) => number): { entry: Entry; x: number; line: number }[] {
  let [x, line] = [0, 0];
  return entries.map((entry) => {
    const room = (entry.swatch ? SQUARE + 5 : 0) + measure(entry.text);
    if (x > 0 && x + room > width) [x, line] = [0, line + 1];
    const at = { entry, x, line };
    x += room + 16;
    return at;
  });
}

interface In {
  families: string[];
  counts: Iterable<number>;
  /** One of the names that say a part of their area. */
  share: Share | undefined;
}

/** The lines of the map's key: each begins anew. */
export function entriesOf(layer: Layer, { families, counts, share }: In): Entry[][] {
  const circles = families.map((one) => ({ swatch: `fam ${one}`, text: t(familyKey(one as Family)) }));
  const shades = [{ text: `${t('map.key')}:` }, ...classesOf(counts).map(({ at, name }) => ({ swatch: `st q${at}`, text: name }))];
  return [
    ...(layer === 'areas' ? [] : [[{ text: t('map.areaTrue') }, { text: t('map.slicesOf') }], share ? [{ text: partKey(share) }] : [], circles]),
    ...(layer === 'circles' ? [] : [shades]),
  ].filter((one) => one.length > 0);
}

export function keyLines(layer: Layer, what: In, width: number): Rows {
  return rowsOf(entriesOf(layer, what), width);
}

interface Rows {
  rows: { entry: Entry; x: number; y: number }[];
  height: number;
}

export function rowsOf(lines: Entry[][], width: number): Rows {
  let y = LINE;
  const rows = lines.flatMap((entries) => {
    const placed = laid(entries, width, (text) => widthOf(text, FONT)).map(({ entry, x, line }) => ({ entry, x, y: y + line * LINE }));
    y = (placed.at(-1)?.y ?? y) + LINE;
    return placed;
  });
  return { rows, height: y };
}

/** `mark` draws a swatch around its middle, where it is no square of a map. */
export function Key({ rows, top, mark }: { rows: Rows['rows']; top: number; mark?: (entry: Entry, x: number, y: number) => VNode }): VNode {
  return (
    <g class="key" transform={`translate(0 ${top})`}>
      {rows.map(({ entry, x, y }) => (
        <g key={`${entry.swatch ?? ''} ${entry.text}`}>
          {entry.swatch && mark ? mark(entry, x + SQUARE / 2, y - SQUARE / 2 + 1) : entry.swatch ? <rect class={entry.swatch} x={x} y={y - SQUARE + 1} width={SQUARE} height={SQUARE} /> : null}
          <text x={x + (entry.swatch ? SQUARE + 5 : 0)} y={y}>{entry.text}</text>
        </g>
      ))}
    </g>
  );
}
