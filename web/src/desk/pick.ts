// A field in which a record of the register is named offers what the register finds as one types. Without this file the
// name or the address is typed whole.
import { ask } from '../api.ts';
import { Search } from '../queries/generated/search.ts';

const WAIT_MS = 150;
const lang = document.documentElement.lang === 'en' ? 'en' : 'es';

export function pick(input: HTMLInputElement): void {
  const list = input.list;
  const types = (input.dataset['pick'] ?? '').split(' ') as ('ORGANISATION' | 'PUBLISHER' | 'DATASET')[];
  if (!list) return;
  let timer = 0;
  let asking: AbortController | undefined;

  const offer = async (): Promise<void> => {
    asking?.abort();
    const text = input.value.trim();
    if (text.length < 2 || text.startsWith('/')) return;
    asking = new AbortController();
    try {
      const { search } = await ask(Search, { text, first: 8, types }, { lang, signal: asking.signal });
      // A name that two records bear says too little: its address is offered instead.
      const bear = (title: string): number => search.hits.filter((hit) => hit.title === title).length;
      list.replaceChildren(...search.hits.map((hit) => {
        const option = document.createElement('option');
        option.value = bear(hit.title) > 1 ? hit.path : hit.title;
        option.label = hit.subtitle ?? hit.title;
        return option;
      }));
    } catch {
      // Nothing is offered; what is typed is read all the same.
    }
  };
  input.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { void offer(); }, WAIT_MS);
  });
}
