// What supports or contradicts one claim.
import { Fragment, type VNode } from 'preact';
import { DOT, date, t, tv } from '../../i18n.ts';
import type { Profile } from './organisation.tsx';
import { SourceTitle } from '../../widgets/headline.tsx';

type Claim = Profile['claims']['nodes'][number];

export function Evidence({ of }: { of: Claim }): VNode {
  if (of.evidence.length === 0) return <p class="tiny muted ev">{t('claims.noSource')}</p>;
  return (
    <ul class="ev">
      {of.evidence.map((one, index) => (
        <li key={index} class="tiny">
          {tv('polarity', one.polarity)}{' '}
          {one.source.url ? <a href={one.source.url} rel="external nofollow noopener"><SourceTitle of={one.source} /></a> : <SourceTitle of={one.source} />}
          {one.source.publishedOn ? `, ${date(one.source.publishedOn)}` : ''}{one.locator ? `${DOT}${one.locator}` : ''}
          {one.quote ? <q><Pieces of={one.quote.replace(/\s·\s/g, DOT)} /></q> : null}
        </li>
      ))}
    </ul>
  );
}

/** A long address goes on below after a slash or between its values, not within a word. */
function Pieces({ of }: { of: string }): VNode {
  return <>{(of.match(/[/?&=]*[^/?&=]+[/?&=]*/g) ?? [of]).map((piece, at) => <Fragment key={at}>{at > 0 ? <wbr /> : null}{piece}</Fragment>)}</>;
}
