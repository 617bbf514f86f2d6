// Texts of the interface in the language in use. The keys are those of locales/en.json; a key that
// does not exist is a compile error, one that is missing in the other language a failing test.
import { computed, signal } from '@preact/signals';
import type en from '../../locales/en.json';
import type { Lang } from './address.ts';
import { address, lang } from './navigate.ts';
import { partOf, type Part } from './parts.js';
import { areWhole, inPercent, toTenth } from './rounding.ts';

type Texts = typeof en;
/** A key of the locale files, without those that only the server uses. */
export type Key = Exclude<keyof Texts, `page.${string}` | `api.${string}`>;
/** A key that exists in its plural forms. */
export type Counted = Key extends infer K ? (K extends `${infer Base}_other` ? Base : never) : never;
type Values = Record<string, string | number>;

/** Between short facts on a line: it stays with what is before it, so that no line begins with it. */
export const DOT = '\u00a0· ';

type Loader = () => Promise<{ default: Record<string, string> }>;
const loaders: Record<Lang, Record<'common' | Part, Loader>> = {
  en: {
    common: () => import('virtual:texts/en/common'),
    home: () => import('virtual:texts/en/home'),
    explore: () => import('virtual:texts/en/explore'),
    organisation: () => import('virtual:texts/en/organisation'),
    places: () => import('virtual:texts/en/places'),
    about: () => import('virtual:texts/en/about'),
    requests: () => import('virtual:texts/en/requests'),
    dataset: () => import('virtual:texts/en/dataset'),
    publisher: () => import('virtual:texts/en/publisher'),
    card: () => import('virtual:texts/en/card'),
  },
  es: {
    common: () => import('virtual:texts/es/common'),
    home: () => import('virtual:texts/es/home'),
    explore: () => import('virtual:texts/es/explore'),
    organisation: () => import('virtual:texts/es/organisation'),
    places: () => import('virtual:texts/es/places'),
    about: () => import('virtual:texts/es/about'),
    requests: () => import('virtual:texts/es/requests'),
    dataset: () => import('virtual:texts/es/dataset'),
    publisher: () => import('virtual:texts/es/publisher'),
    card: () => import('virtual:texts/es/card'),
  },
};

interface Loaded {
  parts: string[];
  of: Record<string, string>;
}
const loaded = signal<Partial<Record<Lang, Loaded>>>({});
const part = computed(() => partOf(address.value.place.screen));

function needed(screen: string): ('common' | Part)[] {
  const own = partOf(screen);
  return own ? ['common', own] : ['common'];
}

/** Fetches the texts that a screen needs in a language; nothing is drawn before the first are here. */
export async function loadTexts(which: Lang, screen: string): Promise<void> {
  const known = loaded.peek()[which]?.parts ?? [];
  const missing = needed(screen).filter((one) => !known.includes(one));
  if (missing.length === 0) return;
  const found = await Promise.all(missing.map(async (one) => (await loaders[which][one]()).default));
  const now = loaded.peek()[which];
  loaded.value = { ...loaded.peek(), [which]: { parts: [...(now?.parts ?? []), ...missing], of: Object.assign({}, now?.of, ...found) } };
}

/** The texts to draw with: those of the language in use once they are here, until then the last. */
const texts = computed<{ lang: Lang; of: Record<string, string> }>(() => {
  const other: Lang = lang.value === 'en' ? 'es' : 'en';
  const has = (which: Lang, one: string): boolean => loaded.value[which]?.parts.includes(one) ?? false;
  const both = [lang.value, other];
  const drawn = both.find((which) => has(which, 'common') && (!part.value || has(which, part.value))) ?? both.find((which) => has(which, 'common'));
  return { lang: drawn ?? lang.value, of: loaded.value[drawn ?? lang.value]?.of ?? {} };
});

/** The tag for Intl: British English and Mexican Spanish. */
export const locale = computed(() => (texts.value.lang === 'es' ? 'es-MX' : 'en-GB'));
/** The language that is drawn. */
export const shown = computed(() => texts.value.lang);

const plurals = computed(() => new Intl.PluralRules(locale.value));

export function t(key: Key, values: Values = {}): string {
  return fill(texts.value.of[key] ?? key, values);
}

/** The plural form of `key` for `n`, with `{n}` printed in the language's way. */
export function tn(key: Counted, n: number, values: Values = {}): string {
  const of = texts.value.of;
  const form = of[`${key}_${plurals.value.select(n)}`] ?? of[`${key}_other`] ?? key;
  return fill(form, { n, ...values });
}

/** A text that is chosen by a value, such as a grade or a size; the value itself if there is none. */
export function tv(prefix: string, value: string): string {
  return texts.value.of[`${prefix}.${value}`] ?? value;
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : value;
  });
}

const numbers = computed(() => new Intl.NumberFormat(locale.value));
export function number(value: number): string {
  // -0 is printed with its sign.
  return numbers.value.format(value + 0);
}

const tenths = computed(() => new Intl.NumberFormat(locale.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }));
/** How figures that stand below each other are printed: all whole, or all to one decimal. */
export function alike(values: number[]): (value: number) => string {
  return areWhole(values) ? (value) => number(Math.round(value)) : (value) => tenths.value.format(toTenth(value) + 0);
}

const percents = computed(() => new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 0 }));
export function percent(share: number): string {
  const printed = inPercent(share);
  return printed.sign + percents.value.format(printed.share);
}

/** A date that may be partial (2015, 2015-02, 2015-02-19), as exactly as it is known. */
export function date(value: string): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(value) ?? [];
  if (!year) return value;
  const when = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  const style: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC' };
  if (month) style.month = 'short';
  if (day) style.day = 'numeric';
  return new Intl.DateTimeFormat(locale.value, style).format(when);
}

/** A moment (RFC 3339) to the minute, in UTC. */
export function moment(value: string): string {
  const when = new Date(value);
  if (Number.isNaN(when.valueOf())) return value;
  return new Intl.DateTimeFormat(locale.value, { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC', timeZoneName: 'short' }).format(when);
}

/** A day the way a bibliography gives it, the year first: "2026, November 25". */
export function citedOn(value: string): string {
  const when = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(when.valueOf())) return value;
  const day = new Intl.DateTimeFormat(locale.value === 'en-GB' ? 'en-US' : locale.value, { month: 'long', day: 'numeric', timeZone: 'UTC' });
  return `${when.getUTCFullYear()}, ${day.format(when)}`;
}

/** A band such as 1-10 or 10001+, with a dash and grouped digits. */
export function band(value: string): string {
  return value.replace(/\d+/g, (digits) => number(Number(digits))).replace('-', '–');
}

/** A frequency as ISO 8601 prints it (P1M, R/P1Y), in words; other words as they are. */
export function every(value: string): string {
  const [, count, unit] = /^(?:R\/)?P(\d+)([DWMY])$/.exec(value) ?? [];
  if (!count || !unit) return tv('every', value);
  return tn(`every.${unit as 'D'}`, Number(count));
}

/** "a, b or c". */
export function either(items: string[]): string {
  return new Intl.ListFormat(locale.value, { type: 'disjunction' }).format(items);
}

/** "a, b and c". */
export function list(items: string[]): string {
  return new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(items);
}
