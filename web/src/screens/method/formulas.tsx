// The formulas in words, with the numbers that they assume as the server has them.
import type { VNode } from 'preact';
import { number, t, type Key } from '../../i18n.ts';
import type { MethodData } from '../../queries/generated/method.ts';

const NAMES = ['coverage', 'users', 'weight', 'peers', 'concentration', 'risk', 'goals', 'disclosure'] as const;

export function Formulas({ of }: { of: MethodData['meta'] }): VNode {
  const numbers = Object.fromEntries(of.assumptions.map((one) => [one.key, number(one.value)]));
  return (
    <section class="sec" aria-labelledby="formulas">
      <header><h2 id="formulas">{t('formulas.title')}</h2><p>{t('formulas.note', { version: of.methodVersion })}</p></header>
      <dl class="rows defs">
        {NAMES.map((name) => (
          <div key={name}>
            <dt>{t(`formulaName.${name}` as Key)}</dt>
            <dd>{t(`formula.${name}` as Key, numbers)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
