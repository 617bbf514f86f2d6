// Once the line is back, what failed for want of it is asked for again, so that nobody has to press anything. The browser
// says when it is back, where it knows; of a server that was away it does not, and a small question is put to that one at
// ever longer intervals, as long as something on the page has failed.
import { bytes } from './api.ts';
import { lang } from './navigate.ts';
import { loadRecord, meta } from './record.ts';

const FIRST_MS = 4000;
const LONGEST_MS = 60_000;
/** What asks again by itself has been taken away, or has failed once more, by then. */
const SOON_MS = 1500;

/** What the reader can press where something has failed. */
const RETRY = 'main [data-retry]';

/** Presses what the reader would press: parts that come in files of their own do not hear of the line. */
function press(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(RETRY)) button.click();
}

export function heal(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_MS;
  // Where the server has answered and something still fails, it is not for want of the line.
  let isBack = false;
  const look = async (): Promise<void> => {
    if (!document.querySelector(RETRY)) {
      isBack = false;
      wait = FIRST_MS;
    } else if (!isBack) {
      isBack = await bytes('/healthz').then(() => true, () => false);
      wait = Math.min(2 * wait, LONGEST_MS);
      if (isBack) dispatchEvent(new Event('online'));
    }
    timer = undefined;
    if (!isBack && document.querySelector(RETRY)) later();
  };
  const later = (): void => {
    timer ??= setTimeout(() => void look(), wait);
  };
  new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
  addEventListener('online', () => {
    if (!meta.peek()) void loadRecord(lang.peek());
    setTimeout(press, SOON_MS);
  });
  later();
}
