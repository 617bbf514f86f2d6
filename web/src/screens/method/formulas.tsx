// The formulas in words, with the numbers that they assume, as the server has them.
import type { VNode } from 'preact';
import { t } from '../../i18n.ts';
import type { MethodData } from '../../queries/generated/method.ts';

export function Formulas({ of }: { of: MethodData['meta'] }): VNode {
  return (
    <section class="sec" aria-labelledby="formulas">
      <header><h2 id="formulas">{t('formulas.title')}</h2><p>{t('formulas.note', { version: of.methodVersion })}</p></header>
      <dl class="rows defs">
        {of.formulas.map((formula) => (
          <div key={formula.key}>
            <dt>{formula.name}</dt>
            <dd>
              {formula.lines.map((line) => <p key={line}><code>{line}</code></p>)}
              {formula.notes.map((note) => <p key={note}>{note}</p>)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
