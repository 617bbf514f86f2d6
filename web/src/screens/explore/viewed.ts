// From view to view.
import type { Address, View } from '../../address.ts';

/** The same selection in another view. How each is drawn stays in the address for the way back; a page of a list does not. */
export function viewed(address: Address, view: View): Address {
  const { after: _, ...rest } = address;
  return { ...rest, view };
}
