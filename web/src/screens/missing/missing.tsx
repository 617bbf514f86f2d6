// No such page: what was asked for, and where to go instead.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { t } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { useTitle } from '../../title.ts';
import { Combobox } from '../../widgets/combobox.tsx';
import '../../styles/page.css';

export default function Missing(): VNode {
  useTitle(t('gone.title'));
  return <NotFound />;
}

/** Also drawn by the profiles, when the record has nothing under a name. */
export function NotFound(): VNode {
  return (
    <div class="hero homehero-text">
      <p class="crumb" />
      <h1>{t('gone.title')}</h1>
      <p class="lede">{t('gone.text')}</p>
      <div class="pagefind"><p class="crumb" /><Combobox label={t('search.label')} placeholder={t('search.placeholder')} /></div>
      <a class="goto" href={href(at({ screen: 'explore' }))}>{t('gone.explore')}</a>
    </div>
  );
}
