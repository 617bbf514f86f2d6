// Where the reader is on the page: a button that goes when it is pressed, such as a condition that is taken back, leaves
// the focus to what stands in its place, and where nothing does, to the sentence that says what is shown now.

const PATIENCE_MS = 50;

const CAN = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex]:not([tabindex="-1"])';

/** A parent, and which of its children led to the element. */
interface Step {
  parent: Element;
  index: number;
}

interface Held {
  element: Element;
  path: Step[];
}

function placeOf(element: Element): Held {
  const path: Step[] = [];
  for (let child = element; child.parentElement; child = child.parentElement) path.push({ parent: child.parentElement, index: [...child.parentElement.children].indexOf(child) });
  return { element, path };
}

type Focusable = HTMLElement | SVGElement;

function isFocusable(one: Element): one is Focusable {
  return one.matches(CAN) && one.checkVisibility({ visibilityProperty: true }) && 'focus' in one;
}

function firstWithin(one: Element): Focusable | undefined {
  if (isFocusable(one)) return one;
  return [...one.querySelectorAll(CAN)].find(isFocusable);
}

/** What stands where the element stood, or next after it among those that stood beside it. */
function successor({ path }: Held): Focusable | undefined {
  const left = path.find(({ parent }) => parent.isConnected);
  if (!left || left.parent === document.body) return undefined;
  for (const one of [...left.parent.children].slice(left.index)) {
    const found = firstWithin(one);
    if (found) return found;
  }
  return undefined;
}

/** The sentence of the page, or of what lies over it. */
function headline(): Focusable | undefined {
  const over = document.querySelector('dialog[open]');
  const found = (over ?? document).querySelector<HTMLElement>(over ? 'h2' : 'main h1');
  if (!found) return undefined;
  found.tabIndex = -1;
  return found;
}

/** Watches over the focus as long as the page is there. */
export function keepFocus(): void {
  let held: Held | undefined;
  let byKey = false;
  const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;
  const hold = (event: Event): void => {
    // Enter on a button is a click as well.
    if (event.type === 'keydown' || event.type === 'pointerdown') byKey = event.type === 'keydown';
    const element = document.activeElement;
    if (element && !isNowhere()) held = placeOf(element);
  };
  for (const type of ['focusin', 'keydown', 'pointerdown', 'click']) addEventListener(type, hold, { capture: true });
  // Who leaves everything, by a press beside it, has lost nothing.
  addEventListener('focusout', ({ target }) => queueMicrotask(() => {
    if (held?.element === target && held?.element.isConnected && isNowhere()) held = undefined;
  }));
  const restore = (): void => {
    if (!held || held.element.isConnected || !isNowhere()) return;
    const to = successor(held) ?? headline();
    held = undefined;
    // A pointer says itself where it is: the page does not move under it.
    to?.focus({ preventScroll: !byKey });
  };
  // Who takes the button away may know better where the reader goes on, and is let go first.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    if (!held || held.element.isConnected || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      restore();
    }, PATIENCE_MS);
  };
  new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
}
