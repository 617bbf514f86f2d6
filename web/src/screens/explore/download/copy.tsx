// A button that copies a text, and says that it has.
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../../i18n.ts';
import { Icon } from '../../../widgets/icons.tsx';

const COPIED_MS = 2500;

export function CopyButton({ text, label }: { text: () => string; label: string }): VNode {
  const [done, setDone] = useState<boolean | undefined>(undefined);
  useEffect(() => {
    if (done === undefined) return undefined;
    const timer = setTimeout(() => setDone(undefined), COPIED_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = (): void => {
    navigator.clipboard.writeText(text()).then(() => setDone(true)).catch(() => setDone(false));
  };
  const said = done === undefined ? label : done ? t('download.copied') : t('download.notCopied');
  return <button type="button" class="btn" onClick={copy} aria-label={said}><Icon of="link" /><span aria-live="polite">{said}</span></button>;
}
