// How to cite what is shown: one citation in three styles, to copy or to save.
import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { dated } from '../address.ts';
import { seenAt } from '../api.ts';
import { cited, FILES, NAMES, STYLES, type Citable, type Style } from '../citation.ts';
import { citedOn, date, t } from '../i18n.ts';
import { address, href } from '../navigate.ts';
import { own } from '../views.ts';
import { save } from '../save.ts';
import { CopyButton } from './copy.tsx';
import '../styles/cite.css';

/** The address of the present page, as it is shown, on the day and as recorded by the moment that a figure is from. */
export function lastingAddress(asOf: string, revision: number | undefined): string {
  const knownAt = address.value.filter.knownAt ?? (revision === undefined ? undefined : seenAt(revision));
  return new URL(href(dated(own(address.value), asOf, knownAt)), location.origin).href;
}

/** Cites the present page. */
export function Cite({ of: told }: { of: Omit<Citable, 'url'> }): VNode {
  const of: Citable = { ...told, url: lastingAddress(told.date, told.revision) };
  const [style, setStyle] = useState<Style>('apa');
  const name = useId();
  const made = of.revision === undefined ? t('cite.made', { date: date(of.date), version: of.method }) : t('cite.madeAt', { date: date(of.date), version: of.method, revision: String(of.revision) });
  const data = of.attribution.length > 0 ? t('cite.data', { source: of.attribution.join('; ') }) : '';
  const text = cited(style, of, { dated: citedOn(of.date), made, data });
  const { ending, type } = FILES[style];
  return (
    <section class="cite" aria-label={t('cite.title')}>
      <fieldset class="styles">
        <legend class="vh">{t('cite.style')}</legend>
        {STYLES.map((one) => (
          <label key={one}>
            <input type="radio" name={name} value={one} checked={one === style} onChange={() => setStyle(one)} />
            <span>{NAMES[one]}</span>
          </label>
        ))}
      </fieldset>
      <pre class={style === 'apa' ? 'words' : undefined} tabIndex={0} role="group" aria-label={NAMES[style]}>{text}</pre>
      <p class="no-print acts">
        <CopyButton text={() => text}>{t('cite.copy')}</CopyButton>
        <button type="button" class="btn" onClick={() => save(`open-data-100.${ending}`, type, text)}>{t('cite.save', { ending })}</button>
      </p>
      <p class="muted">{t('cite.how')}</p>
    </section>
  );
}
