// Values of a facet by their names: those on the rail, and those that the search of the record adds.
import type { Value } from './facets.ts';

/** A value with what tells it from another of its name. */
export interface Found extends Value {
  note?: string | undefined;
}

export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

/** Values whose names hold every word of a text, in their order. */
export function named<One extends { label: string }>(values: One[], text: string): One[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  return values.filter((one) => {
    const label = folded(one.label);
    return words.every((word) => label.includes(word));
  });
}

export interface Hit {
  path: string;
  title: string;
  subtitle: string | null;
}

/** What a filter calls the record of a path. */
export function wordOf(path: string): string {
  return decodeURIComponent(path.split('?')[0]?.split('/').at(-1) ?? '');
}

/** The values found on the rail, then the search's others with their counts, those with most first; twins say whose they are. */
export function merged(local: Value[], hits: Hit[], counted: Value[]): Found[] {
  const notes = new Map(hits.map((hit) => [wordOf(hit.path), hit.subtitle ?? undefined]));
  const known = new Set(local.map((one) => one.value));
  const more = counted.filter((one) => notes.has(one.value) && !known.has(one.value)).sort((a, b) => b.count - a.count);
  const all: Value[] = [...local, ...more];
  const isTwin = (one: Value): boolean => all.some((other) => other.value !== one.value && folded(other.label) === folded(one.label));
  return all.map((one) => ({ ...one, note: isTwin(one) ? notes.get(one.value) : undefined }));
}
