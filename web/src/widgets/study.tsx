// Which study speaks on a page whose subject several studies may have. Studies asked at other times and in
// other places, so their totals are not added up: one speaks, and the address says which.
import type { VNode } from 'preact';
import { narrowed } from '../address.ts';
import { number, t } from '../i18n.ts';
import { address, href } from '../navigate.ts';
import { Record as RecordQuery } from '../queries/generated/record.ts';
import { StudiesWithin } from '../queries/generated/studies.ts';
import { useQuery } from '../query.ts';
import { Await } from './states.tsx';

/** What figures and links of a page keep to: the study that speaks, where there is a choice. */
export type Scope = { chapter?: string[] };

export interface Choice {
  code: string;
  title: string;
  count: number;
}

/** The largest first; what is fictional comes last. */
export function inOrder<One extends { code: string }>(studies: One[]): One[] {
  const fictional = (one: One): number => Number(one.code === 'sample');
  return [...studies].sort((a, b) => fictional(a) - fictional(b));
}

/** The study that the address names, else the first. */
export function chosenOf<One extends { code: string }>(studies: One[]): One | undefined {
  const wanted = address.value.filter.chapter?.[0];
  return studies.find((one) => one.code === wanted) ?? studies[0];
}

interface Props {
  within: { sector?: string[]; area?: string[] };
  /** It is not the whole page that waits for the study. */
  part?: boolean;
  children: (scope: Scope, choice: VNode | null) => VNode;
}

/** Draws a page of one study: that which the address names, else the largest that has something `within` it. */
export function OneStudy({ within, part, children }: Props): VNode {
  const record = useQuery(RecordQuery, {});
  const loaded = inOrder((record.data?.meta.chapters ?? []).filter((one) => one.organisationCount > 0));
  const found = useQuery(StudiesWithin, loaded.length > 1 ? { filter: within } : null);
  if (record.data && loaded.length < 2) return children({}, null);
  if (!record.data) return <Await asked={record} rows={9} whole={!part}>{() => null}</Await>;
  // A word that means nothing is of no study: the page says so itself.
  if (found.error?.refused) return children({}, null);
  return (
    <Await asked={found} rows={9} whole={!part}>
      {({ counts }) => {
        const countOf = new Map(counts.rows.map((row) => [row.value, row.count]));
        const studies = loaded.map((one) => ({ code: one.code, title: one.study.title, count: countOf.get(one.code) ?? 0 })).filter((one) => one.count > 0);
        const chosen = chosenOf(studies);
        return chosen ? children({ chapter: [chosen.code] }, <StudySwitch studies={studies} chosen={chosen} />) : children({}, null);
      }}
    </Await>
  );
}

/** Names the study that speaks, and offers the others. */
export function StudySwitch({ studies, chosen }: { studies: Choice[]; chosen: Choice }): VNode {
  const here = address.value;
  if (studies.length < 2) return <p class="small muted">{t('study.speaks', { title: chosen.title })}</p>;
  return (
    <nav class="rollup no-print" aria-label={t('home.studies')}>
      <div class="switch">
        {studies.map((one) => (
          <a key={one.code} href={href(narrowed(here, 'chapter', [one.code]))} data-keep="" aria-current={one.code === chosen.code ? 'true' : undefined}>
            {one.title} <span class="num">{number(one.count)}</span>
          </a>
        ))}
      </div>
      <span class="tiny muted">{t('home.studiesNote')}</span>
    </nav>
  );
}
