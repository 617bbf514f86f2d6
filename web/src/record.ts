// What is true of the whole record, asked for once: which studies are loaded, and from where.
import { signal } from '@preact/signals';
import { ask } from './api.ts';
import { Record as RecordQuery, type RecordData } from './queries/generated/record.ts';

export type Meta = RecordData['meta'];

export const meta = signal<Meta | undefined>(undefined);

/** A record that cannot be described still has pages: banner and footer then stay quiet. */
export async function loadRecord(lang: string): Promise<void> {
  try {
    meta.value = (await ask(RecordQuery, {}, { lang })).meta;
  } catch {
    // The screen that needs an answer says that there is none.
  }
}
