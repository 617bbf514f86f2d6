// Words of the address that mean nothing here: passed over, but not in silence. The server's own page says the same.
import type { VNode } from 'preact';
import { t } from '../../i18n.ts';
import { strangeOf, type Strange as Word } from '../../strange.ts';

const LONGEST = 40;

function said({ key, value, name = 'form' }: Word): string {
  const short = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  if (key === 'look') return t('strange.look', { name, value: short });
  if (key === 'word') return t('strange.word', { name: short });
  return t(key === 'view' ? 'strange.view' : 'strange.sort', { value: short });
}

/** `search`: the words of the address as they stand in it. */
export function Strange({ search }: { search: string }): VNode | null {
  const words = strangeOf(search);
  if (words.length === 0) return null;
  return <div class="note warn strange" role="note">{words.map((one) => <p key={one.value}>{said(one)}</p>)}</div>;
}
