// Which rows of a long list a page of it shows. The place of a page between the first and the last is not known: it
// follows a cursor.
import type { VNode } from 'preact';
import { t } from '../i18n.ts';
import { address } from '../navigate.ts';

export function Range({ shown, of, more }: { shown: number; of: number; more: boolean }): VNode | null {
  const isFirst = !address.value.after;
  if (shown === 0 || (isFirst && !more)) return null;
  const first = isFirst ? 1 : more ? undefined : of - shown + 1;
  return <p class="tiny muted">{first ? t('pager.range', { first, last: first + shown - 1, n: of }) : t('pager.some', { shown, n: of })}</p>;
}
