// A part of a screen that comes in its own file, fetched when it is first needed.
import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Failed } from './states.tsx';

/** The component that `load` brings; until then nothing, and where it fails a way to try again, unless `Waiting` says both. */
export function lazy<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>, Waiting?: ComponentType<{ failed: boolean }>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props): VNode | null {
    const [attempt, setAttempt] = useState(0);
    const [failed, setFailed] = useState<'line' | 'file' | undefined>(undefined);
    const [, redraw] = useState(false);
    useEffect(() => {
      if (Loaded) return;
      setFailed(undefined);
      load().then((module) => {
        Loaded = module.default;
        redraw(true);
        return undefined;
      }).catch(() => setFailed(navigator.onLine ? 'file' : 'line'));
    }, [attempt]);
    if (Loaded) return <Loaded {...props} />;
    if (Waiting) return <Waiting failed={failed !== undefined} />;
    return failed ? <div class="stage-note"><Failed what={t('state.failed')} retry={() => setAttempt(attempt + 1)} offline={failed === 'line'} /></div> : null;
  };
}
