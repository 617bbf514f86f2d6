// Of the words of an address those that its view draws from: those of the others stay in it for the way back to them, and
// what is cited is what is shown.
import type { Address, LookKey, View } from './address.ts';

/** What each view is drawn by; the table also has an order. `src/http/page/views.rs` has the same. */
export const OWN: Record<View, readonly LookKey[]> = {
  map: ['layer', 'at'],
  flow: ['form', 'skip'],
  network: ['node', 'depth', 'colour', 'sized'],
  table: ['columns'],
};

/** The same state without the words of views that it does not show. */
export function own(address: Address): Address {
  const { sort, ...rest } = address;
  if (rest.place.screen !== 'explore') return address;
  const { view } = rest;
  const look = Object.fromEntries(OWN[view].flatMap((key) => (rest.look[key] ? [[key, rest.look[key]]] : [])));
  return { ...rest, look, ...(sort && view === 'table' ? { sort } : {}) };
}
