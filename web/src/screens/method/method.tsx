// How the figures are made: what was answered, how we count, grades, missing values, formulas with their
// version, the printed report beside the record, and the limits of each study.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { useAnchor } from '../../anchor.ts';
import { DOT, t, type Key } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { Method as MethodQuery, type MethodData } from '../../queries/generated/method.ts';
import type { Missing } from '../../queries/generated/schema.ts';
import { useQuery } from '../../query.ts';
import { meta } from '../../record.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { FigureLine } from '../../widgets/figure.tsx';
import { Grade, GRADES, Inferred, Miss } from '../../widgets/marks.tsx';
import { Questions } from '../../widgets/questions.tsx';
import { Await } from '../../widgets/states.tsx';
import { OneStudy, type Scope } from '../../widgets/study.tsx';
import { Formulas } from './formulas.tsx';
import { Printed } from './printed.tsx';
import { Studies } from './studies.tsx';
import '../../styles/page.css';
import '../../styles/study.css';
import '../../styles/method.css';

const MISSING: Missing[] = ['NOT_ASKED', 'NO_ANSWER', 'DONT_KNOW', 'REFUSED', 'NOT_APPLICABLE', 'SUPPRESSED'];
const COVERED = ['publisher', 'dataset', 'sector', 'area', 'size', 'kind', 'model', 'sdg'] as const;
const CONTENTS: [string, Key][] = [
  ['coverage', 'method.coverage'], ['counting', 'method.counting'], ['grades', 'method.grades'], ['missing', 'method.missing'],
  ['formulas', 'formulas.title'], ['printed', 'printed.title'], ['studies', 'method.studies'], ['crosswalks', 'schemes.title'],
];

export default function Method(): VNode {
  useTitle(t('method.headline'));
  return (
    <>
      <Crumb steps={[{ text: t('nav.method') }]} />
      <div class="hero list">
        <h1>{t('method.headline')}</h1>
        <p class="lede">{t('method.lede', { version: meta.value?.methodVersion ?? '–' })}</p>
      </div>
      <div class="method">
        <nav class="toc no-print" aria-label={t('method.contents')}>
          <ol>{CONTENTS.map(([id, key]) => <li key={id}><a href={`#${id}`}>{t(key)}</a></li>)}</ol>
        </nav>
        <div><OneStudy within={{}} part>{(scope, choice) => <Scoped scope={scope} choice={choice} />}</OneStudy></div>
      </div>
    </>
  );
}

function Scoped({ scope, choice }: { scope: Scope; choice: VNode | null }): VNode {
  const asked = useQuery(MethodQuery, { filter: scope });
  return <Await asked={asked} rows={12}>{(data) => <Body data={data} choice={choice} />}</Await>;
}

function Body({ data, choice }: { data: MethodData; choice: VNode | null }): VNode {
  useAnchor();
  return (
    <>
      <section class="sec" aria-labelledby="coverage">
        <header><h2 id="coverage">{t('method.coverage')}</h2><p>{t('method.coverageNote')}</p></header>
        {choice}
        <Questions rows={COVERED.map((key) => data[key].coverage)} caption={t('method.coverage')} />
        <p class="after" />
        <FigureLine of={data.sector} title={t('method.coverage')} />
      </section>
      <section class="sec" aria-labelledby="counting">
        <header><h2 id="counting">{t('method.counting')}</h2></header>
        <div class="prose"><p>{t('method.countingText')}</p><p>{t('method.rollupText')}</p><p>{t('method.inferredText')} <Inferred /></p></div>
      </section>
      <section class="sec" aria-labelledby="grades">
        <header><h2 id="grades">{t('method.grades')}</h2><p>{t('method.gradesNote')}</p></header>
        <dl class="rows defs">{GRADES.map((letter) => <div key={letter}><dt><Grade of={letter} word /></dt><dd>{t(`gradeNote.${letter}`)}</dd></div>)}</dl>
      </section>
      <section class="sec" aria-labelledby="missing">
        <header><h2 id="missing">{t('method.missing')}</h2><p>{t('method.missingNote')}</p></header>
        <dl class="rows defs">{MISSING.map((code) => <div key={code}><dt><Miss code={code} /></dt><dd>{t(`missingNote.${code}`)}</dd></div>)}</dl>
      </section>
      <Formulas of={data.meta} />
      <Printed slugs={data.studies.filter((study) => study.printed.length > 0).map((study) => study.slug)} />
      <Studies of={data.studies} />
      <section class="sec" aria-labelledby="crosswalks">
        <header><h2 id="crosswalks">{t('schemes.title')}</h2></header>
        <div class="prose"><p>{t('schemes.lede')}</p></div>
        <p class="after"><a href={href(at({ screen: 'schemes' }))}>{t('schemes.browse')}</a>{DOT}<a href={href(at({ screen: 'about' }))}>{t('nav.about')}</a></p>
      </section>
    </>
  );
}
