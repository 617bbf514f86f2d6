// Up to four figures in a row, ruled above in ink.
import type { ComponentChildren, VNode } from 'preact';
import { number } from '../i18n.ts';

export interface Stat {
  label: string;
  value: number | string | undefined;
  note?: ComponentChildren;
  /** Instead of a figure: a mark with its word. */
  mark?: ComponentChildren;
}

export function Stats({ items }: { items: Stat[] }): VNode {
  return (
    <dl class="stats">
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd>
            {item.mark ?? (typeof item.value === 'number' ? number(item.value) : item.value)}
            {item.note ? <span class="note-of">{item.note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
