// The same reference in the forms that people paste: APA, BibTeX, RIS. Pure, so that tests can read it.

export interface Reference {
  /** The headline: what the figure says. */
  title: string;
  /** The studies it rests on. */
  sources: string[];
  /** YYYY-MM-DD. */
  asOf: string;
  method: string;
  revision: number;
  url: string;
}

/** Words of the interface that a reference needs, in its language. */
export interface Words {
  /** The day, written out. */
  date: string;
  /** Such as "data set". */
  kind: string;
  /** Such as "method 1.0, revision 12". */
  version: string;
}

const AUTHOR = 'Open Data 100';

export function apa(of: Reference, words: Words): string {
  const from = of.sources.length > 0 ? ` ${of.sources.join('; ')}.` : '';
  return `${AUTHOR}. (${words.date}). ${of.title} [${words.kind}; ${words.version}].${from} ${of.url}`;
}

/** What TeX would run rather than print. */
function tex(text: string): string {
  return text.replace(/[\\{}]/g, (sign) => ({ '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}' })[sign] ?? sign).replace(/[#$%&_]/g, '\\$&').replace(/~/g, '\\textasciitilde{}').replace(/\^/g, '\\textasciicircum{}');
}

export function bibtex(of: Reference, words: Words): string {
  const [year = '', month = ''] = of.asOf.split('-');
  const fields: [string, string][] = [
    ['author', `{${AUTHOR}}`],
    ['title', `{${tex(of.title)}}`],
    ['year', year],
    ['month', String(Number(month))],
    ['note', tex([words.kind, ...of.sources, words.version].join('; '))],
    // Inside \url nothing is run, and braces must balance.
    ['howpublished', `\\url{${of.url.replace(/[{}\\]/g, encodeURIComponent)}}`],
  ];
  return `@misc{od100-${of.asOf}-r${of.revision},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}\n`;
}

export function ris(of: Reference, words: Words): string {
  const line = (tag: string, value: string): string => `${tag}  - ${value.replace(/\s+/g, ' ')}\r\n`;
  return [
    line('TY', 'DATA'),
    line('AU', AUTHOR),
    line('TI', of.title),
    line('PY', of.asOf.slice(0, 4)),
    line('DA', of.asOf.replaceAll('-', '/')),
    ...of.sources.map((source) => line('T2', source)),
    line('ET', words.version),
    line('M3', words.kind),
    line('UR', of.url),
    line('ER', ''),
  ].join('');
}
