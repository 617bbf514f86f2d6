// What its users do with it and how much it matters to them; and what is at stake when it is late.
import type { VNode } from 'preact';
import { date, t, tn, tv } from '../../i18n.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Miss } from '../../widgets/marks.tsx';
import type { Profile } from './dataset.tsx';

type Claim = Profile['claims']['nodes'][number];

/** "Used by 2, core to 2; expected by …, 535 days late." What is not known is said. */
export function RiskLine({ of }: { of: Profile }): VNode {
  const { risk } = of;
  const core = risk.coreUsers > 0 ? `${tn('dataset.isCore', risk.coreUsers)} ` : '';
  if (risk.note === 'DEAD') return <>{core}<b class="bad">{t('dataset.dead')}</b></>;
  if (risk.due === null || risk.overdueDays === null) {
    return <>{core}{risk.note === 'NO_DATE' ? t('dataset.noDate') : t('dataset.noInterval')} <Miss code="DONT_KNOW" /></>;
  }
  if (risk.overdueDays > 0) return <>{core}{t('dataset.wasDue', { date: date(risk.due) })} <b class="bad">{tn('dataset.late', risk.overdueDays)}</b></>;
  return <>{core}{t('dataset.onTime', { date: date(risk.due) })}</>;
}

/** Distinct organisations by what they use it for, and by how much it matters. */
export function Use({ of }: { of: Profile }): VNode | null {
  const claims = of.claims.nodes;
  const types = counted(claims, (claim) => claim.useType);
  const weights = counted(claims, (claim) => claim.criticality);
  if (claims.length === 0) return null;
  const nothing = [...types.keys()].every((key) => key === 'UNKNOWN') && [...weights.keys()].every((key) => key === 'UNKNOWN');
  return (
    <section class="sec" aria-labelledby="use">
      <header><h2 id="use">{t('dataset.use')}</h2>{nothing ? null : <p>{t('dataset.useNote')}</p>}</header>
      {nothing ? <p class="small">{t('dataset.useUnknown')} <Miss code="NOT_ASKED" /></p> : (
        <div class="pair">
          <Part title={t('attribute.USE_TYPE')} prefix="useType" counts={types} order={['PRODUCT_SERVICE', 'OPTIMISATION', 'RESEARCH', 'ADVOCACY', 'OTHER', 'UNKNOWN']} />
          <Part title={t('dataset.matters')} prefix="criticality" counts={weights} order={['CORE', 'SUPPORTING', 'OCCASIONAL', 'UNKNOWN']} />
        </div>
      )}
    </section>
  );
}

function Part({ title, prefix, counts, order }: { title: string; prefix: 'useType' | 'criticality'; counts: Map<string, number>; order: string[] }): VNode {
  return (
    <div>
      <h3>{title}</h3>
      <Bars
        kind="mini"
        rows={order.map((key) => ({ key, label: tv(prefix, key), text: tv(prefix, key), value: counts.get(key) ?? 0, ...(key === 'UNKNOWN' ? { look: 'hatch' as const, apart: true } : {}) }))}
        caption={title}
        columns={{ label: title, value: t('publisher.users') }}
      />
    </div>
  );
}

function counted(claims: Claim[], of: (claim: Claim) => string): Map<string, number> {
  const seen = new Map<string, Set<string>>();
  for (const claim of claims) seen.set(of(claim), (seen.get(of(claim)) ?? new Set()).add(claim.organisation.slug));
  return new Map([...seen].map(([key, organisations]) => [key, organisations.size]));
}
