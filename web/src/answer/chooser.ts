// A field that finds datasets and public bodies as one types: the pattern of a combobox with a list, so that
// it is worked with the keyboard and read out.

export interface Found {
  /** Its address on this site. */
  path: string;
  title: string;
  subtitle: string;
}

interface How {
  find: (text: string, signal: AbortSignal) => Promise<Found[]>;
  /** What the last line says; `{text}` is what was typed. */
  none: string;
}

const WAIT_MS = 150;

/** Whether a button of the mouse is down. */
let isDown = false;
addEventListener('mousedown', () => { isDown = true; }, { capture: true });
addEventListener('mouseup', () => { isDown = false; }, { capture: true });
let made = 0;

export function chooser(input: HTMLInputElement, how: How): void {
  const list = document.createElement('ul');
  list.id = `found-${made++}`;
  list.className = 'found';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.labels?.[0]?.firstChild?.textContent?.trim() ?? '');
  list.hidden = true;
  input.after(list);
  input.removeAttribute('list');
  const set = (name: string, value: string): void => input.setAttribute(name, value);
  set('role', 'combobox');
  set('aria-controls', list.id);
  set('aria-autocomplete', 'list');
  set('aria-expanded', 'false');
  const what = document.createElement('input');
  what.type = 'hidden';
  what.name = input.name.replace(/\.name$/, '.what');
  input.after(what);

  let found: Found[] = [];
  let at = -1;
  let timer = 0;
  let asking: AbortController | undefined;

  /** Nothing that is still being looked for opens the list again. */
  const stop = (): void => {
    clearTimeout(timer);
    asking?.abort();
  };
  const close = (): void => {
    stop();
    list.hidden = true;
    at = -1;
    set('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (index: number): void => {
    const one = found[index];
    if (one) {
      input.value = one.title;
      what.value = one.path;
    }
    close();
    input.dispatchEvent(new CustomEvent('chosen', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const line = (index: number, title: string, subtitle: string): HTMLLIElement => {
    const item = document.createElement('li');
    item.id = `${list.id}-${index}`;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', String(index === at));
    const name = document.createElement('b');
    name.textContent = title;
    item.append(name);
    if (subtitle) item.append(Object.assign(document.createElement('span'), { textContent: subtitle }));
    // Before the field loses the focus, which would close the list.
    item.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      choose(index);
    });
    return item;
  };
  const draw = (): void => {
    const last = line(found.length, how.none.replace('{text}', input.value.trim()), '');
    list.replaceChildren(...found.map((one, index) => line(index, one.title, one.subtitle)), last);
    list.hidden = false;
    set('aria-expanded', 'true');
    if (at >= 0) set('aria-activedescendant', `${list.id}-${at}`);
    else input.removeAttribute('aria-activedescendant');
  };
  const look = async (): Promise<void> => {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    try {
      const these = await how.find(input.value.trim(), mine.signal);
      if (mine.signal.aborted) return;
      found = these;
      at = -1;
      // Whoever has gone on meanwhile is not called back.
      if (document.activeElement === input) draw();
    } catch {
      // Without the list the name goes as it was typed.
    }
  };

  input.addEventListener('input', () => {
    what.value = '';
    stop();
    if (input.value.trim().length < 2) close();
    else timer = window.setTimeout(() => void look(), WAIT_MS);
  });
  input.addEventListener('keydown', (event) => {
    if (list.hidden) {
      if (event.key === 'Escape') stop();
      return;
    }
    const count = found.length + 1;
    if (event.key === 'ArrowDown') at = (at + 1) % count;
    else if (event.key === 'ArrowUp') at = (at + count - 1) % count;
    else if (event.key === 'Enter' && at >= 0) choose(at);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    if (!list.hidden) draw();
  });
  input.addEventListener('blur', () => {
    stop();
    // Closed while a button of the mouse is down, the list would pull what is clicked away from under it.
    if (isDown) addEventListener('mouseup', () => setTimeout(close), { once: true });
    else close();
  });
}
