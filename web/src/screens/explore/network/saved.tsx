// The network as it is saved: the drawing, and below it the key that the page has beside it.
import type { VNode } from 'preact';
import { familyKey } from '../../../families.ts';
import { t, tn } from '../../../i18n.ts';
import type { NetworkKind } from '../../../queries/generated/schema.ts';
import { Key, rowsOf, type Entry } from '../map/key.tsx';
import { WHOLE } from '../moving.ts';
import { SIZE_KEYS } from './bar.tsx';
import { Drawing, Shape } from './drawing.tsx';
import type { Colour } from './look.ts';
import type { Net, Sized } from './net.ts';
import { familiesOf, KINDS } from './reach.tsx';

/** In pixels. */
const SIZE = { width: 1000, height: 760 };
const MARK = 4;

interface Of extends Entry { kind?: NetworkKind }

/** What nodes are by shape and colour, what their size is, and where colours say more than the kind, what. */
export function entriesOf(net: Pick<Net, 'spots'>, colour: Colour, sized: Sized): Of[][] {
  const nodes = net.spots.map((one) => one.node);
  const kinds = KINDS.filter(([kind]) => nodes.some((one) => one.kind === kind));
  const steps = Array.from({ length: Math.max(...nodes.map((one) => one.depth)) }, (_, step) => ({ swatch: `step${step + 1}`, text: tn('network.steps', step + 1) }));
  return [
    [{ swatch: 'middle', text: t('network.middle') }, ...kinds.map(([kind, own]) => ({ kind, swatch: colour === 'steps' || (kind === 'ORGANISATION' && colour === 'family') ? 'plain' : own, text: t(`search.${kind}`) })), { text: `${t('network.size')}: ${t(SIZE_KEYS[sized])}` }],
    colour === 'family' ? familiesOf({ nodes }).map((one) => ({ swatch: one, text: t(familyKey(one)) })) : colour === 'steps' ? steps : [],
  ].filter((one) => one.length > 0);
}

const mark = ({ kind = 'ORGANISATION', swatch = '' }: Of, x: number, y: number): VNode => (swatch === 'middle' ? <circle class="mark" cx={x} cy={y} r={MARK - 1} /> : <Shape kind={kind} shade={swatch} label="" x={x} y={y} r={MARK} />);

export function Saved({ net, colour, sized }: { net: Net; colour: Colour; sized: Sized }): VNode {
  const { rows, height } = rowsOf(entriesOf(net, colour, sized), SIZE.width);
  return <svg class="netsvg" viewBox={`0 0 ${SIZE.width} ${SIZE.height + height}`}><Drawing net={net} colour={colour} size={SIZE} seen={WHOLE} label="" /><Key rows={rows} top={SIZE.height} mark={mark} /></svg>;
}
