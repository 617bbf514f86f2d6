// A record that is found under an old address: the address becomes the new one, and the page says so.
import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Place } from '../address.ts';
import { t } from '../i18n.ts';
import { address, go } from '../navigate.ts';

/** The old path, and the new one that the note belongs to. */
const moved = signal<{ from: string; to: string } | undefined>(undefined);

export function Moved({ to }: { to: Extract<Place, { slug: string }> }): VNode | null {
  const here = address.value;
  const asked = here.place.screen === to.screen && 'slug' in here.place ? here.place.slug : to.slug;
  useEffect(() => {
    if (asked === to.slug) return;
    moved.value = { from: decodeURI(location.pathname), to: to.slug };
    go({ ...here, place: to }, { replace: true, keep: true });
  }, [asked, to.slug]);
  const note = moved.value;
  if (!note || note.to !== to.slug) return null;
  return <p class="note" role="status"><b>{t('moved.title')}</b> {t('moved.text', { from: note.from })}</p>;
}
