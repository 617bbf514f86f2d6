// Helps on the pages of an answer link, which work without it: saves as one goes, finds datasets and public
// bodies as one types, counts words, and shows one empty row at a time.
import { ask } from '../api.ts';
import { Search } from '../queries/generated/search.ts';
import { chooser, type Found } from './chooser.ts';
import { fieldsOf } from './fields.ts';
import '../styles/tokens.css';
import './answer.css';

const lang = document.documentElement.lang === 'en' ? 'en' : 'es';
const WAIT_MS = 800;

/** What the server says this page should say. */
const says = (form: HTMLFormElement, key: string, values: Record<string, string>): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), form.dataset[key] ?? '');

const time = (): string => new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'es-MX', { hour: '2-digit', minute: '2-digit' }).format(new Date());

function autosave(form: HTMLFormElement): void {
  const note = document.createElement('p');
  note.className = 'saved';
  note.setAttribute('role', 'status');
  form.before(note);
  const waiting = new Map<HTMLElement, number>();
  const save = async (question: HTMLElement): Promise<void> => {
    const body = fieldsOf(form, question);
    body.set('go', 'stay');
    try {
      const response = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
      // A redirect that is not followed is how the server says that it has saved.
      const saved = response.type === 'opaqueredirect';
      note.textContent = saved ? says(form, 'saved', { time: time() }) : says(form, 'wrong', {});
    } catch {
      note.textContent = says(form, 'unsaved', {});
      later(question, WAIT_MS * 6);
    }
  };
  const later = (question: HTMLElement, wait: number): void => {
    clearTimeout(waiting.get(question));
    waiting.set(question, window.setTimeout(() => void save(question), wait));
  };
  const changed = (event: Event): void => {
    const question = event.target instanceof Element ? event.target.closest<HTMLElement>('.question') : null;
    if (question) later(question, event.type === 'change' ? WAIT_MS / 4 : WAIT_MS);
  };
  form.addEventListener('change', changed);
  form.addEventListener('input', changed);
  form.addEventListener('submit', () => waiting.forEach((timer) => clearTimeout(timer)));
}

/** One reason for no answer at a time; and an answer takes the reason back. */
function reasons(form: HTMLFormElement): void {
  form.addEventListener('input', (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement || input instanceof HTMLSelectElement)) return;
    const all = [...(input.closest('.question')?.querySelectorAll<HTMLInputElement>('.reasons input[type=checkbox]') ?? [])];
    const isReason = input instanceof HTMLInputElement && all.includes(input);
    for (const one of all) if (one !== input && (isReason ? input.checked : input.name.startsWith('q.'))) one.checked = false;
  });
}

function words(form: HTMLFormElement): void {
  for (const area of form.querySelectorAll<HTMLTextAreaElement>('textarea[data-words]')) {
    const note = document.createElement('p');
    note.className = 'note';
    area.after(note);
    const count = (): void => {
      const n = area.value.split(/\s+/u).filter(Boolean).length;
      note.textContent = says(form, 'count', { n: String(n), of: area.dataset['words'] ?? '' });
      note.classList.toggle('fault', n > Number(area.dataset['words']));
    };
    area.addEventListener('input', count);
    count();
  }
}

/** Shows empty rows as they are needed. */
function rows(form: HTMLFormElement): void {
  for (const list of form.querySelectorAll('.rows')) {
    const items = [...list.querySelectorAll<HTMLElement>(':scope > li')];
    const empty = (item: HTMLElement): boolean => !item.querySelector('input[type=hidden][value]:not([value=""])') && ![...item.querySelectorAll<HTMLInputElement>('input[type=text]')].some((one) => one.value.trim() !== '');
    const show = (): void => {
      let spare = 1;
      for (const item of items) item.hidden = empty(item) && spare-- <= 0;
    };
    list.addEventListener('input', show);
    list.addEventListener('chosen', show);
    show();
  }
}

async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const answer = await ask(Search, { text, first: 6, types: ['DATASET', 'PUBLISHER'] }, { lang, signal });
  return answer.search.hits.map((hit) => ({ path: hit.path, title: hit.title, subtitle: hit.subtitle ?? '' }));
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-answer]')) {
  autosave(form);
  reasons(form);
  words(form);
  rows(form);
  for (const input of form.querySelectorAll<HTMLInputElement>('input[list=known]')) chooser(input, { find, none: form.dataset['none'] ?? '' });
}
