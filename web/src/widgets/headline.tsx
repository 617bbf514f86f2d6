// A headline that holds a recorded name.
import type { VNode } from 'preact';

/** A span of years stays on one line. */
export function whole(text: string): string {
  return text.replace(/(\d)–(\d)/g, '$1\u2060–\u2060$2');
}

/** Letters of a sentence that fit three lines of the largest type. */
const SHORT = 60;

/** The class of a profile's head: one that is long has a smaller type and a longer line. */
export function sizeOf(text: string): 'long' | undefined {
  return text.length > SHORT ? 'long' : undefined;
}

/** The recorded name keeps its language inside a sentence in another. */
export function Headline({ text, name, lang }: { text: string; name: string; lang?: string | undefined }): VNode {
  const [before, ...after] = text.split(name);
  if (before === undefined || after.length === 0) return <>{whole(text)}</>;
  return <>{whole(before)}<span lang={lang}>{whole(name)}</span>{whole(after.join(name))}</>;
}

/** The title of a source in its own language, alone or where a sentence has it. */
export function SourceTitle({ of, text = of.title }: { of: { title: string; titleLang: string | null }; text?: string }): VNode {
  return <Headline text={text} name={of.title} lang={of.titleLang ?? undefined} />;
}
