// The frame that shows a picture of the explorer elsewhere: its address and its code.
import { at, print, type Address, type Lang, type View } from './address.ts';

/** The pictures that the server draws for frames. */
export const FRAMES = ['map', 'flow', 'sectors', 'publishers'] as const;
export type Frame = (typeof FRAMES)[number];

/** The colours of a frame; `auto` is what the reader's system has. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type FrameTheme = (typeof THEMES)[number];

/** Tall enough for a map with its key and figure line in a narrow column. */
export const HEIGHT = 640;

/** The picture that comes nearest to a view. */
export function frameOf(view: View): Frame {
  if (view === 'flow' || view === 'network') return 'flow';
  return view === 'table' ? 'sectors' : 'map';
}

/** The address of a frame with the filters of the explorer. */
export function frameAddress(here: Address, frame: Frame, theme: FrameTheme, lang: Lang): string {
  const [, words = ''] = print({ ...at({ screen: 'explore' }), filter: here.filter, lang }).split('?');
  return `/embed/${frame}?${words}${theme === 'auto' ? '' : `&theme=${theme}`}`;
}

/** What to put into a page. The title tells those who do not see the frame what is in it. */
export function frameCode(address: string, title: string): string {
  const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<iframe src="${attribute(address)}" title="${attribute(title)}" width="100%" height="${HEIGHT}" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0"></iframe>`;
}
