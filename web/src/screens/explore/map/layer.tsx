// What the map shows: circles over shaded states, circles alone, or the states alone with their counts.
import type { VNode } from 'preact';
import { looked, type Address } from '../../../address.ts';
import { t, type Key } from '../../../i18n.ts';
import { LAYERS } from '../../../looks.ts';
import { href } from '../../../navigate.ts';

export type Layer = (typeof LAYERS)[number];
const KEYS: Record<Layer, Key> = { both: 'map.both', circles: 'map.circles', areas: 'map.areas' };

export function layerOf(here: Address): Layer {
  return LAYERS.find((one) => one === here.look.layer) ?? 'both';
}

export function LayerSwitch({ here }: { here: Address }): VNode {
  const now = layerOf(here);
  return (
    <div class="ctrl layers">
      <nav class="switch small" aria-label={t('map.layer')}>
        {LAYERS.map((one) => <a key={one} href={href(looked(here, { layer: one === 'both' ? undefined : one }))} data-keep aria-current={one === now ? 'true' : undefined}>{t(KEYS[one])}</a>)}
      </nav>
    </div>
  );
}
