// The three doors: each asks its question, offers a field, and answers with five rows of real figures.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { t, tn } from '../../i18n.ts';
import { brief, said, short } from '../../names.ts';
import { href, lang } from '../../navigate.ts';
import type { HomeData } from '../../queries/generated/home.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Combobox } from '../../widgets/combobox.tsx';
import { Marked } from '../../widgets/headline.tsx';
import type { Scope } from '../../widgets/study.tsx';

export function Ministry({ data, scope }: { data: HomeData; scope: Scope }): VNode {
  const { edges, totalCount } = data.publishers;
  const [first] = edges;
  return (
    <section class="door" aria-labelledby="door-ministry">
      <p class="kicker">{t('home.ministry')}</p>
      <h2 id="door-ministry">{t('home.ministryAsks')}</h2>
      <Combobox label={t('home.ministryField')} placeholder={t('home.ministryHint')} types={['PUBLISHER']} />
      <p class="tiny muted of">{t('home.firstOf', { shown: edges.length, n: totalCount })}</p>
      <Bars
        kind="mini"
        max={data.organisations.totalCount}
        rows={edges.map(({ node, userCount }) => ({
          key: node.slug, label: short(node), text: short(node), value: userCount, lang: node.nameLang, href: href({ ...at({ screen: 'publisher', slug: node.slug }), filter: scope }),
        }))}
        caption={t('home.ministryAsks')}
        columns={{ label: t('claims.publisher'), value: t('publisher.users') }}
      />
      {first ? <a class="goto" href={href({ ...at({ screen: 'publisher', slug: first.node.slug }), filter: scope })}><Marked text={t('home.ministryGo', { name: short(first.node) })} names={[said(first.node)]} /></a> : null}
      <a class="goto" href={href(at({ screen: 'requests' }))}>{t('home.requestsGo')}</a>
    </section>
  );
}

export function Researcher({ data, total, scope }: { data: HomeData; total: number; scope: Scope }): VNode {
  // Whoever was not asked is in no denominator, so the outlines differ; beside a bar there is no room for its whole.
  const named = data.datasetNamed.coverage;
  const rows = [
    { label: t('home.namePublisher'), value: data.publisherNamed.coverage.answered, of: data.publisherNamed.coverage.asked },
    { label: named.asked === total ? t('home.nameDataset') : tn('home.nameDatasetOf', named.asked), value: named.answered, of: named.asked },
    { label: t('home.evidence', { grade: 'D' }), value: data.gradeD.totalCount, of: total },
    { label: t('home.evidence', { grade: 'C' }), value: data.gradeC.totalCount, of: total },
    { label: t('home.evidenceAB'), value: data.gradeAB.totalCount, of: total },
  ];
  return (
    <section class="door" aria-labelledby="door-researcher">
      <p class="kicker">{t('home.researcher')}</p>
      <h2 id="door-researcher">{t('home.researcherAsks')}</h2>
      <Combobox label={t('home.researcherField')} placeholder={t('home.researcherHint')} types={['SECTOR', 'AREA', 'SDG']} />
      <p class="tiny muted of">{tn('home.of', total)}</p>
      <Bars kind="mini" max={total} rows={rows.map((row) => ({ key: row.label, label: row.label, text: row.label, value: row.value, of: row.of, bare: true }))} caption={t('home.researcherAsks')} columns={{ label: t('home.known'), value: t('list.count'), of: t('home.whole') }} />
      <a class="goto" href={href({ ...at({ screen: 'explore' }), view: 'table', filter: scope })}>{t('home.researcherGo')}</a>
    </section>
  );
}

export function Entrepreneur({ data, scope }: { data: HomeData; scope: Scope }): VNode {
  const [one] = data.organisations.nodes;
  // In the order of its profile: likeness has more sides than the one that is counted here.
  const peers = one?.peers ?? [];
  return (
    <section class="door" aria-labelledby="door-entrepreneur">
      <p class="kicker">{t('home.entrepreneur')}</p>
      <h2 id="door-entrepreneur">{t('home.entrepreneurAsks')}</h2>
      <Combobox label={t('home.entrepreneurField')} placeholder={t('home.entrepreneurHint')} types={['ORGANISATION']} nothing={<Unlisted scope={scope} />} leading={t('home.unlistedWays')} />
      {one ? (
        <>
          <p class="tiny muted of"><Marked text={t('home.peersOf', { name: brief(one.name) })} names={[{ name: brief(one.name), lang: one.nameLang }]} /></p>
          <Bars
            kind="mini"
            max={Math.max(1, ...peers.map((peer) => peer.organisation.publishersUsed))}
            rows={peers.map((peer) => ({
              key: peer.organisation.slug,
              label: brief(peer.organisation.name),
              text: peer.organisation.name,
              lang: peer.organisation.nameLang,
              value: peer.sharedPublishers.length,
              of: peer.organisation.publishersUsed,
              href: href(at({ screen: 'organisation', slug: peer.organisation.slug })),
            }))}
            caption={t('home.entrepreneurAsks')}
            columns={{ label: t('home.peer'), value: t('home.shared'), of: t('organisation.publishersUsed') }}
          />
          <a class="goto" href={href(at({ screen: 'organisation', slug: one.slug }))}><Marked text={t('home.entrepreneurGo', { name: brief(one.name) })} names={[{ name: brief(one.name), lang: one.nameLang }]} /></a>
        </>
      ) : null}
    </section>
  );
}

/** Whoever is not in the register can be put forward, and finds its like by sector. */
function Unlisted({ scope }: { scope: Scope }): VNode {
  return (
    <ul class="onward">
      <li><a href={`/desk/propose/organisation?lang=${lang.value}`} rel="nofollow" target="_self">{t('home.unlisted')}</a></li>
      <li><a href={href({ ...at({ screen: 'explore' }), view: 'table', sort: 'sector', filter: scope })}>{t('home.unlistedSectors')}</a></li>
    </ul>
  );
}
