// What a study says of itself: its limits, its waves, its licence. Also drawn on the page of a wave.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { DOT, date, t, tn, tv } from '../../i18n.ts';
import { href, lang } from '../../navigate.ts';
import { Miss } from '../../widgets/marks.tsx';
import type { Profile } from './study.tsx';

export function Limits({ of }: { of: string[] }): VNode | null {
  if (of.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="limits">
      <header><h2 id="limits">{t('study.limits')}</h2><p>{t('study.limitsNote')}</p></header>
      <ol class="limits">{of.map((limit) => <li key={limit}>{limit}</li>)}</ol>
    </section>
  );
}

export function Waves({ of }: { of: Profile['waves'] }): VNode {
  return (
    <section class="sec" aria-labelledby="waves">
      <header><h2 id="waves">{t('study.waves')}</h2><p>{t('study.wavesNote')}</p></header>
      <ul class="rows">
        {of.map((wave) => (
          <li key={wave.slug}>
            <span>
              <a href={href(at({ screen: 'wave', slug: wave.slug }))}>{wave.title}</a>
              <span class="tiny muted"><br />{days(wave)}{DOT}{tv('frame', wave.frame)}{DOT}<Answered of={wave.responseRate} shown={wave.organisationCount} /></span>
              {wave.nominationPath ? <><br /><TakePart path={wave.nominationPath} /></> : null}
            </span>
            <span>{tn('list.organisations', wave.organisationCount)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way into a wave that is open to anybody: its door is a page without the application. */
export function TakePart({ path }: { path: string }): VNode {
  return <a class="btn main" href={`${path}?lang=${lang.value}`} target="_self">{t('wave.takePart')}</a>;
}

/** How many answered, or that nobody knows; and how many of them no list shows. */
export function Answered({ of, shown = of.eligible }: { of: { eligible: number; answered: number; unknown: number }; shown?: number }): VNode {
  if (of.unknown > 0) return <>{t('unsaid.response')} <Miss code="DONT_KNOW" /></>;
  if (of.eligible === 0) return <>{t('wave.nobodyYet')}</>;
  const hidden = of.eligible - shown;
  return <>{t('method.response', { answered: of.answered, eligible: of.eligible })}{hidden > 0 ? `${DOT}${tn('wave.hidden', hidden)}` : ''}</>;
}

export function days({ opensOn, closesOn }: { opensOn: string; closesOn: string | null }): string {
  return closesOn ? `${date(opensOn)} – ${date(closesOn)}` : date(opensOn);
}

export function Licence({ of }: { of: { attribution: Profile['attribution']; url: string }[] }): VNode {
  return (
    <section class="box" aria-labelledby="licence">
      <h2 id="licence">{t('study.licence')}</h2>
      {of.map(({ attribution, url }) => (
        <div key={url} class="owned">
          <p class="small">{attribution.text}</p>
          <dl class="rows">
            <div><dt>{t('study.licenceIs')}</dt><dd><a href={attribution.url} rel="license external noopener">{attribution.licence}</a></dd></div>
            <div><dt>{t('study.publishedAt')}</dt><dd><a href={url} rel="external nofollow noopener">{t('study.site')}</a></dd></div>
          </dl>
        </div>
      ))}
      {of.some(({ attribution }) => /-SA/.test(attribution.licence)) ? <p class="tiny muted">{t('study.shareAlike')}</p> : null}
    </section>
  );
}
