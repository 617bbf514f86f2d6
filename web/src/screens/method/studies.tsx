// The studies in the record, each with its waves, licence and known limits.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { DOT, t, tn, tv } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import type { MethodData } from '../../queries/generated/method.ts';
import { Answered, days } from '../study/parts.tsx';

export function Studies({ of }: { of: MethodData['studies'] }): VNode | null {
  if (of.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="studies">
      <header><h2 id="studies">{t('method.studies')}</h2><p>{t('foot.notRandom')}</p></header>
      {of.map((study) => (
        <div class="box" key={study.slug}>
          <h3 class="study"><a href={href(at({ screen: 'study', slug: study.slug }))}>{study.title}</a></h3>
          <p class="small muted">{study.attribution.text}, <a href={study.attribution.url} rel="license external noopener">{study.attribution.licence}</a></p>
          <ul class="rows">
            {study.waves.map((wave) => (
              <li key={wave.slug}>
                <span><a href={href(at({ screen: 'wave', slug: wave.slug }))}>{wave.title}</a><span class="tiny muted"><br />{days(wave)}{DOT}{tv('frame', wave.frame)}{DOT}<Answered of={wave.responseRate} shown={wave.organisationCount} /></span></span>
                <span>{tn('list.organisations', wave.organisationCount)}</span>
              </li>
            ))}
          </ul>
          {study.limits.length > 0 ? <><h3>{t('study.limits')}</h3><ol class="limits tight">{study.limits.map((limit) => <li key={limit}>{limit}</li>)}</ol></> : null}
        </div>
      ))}
    </section>
  );
}
