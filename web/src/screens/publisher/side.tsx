// Beside the figures: how sure we are, where the users are, what cannot be said, and the body's kin.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { number, t, tn, tv } from '../../i18n.ts';
import { short } from '../../names.ts';
import type { Attribute } from '../../queries/generated/schema.ts';
import { href } from '../../navigate.ts';
import { Bar } from '../../widgets/bars.tsx';
import { Grade, GRADES, Miss } from '../../widgets/marks.tsx';
import { countryOf, Outline, ShadeKey } from '../../widgets/outline.tsx';
import { Empty } from '../../widgets/states.tsx';
import { span } from '../organisation/more.tsx';
import type { Context, Profile } from './publisher.tsx';

export function HowSure({ of }: { of: Profile }): VNode {
  const counts = new Map(of.scorecard.gradeUsers.map((row) => [row.grade, row.count]));
  const top = Math.max(1, ...counts.values());
  return (
    <section class="box" aria-labelledby="sure">
      <h2 id="sure">{t('publisher.sure')}</h2>
      <p class="tiny muted">{t('publisher.sureNote')}</p>
      <ul class="gradebar">
        {GRADES.map((letter) => (
          <li key={letter}>
            <Grade of={letter} word />
            <Bar value={counts.get(letter) ?? 0} top={top} />
            <b class="num">{number(counts.get(letter) ?? 0)}</b>
          </li>
        ))}
      </ul>
      <p class="small muted">{t('publisher.lift', { name: short(of), confirmed: of.scorecard.confirmed, n: of.userCount })}</p>
    </section>
  );
}

/** Areas named one by one; the rest are summed up. */
const NAMED = 4;

export function Where({ of, context }: { of: Profile; context: Context | undefined }): VNode {
  const known = of.areas.rows.filter((row) => !row.missing && !row.value.startsWith('unknown'));
  const unknown = of.areas.rows.filter((row) => row.missing ?? row.value.startsWith('unknown')).reduce((sum, row) => sum + row.count, 0);
  const whole = new Map((context?.areas.rows ?? []).map((row) => [row.value, row.count]));
  const counts = new Map(known.map((row) => [row.value, row.count]));
  const country = countryOf(counts);
  const rest = known.slice(NAMED);
  return (
    <section class="box where" aria-labelledby="where">
      <h2 id="where">{t('publisher.where')}</h2>
      {country ? <><Outline country={country} counts={counts} shaded /><ShadeKey /></> : null}
      <ul class="rows">
        {known.slice(0, NAMED).map((row) => {
          const total = whole.get(row.value);
          return (
            <li key={row.value}>
              <a class="lab" href={href({ ...at({ screen: 'explore' }), filter: { area: [row.value], publisher: [of.slug] } })}>{row.label}</a>
              <span class="num"><b>{number(row.count)}</b>{total ? <span class="muted"> {t('bars.of', { n: total })}</span> : null}</span>
            </li>
          );
        })}
        {rest.length > 0 ? <li><span>{tn('publisher.otherAreas', rest.length)}</span><b>{number(rest.reduce((sum, row) => sum + row.count, 0))}</b></li> : null}
        {unknown > 0 ? <li><span class="miss unknown"><span>{t('publisher.placeUnknown')}</span></span><b>{number(unknown)}</b></li> : null}
      </ul>
    </section>
  );
}

/** What a reader of this page would ask next, where the waves behind it may not have. */
const WISHED: Attribute[] = ['USE_TYPE', 'EXAMPLE_USES', 'SOURCE_COUNT', 'SOCIAL_IMPACT', 'DATA_IMPACT', 'SDG', 'REVENUE_SOURCE', 'FINANCIAL_INFO'];

export function Unsaid({ of }: { of: Profile }): VNode | null {
  const { waves } = of.users;
  const asked = new Set(waves.flatMap((wave) => wave.asked));
  const gaps = waves.length > 0 ? WISHED.filter((attribute) => !asked.has(attribute)) : [];
  const uncounted = waves.some((wave) => wave.responseRate.unknown > 0);
  if (gaps.length === 0 && !uncounted) return null;
  return (
    <section class="box" aria-labelledby="unsaid">
      <h2 id="unsaid">{t('unsaid.title')}</h2>
      <ul class="rows">
        {gaps.map((attribute) => <li key={attribute}><span>{tv('attribute', attribute)}</span><Miss code="NOT_ASKED" /></li>)}
        {uncounted ? <li><span>{t('unsaid.response')}</span><Miss code="DONT_KNOW" /></li> : null}
      </ul>
    </section>
  );
}

/** Sub-bodies, and what came before and after. */
export function Kin({ of }: { of: Profile }): VNode {
  const lines = [
    ...of.predecessors.map((one) => ({ ...one, role: t('kin.predecessor') })),
    ...of.successors.map((one) => ({ ...one, role: t('kin.successor') })),
  ];
  return (
    <section class="sec" aria-labelledby="kin">
      <header>
        <h2 id="kin">{t('kin.title')}</h2>
        <p>{tv('rollupNote', of.users.rollup)}</p>
      </header>
      {of.children.length === 0 ? (
        <Empty title={t('kin.none')}>{t('kin.noneHint', { name: short(of) })}</Empty>
      ) : (
        <ul class="rows">
          {of.children.map((child) => (
            <li key={child.publisher.slug}>
              <span>
                <a href={href(at({ screen: 'publisher', slug: child.publisher.slug }))} lang={child.publisher.nameLang}>{child.publisher.name}</a>
                {child.decision === 'PROPOSED' ? <> <span class="chip">{t('relations.proposed')}</span></> : null}
              </span>
              <b>{number(child.userCount)}</b>
            </li>
          ))}
        </ul>
      )}
      {lines.length > 0 ? (
        <dl class="rows">
          {lines.map((line) => (
            <div key={`${line.role}${line.publisher.slug}`}>
              <dt>{line.role}{line.on ? `, ${span(line.on, null)}` : ''}{line.note ? ` · ${line.note}` : ''}</dt>
              <dd><a href={href(at({ screen: 'publisher', slug: line.publisher.slug }))} lang={line.publisher.nameLang}>{line.publisher.name}</a></dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}
