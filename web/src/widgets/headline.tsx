// A headline that holds a recorded name.
import type { VNode } from 'preact';

/** The recorded name keeps its language inside a sentence in another. */
export function Headline({ text, name, lang }: { text: string; name: string; lang: string }): VNode {
  const [before, ...after] = text.split(name);
  if (after.length === 0) return <>{text}</>;
  return <>{before}<span lang={lang}>{name}</span>{after.join(name)}</>;
}
