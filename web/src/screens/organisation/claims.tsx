// What it uses: one row per claim, grouped by the publisher that the claim names.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { date, list, t, tn, tv } from '../../i18n.ts';
import { short } from '../../names.ts';
import { href } from '../../navigate.ts';
import { OrganisationClaims } from '../../queries/generated/organisation.ts';
import { useQuery } from '../../query.ts';
import { SourceTitle } from '../../widgets/headline.tsx';
import { Grade, Inferred } from '../../widgets/marks.tsx';
import { Scroll } from '../../widgets/scroll.tsx';
import { Empty } from '../../widgets/states.tsx';
import { Evidence } from './evidence.tsx';
import type { Profile } from './organisation.tsx';

type Claim = Profile['claims']['nodes'][number];

export function Claims({ of }: { of: Profile }): VNode {
  const [after, setAfter] = useState<string | undefined>(undefined);
  const [proven, setProven] = useState(false);
  const more = useQuery(OrganisationClaims, after ? { slug: of.slug, after } : null);
  const next = after ? more.data?.organisation?.claims : undefined;
  const claims = [...of.claims.nodes, ...(next?.nodes ?? [])];
  const page = (next ?? of.claims).pageInfo;
  // What a later wave says of the same data stands in its place; the former word is listed apart.
  const standing = claims.filter((claim) => !isReplaced(claim));
  const replaced = claims.filter((claim) => isReplaced(claim));
  const bodies = standing.filter((claim) => stated(claim));
  const themes = standing.filter((claim) => !stated(claim));
  // Disputed, indirect or recovered: shown with their mark, and in no figure.
  const uncounted = page.hasNextPage ? 0 : bodies.length - of.publisherClaimCount;
  return (
    <section class="sec" aria-labelledby="uses">
      <header>
        <h2 id="uses">{t('claims.title')}</h2>
        <p>{tn('claims.note', of.publisherClaimCount)} {uncounted > 0 ? tn('claims.uncounted', uncounted) : ''} {bodies.length > 0 ? <button type="button" class="link no-print" aria-pressed={proven} onClick={() => setProven(!proven)}>{proven ? t('claims.hideEvidence') : t('claims.showEvidence')}</button> : null}</p>
      </header>
      {claims.length === 0 ? <Empty title={t('claims.none')}>{t('claims.noneHint')}</Empty> : null}
      {bodies.length > 0 ? <Table claims={bodies} proven={proven} /> : null}
      {themes.length > 0 ? <Themes claims={themes} /> : null}
      {replaced.length > 0 ? (
        <details class="replaced">
          <summary>{tn('claims.replaced', replaced.length)}</summary>
          <Table claims={replaced} proven={proven} />
        </details>
      ) : null}
      {page.hasNextPage && page.endCursor ? (
        <p class="pager"><button type="button" class="btn" onClick={() => setAfter(page.endCursor ?? undefined)}>{t('list.more', { n: of.claims.totalCount - claims.length })}</button></p>
      ) : null}
      {of.source ? <p class="after"><SourceTitle of={of.source} text={t('claims.source', { title: of.source.title })} />{of.source.publishedOn ? `, ${date(of.source.publishedOn)}` : ''}.</p> : null}
    </section>
  );
}

/** Uses that name a type of data, or leave that open too, and nobody who publishes it: said once, not row by row. */
function Themes({ claims }: { claims: Claim[] }): VNode {
  return (
    <div class="themes">
      <h3>{t('claims.themes')}</h3>
      <p class="small">{list([...new Set(claims.map(named))])}</p>
      <p class="tiny muted">{t('claims.themesNote')} {claims[0] ? <Grade of={claims[0].grade} /> : null}</p>
    </div>
  );
}

