// The key of the map: how large one, some and the most are; what the shades mean.
import type { VNode } from 'preact';
import { number, t, tn } from '../../../i18n.ts';
import { ShadeKey } from '../../../widgets/outline.tsx';
import type { Layer } from './layer.tsx';
import type { Share } from './naming.ts';
import { radius } from './rings.ts';
import { partKey } from './words.ts';

/** A line of the key's type, in pixels. */
const LINE = 13;

interface Props {
  per: number;
  most: number;
  /** What is written beside a circle that holds a part of its area. */
  share: Share | undefined;
  layer: Layer;
  counts: number[];
  unplaced: number;
}

export function Legend({ per, most, share, layer, counts, unplaced }: Props): VNode {
  const middle = round(most / 4);
  // A number needs a line between its circle and the next smaller one: what leaves none is not in the key.
  const steps = [most];
  for (const count of [middle, 1]) {
    const last = steps.at(-1) ?? most;
    if (count < last && 2 * (radius(last, per) - radius(count, per)) >= LINE) steps.push(count);
  }
  const outer = radius(most, per);
  const size = 2 * outer + 4;
  return (
    <div class="ctrl legend">
      {most > 3 && layer !== 'areas' ? (
        <svg class="scale" width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
          {steps.map((count) => {
            const r = radius(count, per);
            return (
              <g key={count}>
                <circle cx={size / 2} cy={size - 2 - r} r={r} />
                {count === 1 && r < 6 ? null : <text x={size / 2} y={size - 2 - 2 * r + (count === most ? 13 : 11)}>{number(count)}</text>}
              </g>
            );
          })}
        </svg>
      ) : null}
      <div>
        {layer === 'areas' ? <p>{t('map.pressArea')}</p> : <p>{t('map.areaTrue')}<span class="hide-s"><br />{t('map.slices')}</span></p>}
        {share ? <p>{partKey(share)}</p> : null}
        {layer === 'circles' ? null : <div class="hide-s"><ShadeKey counts={counts} /></div>}
        {unplaced > 0 ? <p class="muted nowhere"><i aria-hidden="true" />{tn('map.unplaced', unplaced)}</p> : null}
      </div>
    </div>
  );
}

/** A round figure near `value`. */
function round(value: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return Math.max(1, Math.round(value / step) * step);
}
