// Whom to ask next about a goal, and the data about it that nobody is known to use.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { DOT, list, t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { href } from '../../navigate.ts';
import { sectorOf } from '../../sector.ts';
import { Dot, Inferred } from '../../widgets/marks.tsx';
import { Empty } from '../../widgets/states.tsx';
import type { Profile } from './sdg.tsx';

/** As many as the server lists at once. */
export const MOST = 100;

export function Candidates({ of, onAll }: { of: Profile; onAll: () => void }): VNode {
  const rest = of.candidateCount - of.candidates.length;
  return (
    <section class="sec" aria-labelledby="next">
      <header><h2 id="next">{t('sdg.next')}</h2><p>{t('sdg.nextNote')}</p></header>
      {of.candidates.length === 0 ? <Empty title={t('sdg.nextNone')}>{t('sdg.nextNoneHint')}</Empty> : (
        <ul class="rows">
          {of.candidates.map(({ organisation, inferred, recovered, datasets }) => (
            <li key={organisation.slug}>
              <span class="marked">
                <Dot of={organisation.family} /><a href={href(at({ screen: 'organisation', slug: organisation.slug }))} lang={organisation.nameLang}>{organisation.name}</a>
                <span class="tiny muted">{[sectorOf(organisation), ...(datasets.length > 0 ? [t('sdg.uses', { names: list(datasets.slice(0, 2).map((one) => one.title)) })] : [])].join(DOT)}</span>
              </span>
              {inferred ? <Inferred /> : <span class="tiny muted">{t(recovered ? 'sdg.byRecovered' : 'sdg.byData')}</span>}
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && of.candidates.length < MOST ? <p class="pager"><button type="button" class="btn" onClick={onAll}>{tn('sdg.nextMore', rest)}</button></p> : null}
      {rest > 0 && of.candidates.length >= MOST ? <p class="after">{t('sdg.nextFirst', { shown: of.candidates.length, n: of.candidateCount })}</p> : null}
    </section>
  );
}

export function Unused({ of }: { of: Profile }): VNode {
  return (
    <section class="box" aria-labelledby="unused">
      <h2 id="unused">{t('sdg.unused')}</h2>
      {of.unusedDatasets.length === 0 ? <p class="small muted">{t('sdg.unusedNone')}</p> : (
        <ul class="rows">
          {of.unusedDatasets.map((one) => (
            <li key={one.slug} class="wide">
              <a href={href(at({ screen: 'dataset', slug: one.slug }))} lang={one.titleLang}>{one.title}</a>
              <span class="tiny" lang={one.publisher.nameLang}>{short(one.publisher)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
