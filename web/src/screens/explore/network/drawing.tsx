// The network as plain SVG: where WebGL is missing, and for the file that is saved.
import type { VNode } from 'preact';
import { clip, SMALL, widthOf } from '../../../widgets/measure.ts';
import { nodeName, shade, type Colour } from './look.ts';
import { frameOf, type Net, type Spot } from './net.ts';

interface Props {
  net: Net;
  colour: Colour;
  focus?: string | undefined;
  label: string;
}

/** Names drawn at most; more would lie over one another. */
const NAMED = 40;

export function Drawing({ net, colour, focus, label }: Props): VNode {
  const { x, y, width, height } = frameOf(net);
  const size = Math.max(width, 600);
  const per = size / width;
  const at = (spot: Spot): [number, number] => [(spot.x - x) * per, (spot.y - y) * per];
  const near = focus ? net.near.get(focus) : undefined;
  const off = (key: string): boolean => near !== undefined && key !== focus && !near.has(key);
  const names = named(net, at);
  // A name at the edge is written out.
  const wide = Math.max(size, ...names.values());
  return (
    <svg class="netsvg" viewBox={`0 0 ${Math.round(wide)} ${Math.round(height * per)}`} role="img" aria-label={label} data-chart>
      {net.links.map(({ from, to, uses }) => {
        const [[x1, y1], [x2, y2]] = [at(from), at(to)];
        const on = focus === from.node.key || focus === to.node.key;
        return <line key={`${from.node.key} ${to.node.key}`} x1={x1} y1={y1} x2={x2} y2={y2} class={`wire${uses ? '' : ' own'}${near && !on ? ' off' : on ? ' on' : ''}`} />;
      })}
      {net.spots.map((spot) => {
        const [cx, cy] = at(spot);
        return <circle key={spot.node.key} cx={cx} cy={cy} r={spot.r} class={`spot ${shade(spot.node, colour)}${off(spot.node.key) ? ' off' : ''}`}><title>{spot.node.label}</title></circle>;
      })}
      {net.spots.filter((spot) => names.has(spot.node.key) || spot.node.key === focus).map((spot) => {
        const [cx, cy] = at(spot);
        return <text key={spot.node.key} x={cx + spot.r + 4} y={cy + 4} class={off(spot.node.key) ? 'off' : undefined} lang={spot.node.labelLang}>{clip(nodeName(spot.node), 190, SMALL)}</text>;
      })}
    </svg>
  );
}

/** Whose names are drawn, and where each ends: the largest first, where they cover no other. */
function named(net: Net, at: (spot: Spot) => [number, number]): Map<string, number> {
  // Names cover neither one another nor a node.
  const boxes = net.spots.map((spot) => {
    const [x, y] = at(spot);
    return { left: x - spot.r, right: x + spot.r, top: y - spot.r, bottom: y + spot.r };
  });
  const found = new Map<string, number>();
  for (const spot of [...net.spots].sort((a, b) => a.node.depth - b.node.depth || b.r - a.r)) {
    if (found.size >= NAMED) break;
    const [x, y] = at(spot);
    const box = { left: x + spot.r + 1, right: x + spot.r + 8 + widthOf(clip(nodeName(spot.node), 190, SMALL), SMALL), top: y - 9, bottom: y + 9 };
    if (boxes.some((one) => box.left < one.right && one.left < box.right && box.top < one.bottom && one.top < box.bottom)) continue;
    boxes.push(box);
    found.set(spot.node.key, box.right);
  }
  return found;
}
