// Marks: the small shapes that say how sure a figure is, and what is not known.
import type { VNode } from 'preact';
import type { Grade as GradeLetter, Missing } from '../queries/generated/schema.ts';
import { t } from '../i18n.ts';
import { family } from '../families.ts';

export const GRADES: GradeLetter[] = ['A', 'B', 'C', 'D', 'E'];

const SHAPE: Record<GradeLetter, VNode> = {
  A: <circle cx="8" cy="8" r="6.2" fill="currentColor" />,
  B: <path d="M8 8V2A6 6 0 1 1 2 8Z" fill="currentColor" />,
  C: <path d="M8 8V2A6 6 0 0 1 8 14Z" fill="currentColor" />,
  D: <path d="M8 8V2A6 6 0 0 1 14 8Z" fill="currentColor" />,
  E: <path d="M3.8 12.2 12.2 3.8" stroke="currentColor" stroke-width="1.6" />,
};

/** An evidence grade: shape and letter, and its word where there is room. */
export function Grade({ of, word }: { of: GradeLetter; word?: boolean }): VNode {
  return (
    <span class="grade">
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.4" />
        {SHAPE[of]}
      </svg>
      <b>{of}</b>
      {word ? ` ${t(`grade.${of}`)}` : <span class="vh">{t(`grade.${of}`)}</span>}
    </span>
  );
}

/** Not knowing has a shape: each of its reasons another. */
export function Miss({ code }: { code: Missing }): VNode {
  const text = t(`missing.${code}`);
  if (code === 'NOT_ASKED') return <span class="miss asked">{text}</span>;
  if (code === 'NOT_APPLICABLE') return <span class="miss apply">{text}</span>;
  if (code === 'SUPPRESSED') return <span class="miss held">{text}</span>;
  return <span class="miss unknown"><span>{text}</span></span>;
}

/** What a rule concluded and nobody said. */
export function Inferred(): VNode {
  return <span class="inferred"><span>{t('mark.inferred')}</span></span>;
}

export function Dot({ of }: { of: string | null | undefined }): VNode {
  return <span class={`dot ${family(of)}`} aria-hidden="true" />;
}

export function Square({ of }: { of: string | null | undefined }): VNode {
  return <span class={`sq ${family(of)}`} aria-hidden="true" />;
}

/** A goal: the official colour only here, as a numbered chip beside its name. */
export function Goal({ number, name }: { number: string; name?: string }): VNode {
  return <span class="sdg"><i class={`g${number}`}>{number}</i>{name ? <span>{name}</span> : null}</span>;
}

/** A recorded name keeps its own language. */
export function Named({ text, lang, class: name }: { text: string; lang: string; class?: string }): VNode {
  return <span lang={lang} class={name}>{text}</span>;
}
