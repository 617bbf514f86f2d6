// A button that copies, and says so where it stands and to those who listen.
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n.ts';

/** Long enough to be read, short enough to be pressed again. */
const SAID_MS = 4000;

export function CopyButton({ text, children, class: look = 'btn' }: { text: () => string; children: ComponentChildren; class?: string }): VNode {
  const [said, setSaid] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (): void => {
    // Without a secure origin a page may not write to the clipboard.
    const written = navigator.clipboard ? navigator.clipboard.writeText(text()) : Promise.reject(new Error('no clipboard'));
    written.then(() => setSaid(t('copy.done'))).catch(() => setSaid(t('copy.failed')));
  };
  return (
    <>
      <button type="button" class={`${look} no-print`} onClick={copy}>{children}</button>
      <span role="status" class="tiny muted copied">{said ?? ''}</span>
    </>
  );
}
