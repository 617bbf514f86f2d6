// What failed for want of an answer is asked for again once there is one, so that nobody has to press anything. The
// browser says when its line is back; of a server that was away it knows nothing, and a small question is put to that
// one, at ever longer intervals, as long as something of the kind stands on the page. What was answered, if only by a
// refusal, is left to the reader.
import { bytes } from './api.ts';
import { lang } from './navigate.ts';
import { loadRecord, meta } from './record.ts';

const FIRST_MS = 4000;
const LONGEST_MS = 60_000;
/** Questions ask again by themselves once the line is back: what stands after this long does not. */
const SOON_MS = 1500;

/** What the reader can press where no answer has come. */
const RETRY = '[data-retry="line"]';

/** Presses what the reader would press; not where the reader is, who would be taken away from there, and not where nobody
 *  looks. */
function again(): void {
  if (document.hidden) return;
  if (!meta.peek()) void loadRecord(lang.peek());
  for (const button of document.querySelectorAll<HTMLButtonElement>(RETRY)) {
    const around = button.closest('.note')?.parentElement;
    // Who has just come to a page has its whole in focus, and reads nothing in it yet.
    if (around === document.activeElement || !around?.contains(document.activeElement)) button.click();
  }
}

export function heal(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_MS;
  /** Whether something has stood failed since it was last looked. */
  let hasFailed = false;
  const look = async (): Promise<void> => {
    // Where nobody looks, or there is no line, nothing is asked until either has come back.
    if (!document.hidden && navigator.onLine) {
      if (document.querySelector(RETRY)) {
        wait = Math.min(2 * wait, LONGEST_MS);
        if (await bytes('/readyz').then(() => true, () => false)) again();
        hasFailed = true;
      } else if (!hasFailed && !document.body.dataset['asking']) wait = FIRST_MS;
      else hasFailed = false;
    }
    timer = undefined;
    notice();
  };
  const notice = (): void => {
    if (hasFailed && timer !== undefined) return;
    hasFailed ||= document.querySelector(RETRY) !== null;
    // Once nothing has failed for a whole interval, the next failure is the first again.
    if ((hasFailed || wait > FIRST_MS) && !document.hidden && navigator.onLine) timer ??= setTimeout(() => void look(), wait);
  };
  new MutationObserver(notice).observe(document.body, { childList: true, subtree: true });
  addEventListener('visibilitychange', notice);
  addEventListener('online', () => {
    notice();
    setTimeout(again, SOON_MS);
  });
  notice();
}
