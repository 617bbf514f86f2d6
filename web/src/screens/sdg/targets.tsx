// The evidence for a goal by level, and its targets, asked and not asked.
import type { VNode } from 'preact';
import { list, number, t } from '../../i18n.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Miss } from '../../widgets/marks.tsx';
import { Scroll } from '../../widgets/scroll.tsx';
import type { Profile } from './sdg.tsx';

const LEVELS = [5, 4, 3, 2, 1, 0] as const;

export function Levels({ of, unasked, inferable }: { of: Profile; unasked: boolean; inferable: boolean }): VNode {
  const rows = [
    ...(inferable ? [{ key: '0', label: t('level.0'), text: t('level.0'), value: of.inferredCount, look: 'hatch' as const }] : []),
    ...(unasked ? [] : of.levels).map((one) => ({ key: String(one.level), label: t(`level.${one.level as 1}`), text: t(`level.${one.level as 1}`), value: one.count })),
  ];
  return (
    <section class="sec" aria-labelledby="levels">
      <header><h2 id="levels">{t('sdg.levels')}</h2><p>{t('sdg.levelsNote')}</p></header>
      {rows.length === 0 ? null : <Bars rows={rows} caption={t('sdg.levels')} columns={{ label: t('sdg.level'), value: t('list.count') }} />}
      {unasked ? <p class="after">{t('sdg.levelsUnasked')} <Miss code="NOT_ASKED" /></p> : null}
    </section>
  );
}

export function Targets({ of }: { of: Profile }): VNode | null {
  if (of.targets.length === 0) return null;
  // Rules and answers mostly stop at the goal; columns of nothing would look like findings.
  const declared = of.targets.some((one) => one.declaredCount > 0);
  const inferred = of.targets.some((one) => one.inferredCount > 0);
  return (
    <section class="sec" aria-labelledby="targets">
      <header><h2 id="targets">{t('sdg.targets')}</h2><p>{t('sdg.targetsNote')}</p></header>
      {declared || inferred ? <Table of={of} declared={declared} inferred={inferred} /> : <Codes of={of} />}
    </section>
  );
}

/** Where nothing goes further than the goal, which targets could have been found, in a sentence for each answer. */
function Codes({ of }: { of: Profile }): VNode {
  const codes = (asked: boolean): string => list(of.targets.filter((one) => one.asked === asked).map((one) => one.code.code));
  const [could, unasked] = [codes(true), codes(false)];
  return (
    <div class="prose">
      <p>{could ? t('sdg.targetsCould', { targets: could }) : t('sdg.targetsNone')}</p>
      {could && unasked ? <p>{t('sdg.targetsUnasked', { targets: unasked })}</p> : null}
    </div>
  );
}

function Table({ of, declared, inferred }: { of: Profile; declared: boolean; inferred: boolean }): VNode {
  return (
    <Scroll label={t('sdg.targets')}>
      <table class="tw">
        <caption class="vh">{t('sdg.targets')}</caption>
        <thead><tr><th scope="col">{t('sdg.target')}</th><th scope="col">{t('sdg.couldFind')}</th>{declared ? <th scope="col" class="num">{t('sdg.declared')}</th> : null}{inferred ? <th scope="col" class="num">{t('sdg.byRule')}</th> : null}</tr></thead>
        <tbody>
          {of.targets.map((one) => (
            <tr key={one.code.code}>
              <th scope="row">{one.code.label}</th>
              <td class="tx">{one.asked ? t('sdg.yes') : <Miss code="NOT_ASKED" />}</td>
              {declared ? <td class={one.declaredCount === 0 ? 'z' : ''}>{one.asked ? number(one.declaredCount) : ''}</td> : null}
              {inferred ? <td class={one.inferredCount === 0 ? 'z' : ''}>{one.asked ? number(one.inferredCount) : ''}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What each level of evidence asks for, the best at the top. */
export function Ladder(): VNode {
  return (
    <section class="box" aria-labelledby="ladder">
      <h2 id="ladder">{t('ladder.title')}</h2>
      <ol class="ladder">{LEVELS.map((level) => <li key={level}><b>{level}</b><span>{t(`ladder.${level}`)}</span></li>)}</ol>
    </section>
  );
}
