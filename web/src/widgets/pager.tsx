// Steps through a long list by addresses, so that each page can be linked to and gone back from.
import type { VNode } from 'preact';
import { top } from '../address.ts';
import { t } from '../i18n.ts';
import { address, href } from '../navigate.ts';

export function Pager({ next }: { next: string | null | undefined }): VNode | null {
  const here = address.value;
  if (!next && !here.after) return null;
  return (
    <nav class="pager" aria-label={t('pager.label')}>
      {here.after ? <a class="btn" href={href(top(here))}>{t('pager.first')}</a> : null}{' '}
      {next ? <a class="btn" href={href({ ...here, after: next })}>{t('pager.next')}</a> : null}
    </nav>
  );
}
