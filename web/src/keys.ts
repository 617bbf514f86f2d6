// Keys that act alone, such as / and 1 to 4, can be switched off on this device: who speaks to the
// computer, or steers it by single keys, would press them without wanting to.
import { signal } from '@preact/signals';

const KEY = 'od100.keys';

function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

export const singleKeys = signal(remembered());

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

/** Fields that are pressed and not written in. */
const PRESSED = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'image', 'file', 'color', 'range']);

function isWritten(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement) return !PRESSED.has(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Whether a press is one key alone, meant for the page and not for a field. */
export function isSingle(event: KeyboardEvent): boolean {
  const typing = event.target instanceof HTMLElement && isWritten(event.target);
  return singleKeys.peek() && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
}
