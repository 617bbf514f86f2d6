// Who is like it and why; and which data they use that it does not.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { DOT, either, list, number, t, tn } from '../../i18n.ts';
import { said, short, type Said } from '../../names.ts';
import { href } from '../../navigate.ts';
import { sectorOf } from '../../sector.ts';
import { FigureLine } from '../../widgets/figure.tsx';
import { Marked } from '../../widgets/headline.tsx';
import { Scroll } from '../../widgets/scroll.tsx';
import type { Profile } from './organisation.tsx';

/** Reasons named per peer; the list of all is on the peer's own page. */
const REASONS = 3;
/** Rows of each kind seen at first. */
const SEEN = 8;

type Peer = Profile['peers'][number];
type Shared = Peer['sharedPublishers'];

export function Peers({ of }: { of: Profile }): VNode | null {
  if (of.peers.length === 0) return null;
  const sharing = of.peers.some((peer) => peer.sharedPublishers.length > 0);
  const common = rarest(of.peers.flatMap((peer) => peer.sharedPublishers));
  return (
    <section class="box" aria-labelledby="peers">
      <h2 id="peers">{t('peers.title')}</h2>
      <p class="tiny muted">{t(sharing ? 'peers.note' : 'peers.noData')}</p>
      <ul class="rows">{of.peers.map((peer) => <Like key={peer.organisation.slug} peer={peer} />)}</ul>
      {common.length > 0 ? (
        <p class="small"><a href={href({ ...at({ screen: 'explore' }), view: 'table', filter: { publisher: common.map((one) => one.slug) } })}><Marked text={t('peers.all', { names: either(common.map(short)) })} names={common.map(said)} /></a></p>
      ) : null}
    </section>
  );
}

function Like({ peer }: { peer: Peer }): VNode {
  const { beyond } = peer;
  const left = beyond.publisherCount - beyond.publishers.length;
  return (
    <li class="wide">
      <span class="num"><b>{number(peer.sharedPublishers.length)}</b> <span class="muted">{t('peers.ofIts', { n: peer.organisation.publishersUsed })}</span></span>
      <a href={href(at({ screen: 'organisation', slug: peer.organisation.slug }))} lang={peer.organisation.nameLang}>{peer.organisation.name}</a>
      <span class="tiny"><Marked text={[sectorOf(peer.organisation), ...reasons(peer)].join(DOT)} names={[...peer.sharedPublishers.map(said), ...peer.sharedDatasets.map(titled)]} /></span>
      {beyond.publisherCount + beyond.datasetCount > 0 ? (
        <details class="besides">
          <summary class="tiny">{t('peers.beyond')}</summary>
          {beyond.publishers.length > 0 ? <p class="tiny"><Marked text={list([...beyond.publishers.map(short), ...(left > 0 ? [tn('peers.otherPublishers', left)] : [])])} names={beyond.publishers.map(said)} /></p> : null}
          {beyond.datasets.length > 0 ? <p class="tiny muted"><Marked text={t('peers.beyondDatasets', { names: list(beyond.datasets.map((one) => one.title)) })} names={beyond.datasets.map(titled)} /></p> : null}
        </details>
      ) : null}
    </li>
  );
}

function titled({ title, titleLang }: Peer['sharedDatasets'][number]): Said {
  return { name: title, lang: titleLang };
}

/** What few others use says more about organisations than what everybody uses. */
function rarest(shared: Shared): Shared {
  const each = [...new Map(shared.map((one) => [one.slug, one])).values()];
  return each.sort((a, b) => a.userCount - b.userCount).slice(0, REASONS);
}

function reasons(peer: Peer): string[] {
  // As many are told as are counted beside it.
  const left = peer.sharedPublishers.length - REASONS;
  const near = peer.components.some((one) => one.key === 'place' && one.value > 0.9);
  return [
    ...(peer.sharedDatasets.length > 0 ? [t('peers.bothName', { names: list(peer.sharedDatasets.slice(0, 2).map((one) => one.title)) })] : []),
    ...(peer.sharedPublishers.length > 0 ? [t('peers.bothUse', { names: list([...rarest(peer.sharedPublishers).map(short), ...(left > 0 ? [tn('peers.otherPublishers', left)] : [])]) })] : []),
    ...(near ? [t('peers.near')] : []),
  ];
}

type Row = Profile['dataOfPeers']['publishers'][number];

/** The difference of the peers' data and its own, what most of them use first. */
export function DataOfPeers({ of }: { of: Profile }): VNode | null {
  const data = of.dataOfPeers;
  if (data.publisherCount + data.datasetCount === 0) return null;
  const title = t('beyond.title');
  const groups = [
    { key: 'publishers', head: t('beyond.publishers'), rows: data.publishers, total: data.publisherCount },
    { key: 'datasets', head: t('beyond.datasets'), rows: data.datasets, total: data.datasetCount },
  ].filter((group) => group.rows.length > 0);
  return (
    <section class="sec" aria-labelledby="beyond">
      <header><h2 id="beyond">{title}</h2><p><Marked text={tn(data.sharing ? 'beyond.note' : 'beyond.noteAlike', data.n, { name: of.name })} names={[{ name: of.name, lang: of.nameLang }]} /></p></header>
      <Scroll label={title}>
        <table class="claims peerdata">
          <caption class="vh">{title}</caption>
          <thead><tr><th scope="col">{t('beyond.data')}</th><th scope="col" class="num">{t('beyond.count')}</th><th scope="col">{t('beyond.who')}</th></tr></thead>
          {groups.map(({ key, ...group }) => <Group key={key} {...group} of={data.n} />)}
        </table>
      </Scroll>
      <FigureLine of={data} title={title} />
    </section>
  );
}

/** What most of them use; the rest on demand, as far as it is here. */
function Group({ head, rows, total, of }: { head: string; rows: Row[]; total: number; of: number }): VNode {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, SEEN);
  const more = total - shown.length;
  return (
    <tbody>
      <tr class="group"><th scope="rowgroup" colSpan={3}>{head}</th></tr>
      {shown.map((row) => <Data key={row.dataset?.slug ?? row.publisher.slug} row={row} of={of} />)}
      {more > 0 ? <tr><td colSpan={3} class="tiny muted">{shown.length < rows.length ? <button type="button" class="link" onClick={() => setAll(true)}>{t('list.more', { n: more })}</button> : t('beyond.more', { n: more })}</td></tr> : null}
    </tbody>
  );
}

function Data({ row, of }: { row: Row; of: number }): VNode {
  const { dataset, publisher } = row;
  return (
    <tr>
      <th scope="row">
        {dataset ? <a href={href(at({ screen: 'dataset', slug: dataset.slug }))} lang={dataset.titleLang}>{dataset.title}</a> : <a href={href(at({ screen: 'publisher', slug: publisher.slug }))} lang={publisher.nameLang}>{short(publisher)}</a>}
        {dataset ? <span class="tiny muted"><br /><span lang={publisher.nameLang}>{short(publisher)}</span></span> : null}
      </th>
      <td class="num"><b>{number(row.peerCount)}</b> <span class="muted">{t('bars.of', { n: of })}</span></td>
      <td class="tiny">{row.peers.map((peer, index) => <span key={peer.slug}>{index > 0 ? DOT : ''}<a href={href(at({ screen: 'organisation', slug: peer.slug }))} lang={peer.nameLang}>{peer.name}</a></span>)}{row.peerCount > row.peers.length ? <span class="muted">{DOT}{t('beyond.more', { n: row.peerCount - row.peers.length })}</span> : null}</td>
    </tr>
  );
}