function Table({ claims, proven }: { claims: Claim[]; proven: boolean }): VNode {
  return (
    <Scroll label={t('claims.table')}>
      <table class="claims uses">
        <thead>
          <tr>
            <th scope="col">{t('claims.publisher')}</th>
            <th scope="col">{t('claims.dataset')}</th>
            <th scope="col">{t('claims.evidence')}</th>
            <th scope="col">{t('claims.confirmed')}</th>
          </tr>
        </thead>
        <tbody>
          {grouped(claims).flatMap(([key, group]) => group.map((claim, index) => (
            <tr key={claim.id} class={index === 0 ? 'go' : undefined}>
              {index === 0 ? <th scope="row"><Body of={claim} /></th> : <td><span class="vh" lang={stated(claim)?.nameLang}>{key}</span></td>}
              <td><Target of={claim} />{proven || claim.status === 'DISPUTED' ? <Evidence of={claim} /> : null}</td>
              <td><Grade of={claim.grade} /></td>
              <td><Confirmed of={claim} /></td>
            </tr>
          )))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Accepted, and no longer the newest of its organisation and data. */
function isReplaced(claim: Claim): boolean {
  return claim.status === 'ACCEPTED' && !claim.countable;
}

/** The body as the source stated it, which is what the claim was made about. */
function stated(claim: Claim): Claim['publisher'] {
  return claim.statedPublisher ?? claim.publisher;
}

/** What a claim that names no body is of. */
function named(claim: Claim): string {
  return claim.theme?.label ?? t('claims.noTheme');
}

function grouped(claims: Claim[]): [string, Claim[]][] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const body = stated(claim);
    const key = body ? short(body) : named(claim);
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups];
}

function Body({ of }: { of: Claim }): VNode {
  const body = stated(of);
  if (!body) return <>{named(of)}</>;
  return <a href={href(at({ screen: 'publisher', slug: body.slug }))} lang={body.nameLang}>{short(body)}</a>;
}

function Target({ of }: { of: Claim }): VNode {
  const body = stated(of);
  // The claim may name a body below the one it is grouped under.
  const unit = of.publisher && body && of.publisher.slug !== body.slug ? of.publisher : undefined;
  return (
    <>
      {of.dataset ? (
        <a href={href(at({ screen: 'dataset', slug: of.dataset.slug }))} lang={of.dataset.titleLang}>{of.dataset.title}</a>
      ) : unit ? (
        <a href={href(at({ screen: 'publisher', slug: unit.slug }))} lang={unit.nameLang}>{unit.name}</a>
      ) : (
        <span class="quiet">{t('claims.noDataset')}</span>
      )}
      {of.dataset && unit ? <span class="tiny muted"><br /><span lang={unit.nameLang}>{unit.name}</span></span> : null}
      {!of.dataset && unit ? <span class="tiny muted"><br />{t('claims.unitOnly')}</span> : null}
      {of.criticality === 'CORE' ? <> <span class="chip">{tv('criticality', of.criticality)}</span></> : null}
      {of.purpose ? <span class="tiny muted"><br /><span lang={of.purpose.lang}>{of.purpose.value}</span></span> : null}
      {of.status === 'DISPUTED' ? <> <span class="chip">{t('claims.disputed')}</span></> : null}
      {of.status === 'UNDER_REVIEW' || of.status === 'PROPOSED' ? <> <span class="chip">{t('claims.review')}</span></> : null}
      {of.origin === 'INFERRED' ? <> <Inferred /></> : null}
      {of.origin === 'RECOVERED' ? <> <span class="chip">{t('claims.recovered')}</span></> : null}
    </>
  );
}

function Confirmed({ of }: { of: Claim }): VNode {
  if (of.publisherAck === 'CONFIRMED') return <b>{t('claims.yes')}</b>;
  if (of.publisherAck === 'NOT_RECOGNISED') return <span>{t('claims.notRecognised')}</span>;
  return <span class="quiet">{of.publisherAck === 'REQUESTED' ? t('claims.requested') : t('claims.notYet')}</span>;
}
