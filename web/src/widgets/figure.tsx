// The figure line: under what conditions a figure holds, always in the same order, and how to cite it.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { creditLines } from '../credit.ts';
import { date, list, number, t, tn, tv } from '../i18n.ts';
import type { Rollup } from '../queries/generated/schema.ts';
import { meta, useChapters } from '../record.ts';
import { Cite } from './citing.ts';
import { unbroken } from './headline.tsx';

export interface Figure {
  n: number;
  asOf: string;
  /** Whether the record reaches the day; where not, a zero is no finding. */
  isRecorded: boolean;
  rollup: Rollup;
  methodVersion: string;
  revision: number;
  waves: { slug: string; title: string; study: { chapter: string; title: string } }[];
  coverage: { attribute: string; answered: number; asked: number };
}

/** Waves named in full; beyond these they are only counted. */
const NAMED_WAVES = 2;

export function FigureLine({ of, cover, parts, title }: { of: Figure; cover?: string; parts?: string[]; title: string }): VNode {
  const [open, setOpen] = useState(false);
  useChapters(of.waves.map((wave) => wave.study.chapter));
  const all = parts ?? figureParts(of, cover);
  return (
    <div>
      <p class="figline">
        {all.slice(0, -1).map(unbroken).map((part, at) => <span key={at}>{at > 0 ? part : <b>{part}</b>}</span>)}
        <span class="end">
          <span>{all.at(-1)}</span>
          <button type="button" class="link tiny no-print" aria-expanded={open} onClick={() => setOpen(!open)}>{t('figure.cite')}</button>
        </span>
      </p>
      {open ? <Citation of={of} title={title} /> : null}
    </div>
  );
}

/** The conditions of what is asked for: requests are counted, and who supports them; no wave asked for them. */
export function demandParts(of: Figure & { requestCount: number; organisationSupportCount: number; personSupportCount: number }): string[] {
  return [
    tn('requests.n', of.requestCount),
    tn('requests.nSupports', of.organisationSupportCount),
    tn('requests.nPersons', of.personSupportCount),
    t('figure.asOf', { date: date(of.asOf) }),
    t('requests.cover'),
    t('figure.method', { version: of.methodVersion }),
  ];
}

/** The conditions of a figure, in their order. */
export function figureParts(of: Figure, cover?: string): string[] {
  // Studies asked at other times and in other places: of several there is no coverage that holds for all.
  const apart = new Set(of.waves.map((wave) => wave.study.chapter)).size > 1;
  return [
    `n = ${number(of.n)}`,
    waves(of),
    t('figure.asOf', { date: date(of.asOf) }),
    cover ?? (apart ? t('figure.coverageApart') : of.n === 0 && of.coverage.asked === 0 ? t('figure.coverageEmpty') : coverage(of.coverage)),
    tv('rollup', of.rollup),
    t('figure.method', { version: of.methodVersion }),
  ];
}

export function coverage(of: Figure['coverage']): string {
  return of.asked === 0 ? t('figure.coverageNone') : covered('figure.coverage', of);
}

function covered(key: 'figure.coverage' | 'figure.inferredFrom', of: Figure['coverage']): string {
  const what = tv('covered', of.attribute);
  return t(key, { answered: of.answered, asked: of.asked, what: what === of.attribute ? '' : what });
}

/** The place of the coverage among the conditions. */
const COVERAGE = 3;

/** The conditions of a goal's figures: what is declared and what is inferred have each their own coverage. */
export function goalParts(of: Figure & { inferredCoverage: Figure['coverage'] }): string[] {
  const inferred = of.inferredCoverage.asked === 0 ? t('figure.inferredNone') : covered('figure.inferredFrom', of.inferredCoverage);
  return figureParts(of).toSpliced(COVERAGE + 1, 0, inferred);
}

/** The conditions of a list of datasets: the datasets too are counted. */
export function datasetParts(of: Figure & { totalCount: number }): string[] {
  return [tn('datasets.n', of.totalCount), ...figureParts(of)];
}

function waves(of: Figure): string {
  if (of.waves.length === 0) return t('figure.noWave');
  const named = of.waves.slice(0, NAMED_WAVES).map((wave) => wave.title);
  const rest = of.waves.length - named.length;
  const title = list(rest > 0 ? [...named, t('figure.more', { n: rest })] : named);
  // A title may say itself that it is one.
  return named.some((one) => one.toLowerCase().split(' ').includes(t('figure.waveWord'))) ? title : t('figure.wave', { title });
}

/** The figure's reference in three styles. */
export function Citation({ of, title }: { of: Figure; title: string }): VNode {
  return <Cite of={{ title, date: of.asOf, method: of.methodVersion, revision: of.revision, attribution: attribution([...new Set(of.waves.map((wave) => wave.study.chapter))]) }} />;
}

/** Whom the studies of these chapters want named. */
export function attribution(chapters: string[]): string[] {
  return creditLines((meta.value?.chapters ?? []).filter((one) => chapters.includes(one.code)).map(({ study }) => study));
}
