// How the figures are made: coverage, grades, missing values, roll-ups, sources.
import type { VNode } from 'preact';
import { date, list, number, percent, t, tv } from '../../i18n.ts';
import { Method as MethodQuery, type MethodData } from '../../queries/generated/method.ts';
import type { Missing } from '../../queries/generated/schema.ts';
import { useQuery } from '../../query.ts';
import { meta } from '../../record.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { FigureLine } from '../../widgets/figure.tsx';
import { Grade, GRADES, Inferred, Miss } from '../../widgets/marks.tsx';
import { Await } from '../../widgets/states.tsx';
import '../../styles/page.css';

const MISSING: Missing[] = ['NOT_ASKED', 'NO_ANSWER', 'DONT_KNOW', 'REFUSED', 'NOT_APPLICABLE', 'SUPPRESSED'];
const COVERED = ['publisher', 'dataset', 'sector', 'area', 'size', 'kind', 'model', 'sdg'] as const;

export default function Method(): VNode {
  const asked = useQuery(MethodQuery, {});
  useTitle(t('method.headline'));
  return (
    <>
      <Crumb steps={[{ text: t('nav.method') }]} />
      <div class="hero list">
        <h1>{t('method.headline')}</h1>
        <p class="lede">{t('method.lede', { version: meta.value?.methodVersion ?? '–' })}</p>
      </div>
      <Await asked={asked}>{(data) => <Coverage data={data} />}</Await>
      <Grades />
      <Missings />
      <section class="sec" aria-labelledby="counting">
        <header><h2 id="counting">{t('method.counting')}</h2></header>
        <div class="prose"><p>{t('method.countingText')}</p><p>{t('method.rollupText')}</p><p>{t('method.inferredText')} <Inferred /></p></div>
      </section>
      <Await asked={asked}>{(data) => <Studies data={data} />}</Await>
    </>
  );
}

function Coverage({ data }: { data: MethodData }): VNode {
  return (
    <section class="sec" aria-labelledby="coverage">
      <header><h2 id="coverage">{t('method.coverage')}</h2><p>{t('method.coverageNote')}</p></header>
      <div class="scroll" role="group" tabIndex={0} aria-label={t('method.coverage')}>
        <table class="tw">
          <caption class="vh">{t('method.coverage')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('method.question')}</th><th scope="col" class="num">{t('method.answered')}</th><th scope="col" class="num">{t('method.askedOf')}</th><th scope="col" class="num">{t('method.share')}</th><th scope="col">{t('method.without')}</th>
            </tr>
          </thead>
          <tbody>
            {COVERED.map((key) => {
              const { answered, asked, missing } = data[key].coverage;
              return (
                <tr key={key}>
                  <th scope="row">{tv('attribute', data[key].coverage.attribute)}</th>
                  <td>{number(answered)}</td>
                  <td>{number(asked)}</td>
                  <td>{asked > 0 ? percent(answered / asked) : '–'}</td>
                  <td class="tx">{missing.filter((one) => one.count > 0).map((one) => <span key={one.code}><Miss code={one.code} /> {number(one.count)} </span>)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="after" />
      <FigureLine of={data.sector} title={t('method.coverage')} />
    </section>
  );
}

function Grades(): VNode {
  return (
    <section class="sec" aria-labelledby="grades">
      <header><h2 id="grades">{t('method.grades')}</h2><p>{t('method.gradesNote')}</p></header>
      <dl class="rows defs narrow">{GRADES.map((letter) => <div key={letter}><dt><Grade of={letter} word /></dt><dd>{t(`gradeNote.${letter}`)}</dd></div>)}</dl>
    </section>
  );
}

function Missings(): VNode {
  return (
    <section class="sec" aria-labelledby="missing">
      <header><h2 id="missing">{t('method.missing')}</h2><p>{t('method.missingNote')}</p></header>
      <dl class="rows defs narrow">{MISSING.map((code) => <div key={code}><dt><Miss code={code} /></dt><dd>{t(`missingNote.${code}`)}</dd></div>)}</dl>
    </section>
  );
}

function Studies({ data }: { data: MethodData }): VNode | null {
  if (data.studies.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="studies">
      <header><h2 id="studies">{t('method.studies')}</h2><p>{t('foot.notRandom')}</p></header>
      {data.studies.map((study) => (
        <dl class="rows defs box" key={study.slug}>
          <div><dt>{t('method.study')}</dt><dd>{study.url ? <a href={study.url} rel="external nofollow noopener">{study.title}</a> : study.title}</dd></div>
          <div><dt>{t('method.licence')}</dt><dd>{study.attribution.text} ({study.attribution.licence})</dd></div>
          {study.waves.map((wave) => (
            <div key={wave.slug}>
              <dt>{wave.title}, {wave.closesOn ? `${date(wave.opensOn)}–${date(wave.closesOn)}` : date(wave.opensOn)}</dt>
              <dd>{list([tv('frame', wave.frame), t('method.organisations', { n: wave.organisationCount })])}{wave.responseRate.unknown > 0 ? <> · {t('unsaid.response')} <Miss code="DONT_KNOW" /></> : ` · ${t('method.response', { answered: wave.responseRate.answered, eligible: wave.responseRate.eligible })}`}</dd>
            </div>
          ))}
        </dl>
      ))}
    </section>
  );
}
