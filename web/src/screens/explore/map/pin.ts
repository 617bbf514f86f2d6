// One symbol on the map: a button, so that it can be reached by keyboard, with its ring drawn as SVG.
import type { MapSymbol } from '../../../columns.ts';
import { leadFrom, type Label } from './labels.ts';
import { number } from '../../../i18n.ts';
import { HOLE, holds, radius, RING, slices, WIDE } from './rings.ts';

const SVG = 'http://www.w3.org/2000/svg';
export interface PinLook {
  per: number;
  familyKeys: string[];
  /** Only the number, on the shaded area it counts. */
  plain?: boolean;
  /** Said to those who cannot see it. */
  label: string;
  /** Written beside it, where there is room. */
  name: string | undefined;
  at: Label | undefined;
  /** How far it was moved aside. */
  shift: { dx: number; dy: number };
}

export function pin(symbol: MapSymbol, look: PinLook): HTMLButtonElement {
  const r = look.plain ? 12 : radius(symbol.count, look.per);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'pin';
  button.setAttribute('aria-label', look.label);
  button.title = look.label;
  const size = Math.max(24, 2 * r);
  const svg = draw('svg', { width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, 'aria-hidden': 'true' });
  const { dx, dy } = look.shift;
  if (Math.hypot(dx, dy) > r) svg.append(draw('path', { class: 'lead', d: `M0 0L${-dx} ${-dy}` }));
  if (look.plain) {
    const count = draw('text', { class: 'count alone', y: 1 });
    count.textContent = number(symbol.count);
    svg.append(count, ...nameOf(look, r));
    button.append(svg);
    return button;
  }
  const inner = r >= RING ? r * HOLE : 0;
  svg.append(draw('circle', { class: 'hole', r }));
  for (const slice of slices(symbol.families, r, inner)) {
    svg.append(draw('path', { class: `fam ${look.familyKeys[slice.index] ?? 'none'}`, d: slice.path, 'fill-rule': 'evenodd' }));
  }
  if (symbol.families.length === 0) svg.append(draw('circle', { class: 'fam none', r }));
  svg.append(draw('circle', { class: 'edge', r: r + 0.5 }));
  if (holds(symbol.count, look.per)) {
    const count = draw('text', { class: holds(symbol.count, look.per, WIDE) ? 'count' : 'count tight', y: 1 });
    count.textContent = number(symbol.count);
    svg.append(count);
  }
  svg.append(...nameOf(look, r));
  button.append(svg);
  return button;
}

/** What is written beside it. */
function nameOf({ name, at }: PinLook, r: number): SVGElement[] {
  if (!name || !at) return [];
  const text = draw('text', { class: 'name', x: at.x, y: at.y, 'text-anchor': at.anchor });
  text.textContent = name;
  return at.lead ? [draw('path', { class: 'lead', d: leadFrom({ x: 0, y: 0, r }, at.lead) }), text] : [text];
}

function draw(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
