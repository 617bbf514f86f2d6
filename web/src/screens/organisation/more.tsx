// The rest of a profile: who is like it and why, what is not known, other names, relations.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { date, list, number, t, tn, tv } from '../../i18n.ts';
import { short } from '../../names.ts';
import { href } from '../../navigate.ts';
import { Miss } from '../../widgets/marks.tsx';
import type { Profile } from './organisation.tsx';

/** Reasons named per peer; the list of all is on the peer's own page. */
const REASONS = 3;

export function Peers({ of }: { of: Profile }): VNode | null {
  if (of.peers.length === 0) return null;
  return (
    <section class="box" aria-labelledby="peers">
      <h2 id="peers">{t('peers.title')}</h2>
      <p class="tiny muted">{tn('peers.note', of.publishersUsed)}</p>
      <ul class="rows">
        {of.peers.map((peer) => (
          <li key={peer.organisation.slug} class="wide">
            <span class="num"><b>{number(peer.sharedPublishers.length)}</b> <span class="muted">{t('peers.ofIts', { n: peer.organisation.publishersUsed })}</span></span>
            <a href={href(at({ screen: 'organisation', slug: peer.organisation.slug }))} lang={peer.organisation.nameLang}>{peer.organisation.name}</a>
            <span class="tiny">{[peer.organisation.sector?.label ?? t('family.none'), ...reasons(peer)].join(' · ')}</span>
          </li>
        ))}
      </ul>
      <p class="small"><a href={href({ ...at({ screen: 'explore' }), view: 'table', filter: { publisher: rarest(of.peers[0]).map((one) => one.slug) } })}>{t('peers.all')}</a></p>
    </section>
  );
}

type Peer = Profile['peers'][number];

/** What few others use says more about two organisations than what everybody uses. */
function rarest(peer: Peer | undefined): Peer['sharedPublishers'] {
  return [...(peer?.sharedPublishers ?? [])].sort((a, b) => a.userCount - b.userCount).slice(0, REASONS);
}

function reasons(peer: Peer): string[] {
  const near = peer.components.some((one) => one.key === 'distance' && one.value > 0.9);
  return [
    ...(peer.sharedDatasets.length > 0 ? [t('peers.bothName', { names: list(peer.sharedDatasets.slice(0, 2).map((one) => one.title)) })] : []),
    ...(peer.sharedPublishers.length > 0 ? [t('peers.bothUse', { names: list(rarest(peer).map(short)) })] : []),
    ...(near ? [t('peers.near')] : []),
  ];
}

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
