// A part of a screen that comes in its own file, fetched when it is first needed.
import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { bytes } from '../api.ts';
import { t } from '../i18n.ts';
import { Failed } from './states.tsx';

/** Whether a file has not come for want of an answer: the server gives none to anything else either. */
export async function whyFailed(): Promise<'line' | 'file'> {
  return bytes('/readyz').then(() => 'file' as const, () => 'line' as const);
}

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
      }).catch(async () => setFailed(await whyFailed()));
    }, [attempt]);
    if (Loaded) return <Loaded {...props} />;
    const retry = (): void => setAttempt(attempt + 1);
    // What stands in its place has nothing to press: it comes with the line (`heal.ts`), or once the reader goes on.
    if (Waiting) return <><Waiting failed={failed !== undefined} />{failed ? <button type="button" hidden data-retry={failed} onClick={retry}>{t('state.retry')}</button> : null}</>;
    return failed ? <div class="stage-note"><Failed what={t('state.failed')} retry={retry} offline={failed === 'line'} /></div> : null;
  };
}
