// A drawing of the page as a picture that stands alone: its colours written into it, its headline above,
// its figure line, whom to name and its address below.
import sansUrl from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url';
import serifUrl from '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url';
import { bytes } from '../../../api.ts';
import { token } from '../../../widgets/webgl.ts';
import { linesOf } from './lines.ts';

const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = ['fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'paint-order', 'dominant-baseline'];
/** What a property is where nothing says otherwise: not worth writing. */
const INITIAL: Record<string, string> = { 'fill-opacity': '1', 'fill-rule': 'nonzero', 'stroke': 'none', 'stroke-opacity': '1', 'stroke-dasharray': 'none', 'stroke-linejoin': 'miter', 'opacity': '1', 'paint-order': 'normal', 'dominant-baseline': 'auto', 'text-anchor': 'start' };
const TEXT = new Set(['text', 'tspan']);
const MARGIN = 32;
const LEAST = 760;
const SERIF = '600 22px "Source Serif 4"';
const SANS = '400 13px "Source Sans 3"';

export interface Around {
  title: string;
  /** Below the picture, each a paragraph. */
  lines: string[];
}

/** The standalone picture as text. */
export async function standalone(svg: SVGSVGElement, around: Around): Promise<{ text: string; width: number; height: number }> {
  const [, , ownWidth = 600, ownHeight = 400] = (svg.getAttribute('viewBox') ?? '').split(/\s+/).map(Number);
  // A small drawing is enlarged, so that headline and figure line have room beside it.
  const scale = Math.max(1, LEAST / ownWidth);
  const [boxWidth, boxHeight] = [ownWidth * scale, ownHeight * scale];
  const width = boxWidth + 2 * MARGIN;
  const title = linesOf(around.title, boxWidth, SERIF);
  const lines = around.lines.flatMap((line) => linesOf(line, boxWidth, SANS));
  const head = MARGIN + title.length * 27 + 12;
  const height = head + boxHeight + 24 + lines.length * 18 + MARGIN - 8;
  const root = make('svg', { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  root.append(await fonts(), make('rect', { width, height, fill: token('--paper') }));
  title.forEach((line, index) => root.append(write(line, MARGIN, MARGIN + 18 + index * 27, { 'font-family': '"Source Serif 4", Georgia, serif', 'font-size': 22, 'font-weight': 600, 'fill': token('--ink') })));
  const inner = copy(svg) as SVGElement;
  for (const [name, value] of Object.entries({ x: MARGIN, y: head, width: boxWidth, height: boxHeight, viewBox: svg.getAttribute('viewBox') ?? '' })) inner.setAttribute(name, String(value));
  root.append(inner);
  lines.forEach((line, index) => root.append(write(line, MARGIN, head + boxHeight + 30 + index * 18, { 'font-family': '"Source Sans 3", Arial, sans-serif', 'font-size': 13, 'fill': token('--ink-2') })));
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

/** The same as pixels, twice as fine. */
export async function pixels(of: { text: string; width: number; height: number }): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([of.text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = of.width * 2;
    canvas.height = of.height * 2;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function make(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (key !== 'xmlns') element.setAttribute(key, String(value));
  return element;
}

function write(text: string, x: number, y: number, attributes: Record<string, string | number>): SVGElement {
  const element = make('text', { x, y, ...attributes });
  element.textContent = text;
  return element;
}

/** A copy with what the style sheets say written into it, and without what only the page needs. */
function copy(element: Element): Node {
  const twin = document.createElementNS(SVG, element.localName);
  const kept = ['d', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'width', 'height', 'transform', 'lang', 'dx', 'dy', 'id', 'patternUnits', 'patternTransform', 'viewBox'];
  for (const name of kept) {
    const value = element.getAttribute(name);
    if (value !== null) twin.setAttribute(name, value);
  }
  const style = getComputedStyle(element);
  const text = TEXT.has(element.localName);
  for (const name of PROPERTIES) {
    if (!text && (name.startsWith('font') || name === 'text-anchor')) continue;
    const value = style.getPropertyValue(name);
    if (value && value !== INITIAL[name]) twin.setAttribute(name, value);
  }
  if (twin.getAttribute('stroke') === null) for (const name of ['stroke-width', 'stroke-linejoin']) twin.removeAttribute(name);
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) twin.append(child.textContent ?? '');
    else if (child instanceof Element && seen(child)) twin.append(copy(child));
  }
  return twin;
}

/** Areas that only catch the pointer are not part of a picture. */
function seen(element: Element): boolean {
  return !element.classList.contains('hit');
}

let faces: Promise<string> | undefined;

/** The typefaces travel with the picture, so that it looks the same wherever it is opened. */
async function fonts(): Promise<SVGElement> {
  faces ??= Promise.all([face('Source Sans 3', sansUrl), face('Source Serif 4', serifUrl)]).then((both) => both.join(''));
  const element = make('style', {});
  element.textContent = await faces;
  return element;
}

async function face(family: string, url: string): Promise<string> {
  const data = new Uint8Array(await bytes(url));
  let binary = '';
  for (const byte of data) binary += String.fromCharCode(byte);
  return `@font-face{font-family:"${family}";src:url(data:font/woff2;base64,${btoa(binary)}) format("woff2");font-weight:200 900}`;
}
