// The head of what is folded: it says what a press does, to open and to close.
import type { VNode } from 'preact';
import { t } from '../i18n.ts';

export function Fold({ more, less }: { more: string; less: string }): VNode {
  return <summary><span class="to-open">{more}</span><span class="to-close">{less}</span></summary>;
}

/** The table that no chart goes without. */
export function TableFold(): VNode {
  return <Fold more={t('bars.table')} less={t('bars.hide')} />;
}
