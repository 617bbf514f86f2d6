// The figures of a publisher: sectors of its users, datasets they name, what else they use, who they are.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at, studiesOf, type Filter } from '../../address.ts';
import { t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href, lang } from '../../navigate.ts';
import { PublisherUsers } from '../../queries/generated/publisher.ts';
import { useQuery } from '../../query.ts';
import { ranked } from '../../rank.ts';
import { Bars, type BarRow } from '../../widgets/bars.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { sectorBars } from '../../widgets/sectors.ts';
import { Empty } from '../../widgets/states.tsx';
import type { Context, Profile, Scope } from './publisher.tsx';

export function Who({ of, context, filter }: { of: Profile; context: Context | undefined; filter: Filter }): VNode {
  const whole = new Map((context?.sectors.rows ?? []).map((row) => [row.value, row.count]));
  const rows = sectorBars(
    ranked(of.sectors.rows, lang.value),
    (row) => (row.missing ? undefined : href({ ...at({ screen: 'explore' }), filter: { ...filter, sector: [row.value] } })),
    whole,
  );
  return (
    <section class="sec" aria-labelledby="who">
      <header>
        <h2 id="who">{t('publisher.who')}</h2>
        <p>{t('publisher.whoNote', { name: short(of) })}</p>
      </header>
      <Bars rows={rows} caption={t('publisher.whoCaption', { name: short(of) })} columns={{ label: t('publisher.sector'), value: t('publisher.users'), of: t('publisher.allInSector') }} />
    </section>
  );
}

export function Datasets({ of }: { of: Profile }): VNode {
  const { rows } = of.topDatasets;
  // Those that never say which dataset, as the sentence above counts them: many that name one name the body alone too.
  const { answered, asked } = of.scorecard.datasetCoverage;
  const none = asked - answered;
  const unasked = of.users.totalCount - asked;
  const { datasetsNamed: named, publishedDatasets, usedDatasets } = of.scorecard;
  const others = named - rows.length;
  // The table of figures counts published datasets alone. Where none is known to be published, none is said to be not.
  const unpublished = publishedDatasets > 0 ? named - usedDatasets : 0;
  const more = tn('publisher.otherNames', others);
  const bars: BarRow[] = rows.map((row) => ({
    key: row.dataset.slug,
    label: row.dataset.title,
    text: row.dataset.title,
    lang: row.dataset.titleLang,
    value: row.organisationCount,
    href: href({ ...at({ screen: 'dataset', slug: row.dataset.slug }), filter: studiesOf(address.value) }),
  }));
  if (others > 0) bars.push({ key: ' others', label: more, text: more, value: of.topDatasets.othersOrganisationCount, look: 'pale', apart: true });
  if (none > 0) bars.push({ key: ' none', label: t('claims.noDataset'), text: t('claims.noDataset'), value: none, look: 'hatch', apart: others <= 0 });
  if (unasked > 0) bars.push({ key: ' unasked', label: t('publisher.unasked'), text: t('publisher.unasked'), value: unasked, look: 'nobar', apart: others <= 0 && none <= 0 });
  return (
    <section class="sec" aria-labelledby="datasets">
      <header>
        <h2 id="datasets">{t('publisher.datasets')}</h2>
        <p>{t('publisher.datasetsNote')}</p>
      </header>
      <Bars kind="wide" rows={bars} caption={t('publisher.datasets')} columns={{ label: t('claims.dataset'), value: t('publisher.users') }} />
      <p class="after">{t('publisher.noSum')}{unpublished > 0 ? ` ${t('publisher.notPublished', { n: unpublished, named })}` : ''}</p>
    </section>
  );
}

export function AlsoUsed({ of }: { of: Profile }): VNode | null {
  if (of.alsoUsed.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="also">
      <header>
        <h2 id="also">{t('publisher.also')}</h2>
        <p>{tn('publisher.alsoNote', of.users.totalCount, { name: short(of) })}</p>
      </header>
      <Bars
        kind="thin"
        max={of.users.totalCount}
        rows={of.alsoUsed.map((one) => ({
          key: one.publisher.slug,
          label: short(one.publisher),
          text: short(one.publisher),
          lang: one.publisher.nameLang,
          value: one.sharedUsers,
          of: of.users.totalCount,
          href: href({ ...at({ screen: 'publisher', slug: one.publisher.slug }), filter: studiesOf(address.value) }),
        }))}
        caption={t('publisher.also')}
        columns={{ label: t('claims.publisher'), value: t('publisher.users'), of: t('publisher.alsoOf') }}
      />
    </section>
  );
}

/** Enough to print them all in most cases; fewer are seen at first. */
const PAGE = 100;
const SEEN = 12;

export function Users({ of, scope, filter }: { of: Profile; scope: Scope; filter: Filter }): VNode {
  const [after, setAfter] = useState<string | undefined>(undefined);
  const asked = useQuery(PublisherUsers, { slug: of.slug, first: PAGE, ...scope, ...(after ? { after } : {}) });
  return (
    <section class="sec" aria-labelledby="users">
      <header>
        <h2 id="users">{tn('list.organisations', of.users.totalCount)}</h2>
        <p><a href={href({ ...at({ screen: 'explore' }), filter })}>{t('publisher.openMap')}</a></p>
      </header>
      {of.users.totalCount === 0 ? <Empty title={t('publisher.noUser')}>{t('publisher.noUserHint')}</Empty> : <OrganisationList id={of.slug} asked={asked} page={asked.data?.publisher?.users} onMore={setAfter} seen={SEEN} />}
    </section>
  );
}
