// The browser's side of the address: one signal that follows the location, and the ways to change it.
import { computed, signal } from '@preact/signals';
import { dayOf, isPlain, parse, print, type Address, type Filter, type Lang } from './address.ts';
import { isDay, isMoment } from './limits.ts';

const read = (): Address => parse(location.pathname, location.search);

/** The state that the location bar shows now. */
export const address = signal<Address>(read());

const pageLang: Lang = document.documentElement.lang.startsWith('es') ? 'es' : 'en';

/** The language in use: the reader's choice, else what the server chose for the page. */
export const lang = computed<Lang>(() => address.value.lang ?? pageLang);

/** The address of a state as a link, in the language in use; what leads out of the explorer keeps its day. */
export function href(to: Address): string {
  const chosen = to.lang ?? address.value.lang;
  const there = to.place.screen === 'explore' ? to : { ...to, filter: { ...dayNow(), ...to.filter } };
  return print(chosen ? { ...there, lang: chosen } : there);
}

/** The day that is looked at; what is none leads nowhere. */
function dayNow(): Filter {
  const { asOf, knownAt } = dayOf(address.value);
  return { ...(asOf && isDay(asOf) ? { asOf } : {}), ...(knownAt && isMoment(knownAt) ? { knownAt } : {}) };
}

/** Goes to another state. `keep` leaves scroll and focus where they are, as for a filter. */
export function go(to: Address, how: { keep?: boolean; replace?: boolean } = {}): void {
  const next = href(to);
  if (next === location.pathname + location.search) return;
  const url = new URL(next, location.origin);
  if (isPlain(parse(url.pathname, url.search))) {
    location.assign(next);
    return;
  }
  if (how.replace) history.replaceState(null, '', next);
  else history.pushState(null, '', next);
  address.value = read();
  if (!how.keep) arrive();
}

/** A new page starts at its top, and a reader who cannot see it starts there too. */
function arrive(): void {
  scrollTo(0, 0);
  const main = document.getElementById('main');
  main?.focus({ preventScroll: true });
}

/** Follows the back button, and takes over plain clicks on links that stay in the application. */
export function listen(): void {
  addEventListener('popstate', () => {
    const now = read();
    if (isPlain(now)) location.reload();
    else address.value = now;
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
    const to = parse(link.pathname, link.search);
    if (to.place.screen === 'missing' || isPlain(to)) return;
    event.preventDefault();
    go(to, { keep: link.dataset['keep'] !== undefined });
  });
}
