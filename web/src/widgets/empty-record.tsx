// A server that was started in an empty folder: what to type to fill it, wherever one looks for figures.
import type { VNode } from 'preact';
import { t } from '../i18n.ts';

export function EmptyRecord(): VNode {
  return (
    <div class="hero">
      <p class="crumb" />
      <h1>{t('empty.title')}</h1>
      <p class="lede">{t('empty.text')}</p>
      <dl class="rows fill">
        <div><dt>{t('empty.study')}</dt><dd><code>od100 import od500 --chapter mx</code></dd></div>
        <div><dt>{t('empty.sample')}</dt><dd><code>od100 sample</code></dd></div>
      </dl>
    </div>
  );
}
