// The figures of a body side by side, each with what it is counted of: the same as on its plain page and its own desk.
// It comes in a file of its own, its texts too, when a publisher is looked at.
import type { ComponentChildren, VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { at, type Place } from '../../address.ts';
import { DOT, loadTexts, number, t, tn, tv } from '../../i18n.ts';
import { href, lang } from '../../navigate.ts';
import { PublisherCard, type PublisherCardData, type PublisherCardVariables } from '../../queries/generated/card.ts';
import { useQuery } from '../../query.ts';
import { FigureLine } from '../../widgets/figure.tsx';
import { Await } from '../../widgets/states.tsx';

type Figures = NonNullable<PublisherCardData['publisher']>['scorecard'];
type Row = [label: string, value: string];
/** Names in a list. */
const SHOWN = 8;
/** Goals that are called by their names. */
const NAMED = 6;

export default function Card({ slug, filter }: { slug: string; filter: PublisherCardVariables['filter'] }): VNode | null {
  const asked = useQuery(PublisherCard, { slug, ...(filter ? { filter } : {}) });
  useEffect(() => void loadTexts(lang.value, 'card'), [lang.value]);
  if (t('card.title') === 'card.title') return null;
  return (
    <section class="sec" aria-labelledby="card">
      <header><h2 id="card">{t('card.title')}</h2></header>
      <Await asked={asked} rows={8}>{(data) => (data.publisher ? <Drawn of={data.publisher.scorecard} goals={new Map(data.scheme?.codes.map((one) => [one.code, one.label]))} /> : <></>)}</Await>
    </section>
  );
}

function Drawn({ of, goals }: { of: Figures; goals: Map<string, string> }): VNode {
  return (
    <>
      <table class="tw" aria-labelledby="card">
        <thead><tr><th scope="col">{t('card.figure')}</th><th scope="col" class="num">{t('card.value')}</th></tr></thead>
        <tbody>{rows(of, goals).map(([label, value]) => <tr key={label}><th scope="row">{label}</th><td>{value}</td></tr>)}</tbody>
      </table>
      <FigureLine of={of} title={t('card.title')} />
      <div class="pair three">
        <Names title={t('card.late')} rows={of.lateDatasets.map((one) => ({ slug: one.slug, text: one.title, language: one.titleLang, note: lateLine(one.risk) }))} screen="dataset" />
        <Names title={tn('card.topUsers', of.users)} whole={of.users} rows={of.topUsers.map(({ organisation: one }) => ({ slug: one.slug, text: one.name, language: one.nameLang }))} screen="organisation" />
        <Names title={tn('card.notConfirmed', of.notConfirmedCount)} whole={of.notConfirmedCount} rows={of.notConfirmed.map((one) => ({ slug: one.slug, text: one.name, language: one.nameLang }))} screen="organisation" />
      </div>
    </>
  );
}

/** Every figure with its words. Where there is nothing to count of, that is said instead of "0 of 0". */
function rows(of: Figures, goals: Map<string, string>): Row[] {
  const part = (n: number, whole: number, none: string): string => (whole === 0 ? none : t('card.nOf', { n: String(n), of: String(whole) }));
  const ofUsers = (n: number): string => (of.users === 0 ? t('card.noUser') : tn('card.ofUsers', of.users, { k: number(n) }));
  // A zero stands only where somebody was asked and has answered.
  const known = ({ answered, asked }: { answered: number; asked: number }, value: string): string =>
    of.users === 0 ? t('card.noUser') : answered > 0 ? value : asked === 0 ? tv('missing', 'NOT_ASKED') : t('card.noneSaid');
  // Whoever was asked for datasets and names none has answered with the body alone; who was not asked has said nothing.
  const { asked } = of.datasetCoverage;
  const naming = of.users === 0 ? t('card.noUser') : asked > 0 ? t('card.ofAsked', { n: String(of.usersNamingDataset), of: String(asked) }) : tv('missing', 'NOT_ASKED');
  const said = of.criticalityCoverage;
  const few = (n: number, mean: string | undefined, none: string): string => mean ?? (n === 0 ? none : t('card.tooFew', { n: String(n) }));
  const { punctuality: kept, rating } = of;
  return [
    [t('card.users'), of.users === 0 ? t('card.noUser') : number(of.users)],
    [t('card.gradeA'), ofUsers(of.acknowledged)],
    [t('card.confirmed'), ofUsers(of.confirmed)],
    [t('card.naming'), naming],
    [t('card.sectors'), known(of.sectorCoverage, number(of.sectors))],
    [t('card.published'), part(of.usedDatasets, of.publishedDatasets, t('card.noDataset'))],
    [t('card.outside'), part(of.usersOutsideCapital, of.usersWithPlace, t('card.noPlace'))],
    [t('card.core'), known(said, t('card.ofSaid', { n: String(of.coreUsers), of: String(said.answered) }))],
    [t('card.stale'), part(of.staleDatasetsWithUsers, of.usedDatasets, t('card.noneUsed'))],
    [t('card.rating'), few(rating.n, rating.mean === null ? undefined : t('card.mean', { mean: rating.mean.toFixed(2), n: String(rating.n) }), t('card.noRating'))],
    [t('card.requests'), number(of.requestsOpen)],
    [t('card.inTime'), part(kept.answeredInTime, kept.answered + kept.overdue, t('card.noneDue'))],
    [t('card.overdue'), number(kept.overdue)],
    [t('card.days'), few(kept.answered, kept.medianDays === null ? undefined : `${kept.medianDays.toFixed(0)} (n ${kept.answered})`, t('card.noAnswer'))],
    [t('card.goals'), known(of.sdgCoverage, goalsOf(of.sdgs, goals))],
  ];
}

/** Goals by name while there is room for their names; of all there are, none needs to be named. */
function goalsOf(goals: number[], names: Map<string, string>): string {
  if (names.size > 0 && goals.length === names.size) return t('card.allGoals', { n: String(goals.length) });
  if (goals.length > NAMED) return goals.join(', ');
  return goals.map((goal) => `${goal}\u00a0${names.get(String(goal)) ?? ''}`.trim()).join(DOT);
}

/** How late a dataset is, and what depends on it. */
function lateLine({ overdueDays, users, coreUsers, risk }: Figures['lateDatasets'][number]['risk']): string {
  return t('card.lateLine', { late: overdueDays === null ? '–' : tn('card.daysLate', overdueDays), users: number(users), core: number(coreUsers), risk: risk.toFixed(1) });
}

interface Named {
  slug: string;
  text: string;
  language: string;
  note?: string;
}

function Names({ title, rows: all, whole = all.length, screen }: { title: ComponentChildren; whole?: number; rows: Named[]; screen: 'dataset' | 'organisation' }): VNode | null {
  if (all.length === 0) return null;
  const left = whole - Math.min(all.length, SHOWN);
  return (
    <div>
      <h3>{title}</h3>
      <ul class="rows">
        {all.slice(0, SHOWN).map((one) => {
          const place: Place = { screen, slug: one.slug };
          return <li key={one.slug} class={one.note ? 'wide' : undefined}><a href={href(at(place))} lang={one.language}>{one.text}</a>{one.note ? <span class="tiny muted">{one.note}</span> : null}</li>;
        })}
      </ul>
      {left > 0 ? <p class="small muted">{t('beyond.more', { n: number(left) })}</p> : null}
    </div>
  );
}
