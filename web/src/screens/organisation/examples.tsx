// What it does with the data, as it told in a wave: examples that it has agreed to show and somebody has looked through.
import type { VNode } from 'preact';
import { date, t } from '../../i18n.ts';
import type { Profile } from './organisation.tsx';

export function Examples({ of }: { of: Profile }): VNode | null {
  const told = of.answers.filter((one) => one.question === 'example_uses' && one.value).sort((a, b) => b.wave.opensOn.localeCompare(a.wave.opensOn));
  if (told.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="examples">
      <header><h2 id="examples">{t('examples.title')}</h2></header>
      {told.map((one) => (
        <figure key={one.wave.title} class="told">
          <blockquote>{one.value}</blockquote>
          <figcaption class="tiny muted">{one.wave.title}, {date(one.wave.opensOn)}</figcaption>
        </figure>
      ))}
    </section>
  );
}
