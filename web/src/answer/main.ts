// Helps on the pages of an answer link, which work without it: saves as one goes, finds datasets and public
// bodies as one types, counts words, and shows one empty row at a time.
import { ask } from '../api.ts';
import { Search } from '../queries/generated/search.ts';
import { chooser, type Found } from './chooser.ts';
import { fieldsOf } from './fields.ts';
import '../styles/tokens.css';
import '../styles/brand.css';
import './answer.css';

const lang = document.documentElement.lang === 'en' ? 'en' : 'es';
const WAIT_MS = 800;

/** What the server says this page should say. */
const says = (form: HTMLFormElement, key: string, values: Record<string, string>): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), form.dataset[key] ?? '');

const time = (): string => new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'es-MX', { hour: '2-digit', minute: '2-digit' }).format(new Date());

/** What the server says to an answer: the question has another revision now, or another device has answered it too. */
function heard(question: HTMLElement, status: number, text: string): 'saved' | 'differs' | 'wrong' {
  const fresh = new DOMParser().parseFromString(text, 'text/html').body;
  const [whole, choice, revision] = ['.question', '.differs', 'input[name^="r."]'].map((one) => fresh.querySelector<HTMLElement>(one));
  if (status === 409 && choice) {
    moments(choice);
    const known = question.querySelector<HTMLElement>('.differs');
    // Whoever goes on typing is told once: what stands here changes, what the other has saved does not.
    if (known && mine(known) === mine(choice)) known.querySelector('dl')?.replaceWith(choice.querySelector('dl') ?? '');
    else {
      known?.remove();
      question.querySelector('legend')?.after(choice);
    }
    return 'differs';
  }
  if (status !== 200 || !(whole ?? revision)) return 'wrong';
  question.querySelector('.differs')?.remove();
  if (whole) {
    question.replaceChildren(...whole.childNodes);
    dress(question);
  } else if (revision) question.querySelector('input[name^="r."]')?.replaceWith(revision);
  return 'saved';
}

/** What chooses one's own answer over another that was saved: it names that other one. */
function mine(choice: HTMLElement): string | undefined {
  return choice.querySelector<HTMLInputElement>('input[value^="mine:"]')?.value;
}

/** Says moments in the time of whoever reads them. */
function moments(within: ParentNode): void {
  for (const one of within.querySelectorAll('time')) one.textContent = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'es-MX', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(one.dateTime));
}

function autosave(form: HTMLFormElement): void {
  const note = document.createElement('p');
  note.className = 'saved';
  note.setAttribute('role', 'status');
  form.before(note);
  const waiting = new Map<HTMLElement, number>();
  // What is on its way: the next answer to the same question has to know what the server says to this one.
  const sending = new Map<HTMLElement, Promise<void>>();
  const send = async (question: HTMLElement): Promise<void> => {
    const body = fieldsOf(form, question);
    body.set('go', 'auto');
    try {
      const response = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
      const outcome = heard(question, response.status, await response.text());
      note.textContent = says(form, outcome, { time: time() });
    } catch {
      note.textContent = says(form, 'unsaved', {});
      later(question, WAIT_MS * 6);
    }
  };
  const save = async (question: HTMLElement): Promise<void> => {
    waiting.delete(question);
    while (sending.has(question)) await sending.get(question);
    const sent = send(question).finally(() => sending.delete(question));
    sending.set(question, sent);
    await sent;
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
  form.addEventListener('submit', (event) => {
    waiting.forEach((timer) => clearTimeout(timer));
    waiting.clear();
    if (sending.size === 0) return;
    event.preventDefault();
    void Promise.allSettled(sending.values()).then(() => form.requestSubmit(event.submitter));
  });
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

/** How many words were written, in the place of how many there may be. */
function words(form: HTMLFormElement, within: ParentNode): void {
  for (const area of within.querySelectorAll<HTMLTextAreaElement>('textarea[data-words]')) {
    const note = area.nextElementSibling;
    if (!note) continue;
    const count = (): void => {
      const n = area.value.split(/\s+/u).filter(Boolean).length;
      note.textContent = says(form, 'count', { n: String(n), of: area.dataset['words'] ?? '' });
      note.classList.toggle('fault', n > Number(area.dataset['words']));
    };
    area.addEventListener('input', count);
    count();
  }
}

/** Whether a field of a row says anything, as the server reads it: what is not known says nothing. */
function tells(field: HTMLInputElement | HTMLSelectElement): boolean {
  if (field instanceof HTMLSelectElement || field.type === 'radio') return !['', 'unknown'].includes(field.value) && (field instanceof HTMLSelectElement || field.checked);
  return field.type === 'checkbox' ? field.checked : field.value.trim() !== '';
}

/** Shows empty rows as they are needed. */
function rows(within: ParentNode): void {
  for (const list of within.querySelectorAll('.rows')) {
    const items = [...list.querySelectorAll<HTMLElement>(':scope > li')];
    const empty = (item: HTMLElement): boolean => ![...item.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')].some(tells);
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

/** What is made of the fields of a form, or of one question that the server has drawn anew. */
function dress(within: HTMLElement): void {
  const form = within.closest('form');
  if (!form) return;
  words(form, within);
  rows(within);
  moments(within);
  for (const input of within.querySelectorAll<HTMLInputElement>('input[list=known]')) chooser(input, { find, none: form.dataset['none'] ?? '' });
}

/** A page that answers a form with what is wrong in it is not to be had again: on the way back the browser would ask to send
 *  the form once more, and show nothing. The address of its questions is, in the language that was changed to. */
function addressed(): void {
  if (!document.querySelector('form[data-answer] :is([aria-invalid=true], .differs)')) return;
  const here = new URL(location.href);
  here.searchParams.set('lang', lang);
  history.replaceState(history.state, '', here);
}

addressed();
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-answer]')) {
  autosave(form);
  reasons(form);
  dress(form);
}
