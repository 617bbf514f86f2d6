// Before paper: what is folded and belongs on it opens, and the addresses behind the links of the page are
// listed at its foot. Done on the document itself, because a browser does not wait for a redraw.
import { locale } from './i18n.ts';

/** As long as the page is there. The shell draws the empty places for the addresses and the day. */
export function preparePrinting(): void {
  let opened: HTMLDetailsElement[] = [];
  const before = (): void => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('main details.on-paper:not([open])')];
    for (const one of opened) one.open = true;
    const list = document.querySelector('[data-printed-links]');
    if (!list) return;
    const addresses = new Map<string, string>();
    for (const link of document.querySelectorAll<HTMLAnchorElement>('main a[href]')) {
      const text = link.textContent?.trim() ?? '';
      if (link.origin !== location.origin && text && !addresses.has(link.href)) addresses.set(link.href, text);
    }
    list.replaceChildren(...[...addresses].map(([address, text]) => {
      const item = document.createElement('li');
      item.textContent = text === address ? address : `${text}: ${address}`;
      return item;
    }));
    const when = document.querySelector<HTMLElement>('[data-printed]');
    if (when) when.textContent = `${location.href}\u00a0· ${new Intl.DateTimeFormat(locale.value, { dateStyle: 'long' }).format(new Date())}`;
  };
  const after = (): void => {
    for (const one of opened) one.open = false;
    opened = [];
  };
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
}
