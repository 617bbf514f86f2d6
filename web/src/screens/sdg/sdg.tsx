// One goal: who says to serve it, kept apart from whom a rule would guess.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { t, tn } from '../../i18n.ts';
import { address, href } from '../../navigate.ts';
import { SdgPage, type SdgPageData } from '../../queries/generated/sdg.ts';
import { useQuery, type Asked } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Crumb } from '../../widgets/crumb.tsx';
import { FigureLine } from '../../widgets/figure.tsx';
import { Goal, Inferred, Miss } from '../../widgets/marks.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { Await, Empty } from '../../widgets/states.tsx';
import { Stats } from '../../widgets/stats.tsx';
import { NotFound } from '../missing/missing.tsx';
import '../../styles/page.css';

type Profile = NonNullable<SdgPageData['sdg']>;
const PAGE = 20;

export default function Sdg(): VNode {
  const { place } = address.value;
  const number = Number(place.screen === 'sdg' ? place.code : Number.NaN);
  const valid = Number.isInteger(number) && number >= 1 && number <= 17;
  const [after, setAfter] = useState<string | undefined>(undefined);
  const asked = useQuery(SdgPage, valid ? { number, first: PAGE, ...(after ? { after } : {}) } : null);
  if (!valid) return <NotFound />;
  return <Await asked={asked} rows={9}>{(data) => (data.sdg ? <Page of={data.sdg} asked={asked} onMore={setAfter} /> : <NotFound />)}</Await>;
}

function Page({ of, asked, onMore }: { of: Profile; asked: Asked<SdgPageData>; onMore: (after: string) => void }): VNode {
  const headline = tn('sdg.headline', of.declaredCount, { goal: of.code.label });
  useTitle(headline);
  return (
    <>
      <Crumb steps={[{ text: t('crumb.organisations'), href: href(at({ screen: 'explore' })) }, { text: t('sdg.goal', { number: String(of.number) }) }]} />
      <div class="hero">
        <p class="kicker"><Goal number={String(of.number)} name={t('sdg.goal', { number: String(of.number) })} /></p>
        <h1>{headline}</h1>
        <p class="lede">{of.asked ? t('sdg.asked') : t('sdg.notAsked')} {of.inferredCount > 0 ? tn('sdg.inferred', of.inferredCount) : ''}</p>
      </div>
      <Stats
        items={[
          { label: t('sdg.declared'), value: of.declaredCount },
          { label: t('sdg.byRule'), value: of.inferredCount, note: of.inferredCount > 0 ? <Inferred /> : undefined },
          { label: t('sdg.question'), value: undefined, mark: of.asked ? t('sdg.yes') : <Miss code="NOT_ASKED" /> },
        ]}
      />
      <section class="sec narrow" aria-labelledby="levels">
        <header><h2 id="levels">{t('sdg.levels')}</h2><p>{t('sdg.levelsNote')}</p></header>
        <Bars
          rows={of.levels.map((one) => ({ key: String(one.level), label: t(`level.${one.level as 0}`), text: t(`level.${one.level as 0}`), value: one.count, ...(one.level === 0 ? { look: 'hatch' as const } : {}) }))}
          caption={t('sdg.levels')}
          columns={{ label: t('sdg.level'), value: t('list.count') }}
        />
      </section>
      <section class="sec narrow" aria-labelledby="list">
        <header><h2 id="list">{tn('list.organisations', of.organisations.totalCount)}</h2></header>
        {of.organisations.totalCount === 0 ? <Empty title={t('sdg.none')}>{t('sdg.noneHint')}</Empty> : <OrganisationList id={String(of.number)} asked={asked} page={asked.data?.sdg?.organisations} onMore={onMore} />}
      </section>
      <div class="plain-end"><FigureLine of={of.organisations} title={headline} /></div>
    </>
  );
}
