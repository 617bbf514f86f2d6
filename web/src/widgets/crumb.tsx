// Where a page stands.
import type { VNode } from 'preact';
import { t } from '../i18n.ts';

export interface Step {
  text: string;
  href?: string | undefined;
  lang?: string | undefined;
}

export function Crumb({ steps }: { steps: Step[] }): VNode {
  return (
    <nav class="crumb" aria-label={t('crumb.label')}>
      {steps.map((step, index) => (
        <>
          {index > 0 ? <span aria-hidden="true">/</span> : null}
          {step.href ? <a href={step.href} lang={step.lang}>{step.text}</a> : <span aria-current="page" lang={step.lang}>{step.text}</span>}
        </>
      ))}
    </nav>
  );
}
