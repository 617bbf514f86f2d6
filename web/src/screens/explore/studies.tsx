// Several studies in sight are several samples: each is offered alone.
import type { VNode } from 'preact';
import { narrowed, type Address } from '../../address.ts';
import { number, t } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import type { Part } from './parts.ts';

export function Studies({ here, parts }: { here: Address; parts: Part[] }): VNode | null {
  if (parts.length < 2) return null;
  return (
    <nav class="studies small" aria-labelledby="studies">
      <span id="studies">{t('explore.chooseStudy')}</span>
      {parts.map((one) => <a key={one.code} class="chip" href={href(narrowed(here, 'chapter', [one.code]))}><span>{one.label}</span> <b>{number(one.count)}</b></a>)}
    </nav>
  );
}
