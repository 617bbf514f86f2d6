// Helps at the desk, which works without it: keys to go through a queue and to decide, the number of chosen cases, and
// records offered by name.
// A key does nothing while somebody types, and nothing together with Control, Alt or Meta.
import '../styles/rooms.css';
import '../styles/survey.css';
import '../styles/desk.css';
import { lightSwitch } from './light.tsx';
import { pick } from './pick.ts';

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-row]')];
const KEYS = 'od100.keys';

/** Whether single keys are wanted: the application's footer offers to turn them off. */
function wanted(): boolean {
  try {
    return localStorage.getItem(KEYS) !== 'off';
  } catch {
    return true;
  }
}

const typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName) || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'submit', 'button'].includes(target.type)));

/** Follows a way that the page offers. */
function follow(way: string): void {
  document.querySelector<HTMLAnchorElement>(way)?.click();
}

/** Goes to the case before or after the one that has the focus; from a case, to the one before or after it. */
function step(by: number): void {
  const all = rows();
  if (all.length === 0) {
    follow(by > 0 ? '.ways a[rel="next"]' : '.ways a[rel="prev"]');
    return;
  }
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)];
  next?.querySelector<HTMLElement>('a')?.focus();
}

function choose(): void {
  const box = rows().find((row) => row.contains(document.activeElement))?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  box?.click();
}

/** Presses the button of a key; one that needs a reason leads to the field for it first. In a queue it is about the cases that are chosen. */
function press(key: string): boolean {
  const button = document.querySelector<HTMLButtonElement>(`[data-decision] [data-key="${key}"], .assign [data-key="${key}"], [data-bulk] [data-key="${key}"]`);
  if (!button) return false;
  if (button.closest('[data-bulk]') && !button.form?.querySelector('input[name="case"]:checked')) return false;
  const reason = button.form?.querySelector<HTMLTextAreaElement | HTMLInputElement>('[name="reason"]');
  if (reason && !reason.value.trim() && ['r', 'q', 'd', 'u'].includes(key)) {
    reason.focus();
    return true;
  }
  button.click();
  return true;
}

function help(): void {
  const keys = document.querySelector<HTMLDetailsElement>('[data-keys]');
  if (!keys) return;
  keys.open = !keys.open;
  if (keys.open) keys.querySelector<HTMLElement>('summary')?.focus();
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || !wanted()) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === 'j') step(1);
  else if (key === 'k') step(-1);
  else if (key === 'x') choose();
  else if (key === 'b') follow('a[data-up]');
  else if (key === 'n') follow('main a[rel="next"]');
  else if (key === '?') help();
  else if (!['a', 'r', 'q', 'd', 'u', 't'].includes(key) || !press(key)) return;
  event.preventDefault();
}

/** Says how many cases are chosen. */
function count(): void {
  const form = document.querySelector<HTMLFormElement>('[data-bulk]');
  const output = form?.querySelector('[data-count]');
  if (!form || !output) return;
  const say = (): void => {
    const chosen = form.querySelectorAll('input[name="case"]:checked').length;
    output.textContent = chosen > 0 ? `(${chosen})` : '';
  };
  form.addEventListener('change', say);
  say();
}

/** On a phone the rooms are one line that goes on sideways: the room that is open is in sight. */
function shown(): void {
  const nav = document.querySelector<HTMLElement>('.top > nav');
  const here = nav?.querySelector<HTMLElement>('[aria-current]');
  if (nav && here) nav.scrollLeft += here.getBoundingClientRect().left - nav.getBoundingClientRect().left - (nav.clientWidth - here.offsetWidth) / 2;
}

document.addEventListener('keydown', onKey);
shown();
document.querySelector('[data-keys]')?.removeAttribute('hidden');
count();
lightSwitch(document.querySelector('[data-theme-switch]'));
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-pick]')) pick(input);
