// A headline that holds a recorded name.
import type { ComponentChildren, VNode } from 'preact';
import { parted, type Said } from '../names.ts';
import { glued } from './glue.ts';

/** A span of years stays on one line, and so does a figure with what it counts. */
export function unbroken(text: string): ComponentChildren {
  return glued(text).map((part, at) => (at % 2 ? <span key={at} class="nb">{part}</span> : part));
}

/** Letters of a sentence that fit three lines of the largest type. */
const SHORT = 60;

/** The class of a profile's head: one that is long has a smaller type and a longer line. */
export function sizeOf(text: string): 'long' | undefined {
  return text.length > SHORT ? 'long' : undefined;
}

/** The recorded name keeps its language inside a sentence in another. */
export function Headline({ text, name, lang }: { text: string; name: string; lang?: string | undefined }): VNode {
  return <Marked text={text} names={[{ name, lang }]} />;
}

/** A text with several recorded names, each in its language. */
export function Marked({ text, names = [] }: { text: string; names?: Said[] | undefined }): VNode {
  return <>{parted(text, names).map((part, at) => (typeof part === 'string' ? unbroken(part) : <span key={at} lang={part.lang}>{part.name}</span>))}</>;
}

/** The title of a source in its own language, alone or where a sentence has it. */
export function SourceTitle({ of, text = of.title }: { of: { title: string; titleLang: string | null }; text?: string }): VNode {
  return <Headline text={text} name={of.title} lang={of.titleLang ?? undefined} />;
}
