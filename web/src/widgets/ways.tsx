// On a phone a profile is many screens long: the ways to what most readers come for stand at its beginning.
import type { VNode } from 'preact';
import { t } from '../i18n.ts';

export interface Way {
  /** The id of the heading that it leads to. */
  to: string;
  text: string;
}

export function Ways({ of }: { of: Way[] }): VNode {
  return (
    <nav class="ways no-print" aria-label={t('shell.onPage')}>
      <ul>{of.map((way) => <li key={way.to}><a href={`#${way.to}`}>{way.text}</a></li>)}</ul>
    </nav>
  );
}
