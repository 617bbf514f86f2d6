// The rest of a profile: what is not known, other names, relations.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { date, t, tv } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { Miss } from '../../widgets/marks.tsx';
import type { Profile } from './organisation.tsx';

export function Unknowns({ of }: { of: Profile }): VNode | null {
  if (of.missing.length === 0) return null;
  return (
    <section class="box" aria-labelledby="unknown">
      <h2 id="unknown">{t('unknown.title')}</h2>
      <ul class="rows">{of.missing.map((one) => <li key={one.attribute}><span>{one.label}</span><Miss code={one.code} /></li>)}</ul>
    </section>
  );
}

export function Names({ of }: { of: Profile }): VNode | null {
  const others = of.names.filter((one) => one.text !== of.name);
  if (others.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="names">
      <header><h2 id="names">{t('names.title')}</h2></header>
      <dl class="rows">
        {others.map((one) => (
          <div key={`${one.kind}${one.text}`}>
            <dt>{tv('names', one.kind)}{one.validFrom || one.validTo ? `, ${span(one.validFrom, one.validTo)}` : ''}</dt>
            <dd lang={one.lang}>{one.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function Relations({ of }: { of: Profile }): VNode | null {
  if (of.relations.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="relations">
      <header><h2 id="relations">{t('relations.title')}</h2></header>
      <dl class="rows">
        {of.relations.map((one) => (
          <div key={`${one.kind}${one.other.slug}`}>
            <dt>{tv('relation', `${one.kind}.${one.direction}`)}{one.decision === 'PROPOSED' ? ` (${t('relations.proposed')})` : ''}{one.validFrom || one.validTo ? `, ${span(one.validFrom, one.validTo)}` : ''}</dt>
            <dd><a href={href(at({ screen: 'organisation', slug: one.other.slug }))} lang={one.other.nameLang}>{one.other.name}</a></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** From, until, or both, as far as they are known. */
export function span(from: string | null, to: string | null): string {
  if (from && to) return `${date(from)}–${date(to)}`;
  if (from) return t('span.since', { date: date(from) });
  return to ? t('span.until', { date: date(to) }) : '';
}
