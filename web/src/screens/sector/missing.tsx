// Who and what is missing from a sector: data that others use and nobody here does, and organisations
// whose sector nobody knows, any of which may belong here.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { number, t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { href } from '../../navigate.ts';
import type { SectorPageData } from '../../queries/generated/sector.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Miss } from '../../widgets/marks.tsx';
import type { Scope } from '../../widgets/study.tsx';
import type { Profile } from './sector.tsx';

export function Elsewhere({ of, scope }: { of: Profile; scope: Scope }): VNode | null {
  const rows = of.unusedPublishers.flatMap((row) => (row.publisher ? [{ ...row, publisher: row.publisher }] : []));
  if (rows.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="elsewhere">
      <header><h2 id="elsewhere">{t('sector.elsewhere')}</h2><p>{t('sector.elsewhereNote')}</p></header>
      <Bars
        kind="thin"
        rows={rows.map((row) => ({ key: row.publisher.slug, label: short(row.publisher), text: short(row.publisher), lang: row.publisher.nameLang, value: row.count, look: 'pale' as const, href: href({ ...at({ screen: 'publisher', slug: row.publisher.slug }), filter: scope }) }))}
        caption={t('sector.elsewhere')}
        columns={{ label: t('claims.publisher'), value: t('sector.elsewhereUsers') }}
      />
    </section>
  );
}

export function Absent({ whole, scope }: { whole: SectorPageData['whole']; scope: Scope }): VNode | null {
  // To whom sectors do not apply belongs to none.
  const missing = whole.coverage.missing.filter((one) => one.count > 0 && one.code !== 'NOT_APPLICABLE');
  const total = missing.reduce((sum, one) => sum + one.count, 0);
  if (total === 0) return null;
  return (
    <section class="box" aria-labelledby="absent">
      <h2 id="absent">{t('sector.absent')}</h2>
      <p class="tiny muted">{tn('sector.absentNote', total)}</p>
      <ul class="rows">{missing.map((one) => <li key={one.code}><Miss code={one.code} /><b>{number(one.count)}</b></li>)}</ul>
      <p class="small"><a href={href({ ...at({ screen: 'explore' }), filter: { ...scope, sector: missing.map((one) => `unknown:${one.code.toLowerCase()}`) } })}>{tn('sector.absentGo', total)}</a></p>
    </section>
  );
}
