// One goal: who says to serve it, kept apart from whom a rule would guess; which of its targets were
// asked; how good the evidence is; and whom to ask next.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { addressOf } from '../../api.ts';
import { t, tn } from '../../i18n.ts';
import { address, href, lang } from '../../navigate.ts';
import { SdgPage, type SdgPageData } from '../../queries/generated/sdg.ts';
import { useQuery, type Asked } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { attribution, FigureLine, goalParts } from '../../widgets/figure.tsx';
import { sizeOf, unbroken } from '../../widgets/headline.tsx';
import { Goal, Inferred, Miss } from '../../widgets/marks.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { Await, Empty } from '../../widgets/states.tsx';
import { Stats } from '../../widgets/stats.tsx';
import { OneStudy, type Scope } from '../../widgets/study.tsx';
import { TakeAway } from '../../widgets/takeaway.tsx';
import { NotFound } from '../missing/missing.tsx';
import { Candidates, MOST, Unused } from './next.tsx';
import { Ladder, Levels, Targets } from './targets.tsx';
import '../../styles/page.css';
import '../../styles/study.css';

export type Profile = NonNullable<SdgPageData['sdg']>;
/** Enough to print them all in most cases; fewer are seen at first. */
const PAGE = 100;
const SEEN = 12;

export default function Sdg(): VNode {
  const { place } = address.value;
  const number = Number(place.screen === 'sdg' ? place.code : Number.NaN);
  const valid = Number.isInteger(number) && number >= 1 && number <= 17;
  if (!valid) return <NotFound />;
  // Whoever does not declare the goal is part of its figures, so any study has something to say.
  return <OneStudy within={{}}>{(scope, choice) => <Scoped key={scope.chapter?.[0]} number={number} scope={scope} choice={choice} />}</OneStudy>;
}

function Scoped({ number, scope, choice }: { number: number; scope: Scope; choice: VNode | null }): VNode {
  const [after, setAfter] = useState<string | undefined>(undefined);
  const [ask, setAsk] = useState<number | undefined>(undefined);
  const asked = useQuery(SdgPage, { number, filter: scope, first: PAGE, ...(after ? { after } : {}), ...(ask ? { ask } : {}) });
  return <Await asked={asked} rows={9} whole>{(data) => (data.sdg ? <Page of={data.sdg} asked={asked} scope={scope} choice={choice} onMore={setAfter} onAll={() => setAsk(MOST)} /> : <NotFound />)}</Await>;
}

interface Props {
  of: Profile;
  asked: Asked<SdgPageData>;
  scope: Scope;
  choice: VNode | null;
  onMore: (after: string) => void;
  onAll: () => void;
}

function Page({ of, asked, scope, choice, onMore, onAll }: Props): VNode {
  const number = String(of.number);
  // A rule may reach a goal that no question names.
  const direct = of.askedDirectly;
  const inferable = of.inferredCoverage.asked > 0;
  // That nobody declares what nobody was asked is no finding.
  const unasked = !direct && of.declaredCount === 0;
  const none = unasked ? 'sdg.headlineNotAsked' : 'sdg.headlineNone';
  const headline = of.declaredCount === 0 ? t(none, { goal: of.code.label }) : tn('sdg.headline', of.declaredCount, { goal: of.code.label });
  useTitle(headline);
  const how = !of.asked ? 'sdg.notAsked' : direct ? 'sdg.asked' : 'sdg.askedByRule';
  return (
    <>
      <Crumb steps={[{ text: t('crumb.organisations'), href: href(at({ screen: 'explore' })) }, { text: t('sdg.goal', { number }) }]} />
      <div class="hero">
        <p class="kicker"><Goal number={number} name={t('sdg.goal', { number })} /></p>
        <h1 class={sizeOf(headline)}>{unbroken(headline)}</h1>
        <p class="lede">{how === 'sdg.askedByRule' && of.inferredCount > 0 ? '' : t(how)} {of.inferredCount > 0 ? tn('sdg.inferred', of.inferredCount) : ''} {of.recoveredCount > 0 ? tn('sdg.recovered', of.recoveredCount) : ''}</p>
        {choice}
        <FigureLine of={of} title={headline} parts={goalParts(of)} />
      </div>
      <Stats
        items={[
          unasked ? { label: t('sdg.declared'), value: undefined, mark: <span class="grade"><Miss code="NOT_ASKED" /></span> } : { label: t('sdg.declared'), value: of.declaredCount },
          inferable || of.inferredCount > 0 ? { label: t('sdg.byRule'), value: of.inferredCount, note: of.inferredCount > 0 ? <Inferred /> : undefined } : { label: t('sdg.byRule'), value: undefined, mark: <span class="grade"><Miss code="NOT_ASKED" /></span> },
          { label: t('sdg.question'), value: undefined, mark: direct ? <span class="word cap">{t('sdg.yes')}</span> : <span class="grade"><Miss code="NOT_ASKED" /></span> },
          { label: t('sdg.targetsAsked'), value: of.targets.filter((one) => one.asked).length, note: t('bars.of', { n: of.targets.length }) },
        ]}
      />
      <div class="split">
        <div>
          <Levels of={of} unasked={unasked} inferable={inferable || of.inferredCount > 0} />
          <Targets of={of} />
          <Candidates of={of} onAll={onAll} />
          <section class="sec" aria-labelledby="list">
            <header><h2 id="list">{t('sdg.declarers')}</h2></header>
            {of.organisations.totalCount === 0 ? <Empty title={t(unasked ? 'sdg.noneAsked' : 'sdg.none')}>{t('sdg.noneHint')}</Empty> : <OrganisationList id={number} asked={asked} page={asked.data?.sdg?.organisations} onMore={onMore} seen={SEEN} />}
          </section>
        </div>
        <div class="side">
          <Ladder />
          <Unused of={of} />
          <TakeAway
            id={of.code.id}
            of={{ title: headline, date: of.asOf, method: of.methodVersion, revision: of.revision, attribution: attribution([...new Set(of.waves.map((wave) => wave.study.chapter))]) }}
            files={of.declaredCount > 0 ? [{ label: tn('list.organisations', of.declaredCount), what: 'organisations', filter: { ...scope, sdg: [number] }, map: true }] : []}
            facts={addressOf(SdgPage, { number: of.number, filter: scope, first: PAGE }, lang.value)}
          />
        </div>
      </div>
    </>
  );
}
