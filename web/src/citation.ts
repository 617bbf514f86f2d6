// How a figure or a record is cited: BibTeX, APA and RIS from the same few facts. Pure text; the
// widget `cite` shows it.

export interface Citable {
  /** The headline, with its figure. */
  title: string;
  url: string;
  /** The day the facts are valid on, ISO 8601. */
  date: string;
  /** The version of the formulas that made it. */
  method: string;
  /** The revision of the record, where it is known. */
  revision?: number | undefined;
  /** Whom the studies behind it want named, with their licences. */
  attribution: string[];
}

/** What depends on the language of the reader. */
export interface Words {
  /** The date as the style wants it, such as "2026, November 25". */
  dated: string;
  /** "As of …, method …, revision …." */
  made: string;
  /** "Data: …." */
  data: string;
}

export type Style = 'bibtex' | 'apa' | 'ris';
export const STYLES: Style[] = ['apa', 'bibtex', 'ris'];
export const NAMES: Record<Style, string> = { apa: 'APA', bibtex: 'BibTeX', ris: 'RIS' };
export const FILES: Record<Style, { ending: string; type: string }> = {
  apa: { ending: 'txt', type: 'text/plain' },
  bibtex: { ending: 'bib', type: 'application/x-bibtex' },
  ris: { ending: 'ris', type: 'application/x-research-info-systems' },
};
const AUTHOR = 'Open Data 100';

export function cited(style: Style, of: Citable, words: Words): string {
  return { apa, bibtex, ris }[style](of, words);
}

function apa(of: Citable, words: Words): string {
  return [`${AUTHOR}. (${words.dated}).`, sentence(of.title), words.made, words.data, of.url].filter(Boolean).map(oneLine).join(' ');
}

function bibtex(of: Citable, words: Words): string {
  const fields: [string, string][] = [
    ['author', `{${AUTHOR}}`],
    ['title', `{${tex(of.title)}}`],
    ['year', of.date.slice(0, 4)],
    ['date', of.date],
    ['url', of.url.replace(/[{}\\\s]/g, encodeURIComponent)],
    ['note', tex([words.made, words.data].filter(Boolean).join(' '))],
  ];
  return `@misc{${key(of)},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}\n`;
}

function ris(of: Citable, words: Words): string {
  const lines: [string, string][] = [
    ['TY', 'DATA'],
    ['AU', AUTHOR],
    ['TI', of.title],
    ['PY', of.date.slice(0, 4)],
    ['DA', of.date.replaceAll('-', '/')],
    ['UR', of.url],
    ['N1', [words.made, words.data].filter(Boolean).join(' ')],
    ['ER', ''],
  ];
  return lines.map(([tag, value]) => `${tag}  - ${oneLine(value)}\r\n`).join('');
}

/** A line of its own may end a record or begin another field. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text.trim()) ? text : `${text}.`;
}

const TEX: Record<string, string> = { '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' };
function tex(text: string): string {
  return oneLine(text).replace(/[\\{}~^]/g, (one) => TEX[one] ?? one).replace(/[%&#_$]/g, '\\$&');
}

/** Letters, digits and hyphens only: what every BibTeX reader takes as a key. Its end tells citations of one page apart. */
function key(of: Citable): string {
  const url = URL.canParse(of.url) ? new URL(of.url) : undefined;
  const words = [...(url?.pathname ?? '').split('/'), url?.searchParams.get('view') ?? ''];
  const word = words.map((one) => one.normalize('NFD').replace(/[^A-Za-z0-9]+/g, '-')).filter(Boolean).join('-');
  return ['od100', word.slice(0, 48), of.date.slice(0, 4), mark(whatOf(of, url))].filter(Boolean).join('-');
}

/** What is cited: the words of its address, whatever the language, and the revision, which is the same at each moment
 *  that it was the newest. */
function whatOf({ url: whole, date, revision }: Citable, url: URL | undefined): string {
  const params = new URLSearchParams(url?.search);
  params.delete('lang');
  if (revision !== undefined) params.delete('knownAt');
  return [url?.pathname ?? whole, params, date, revision].join(' ');
}

/** A few letters and digits that follow from a text (FNV-1a). */
function mark(text: string): string {
  const sum = [...new TextEncoder().encode(text)].reduce((now, byte) => Math.imul(now ^ byte, 16_777_619), 2_166_136_261);
  return (sum >>> 0).toString(36);
}
