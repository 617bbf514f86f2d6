// What is true of the whole record, asked for once: which studies are loaded, and from where.
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from './api.ts';
import { fictionOf } from './fiction.ts';
import { Record as RecordQuery, type RecordData } from './queries/generated/record.ts';

export type Meta = RecordData['meta'];

export const meta = signal<Meta | undefined>(undefined);

/** The chapters that the figures of the screen are of, each as often as it is. */
const inSight = signal<string[]>([]);

/** Says for as long as something is shown which chapters it is of. */
export function useChapters(chapters: string[]): void {
  const key = [...new Set(chapters)].sort().join();
  useEffect(() => {
    const own = key ? key.split(',') : [];
    inSight.value = [...inSight.peek(), ...own];
    return () => {
      const rest = [...inSight.peek()];
      for (const one of own) rest.splice(rest.indexOf(one), 1);
      inSight.value = rest;
    };
  }, [key]);
}

export const fiction = computed(() => fictionOf((meta.value?.chapters ?? []).map((one) => one.code), inSight.value));

/** Whether no study has any organisation yet. */
export function isEmpty({ chapters }: Meta): boolean {
  return chapters.every((one) => one.organisationCount === 0);
}

/** A record that cannot be described still has pages: banner and footer then stay quiet. */
export async function loadRecord(lang: string): Promise<void> {
  try {
    meta.value = (await ask(RecordQuery, {}, { lang })).meta;
  } catch {
    // The screen that needs an answer says that there is none.
  }
}
