// The stage of the map view. The map itself is big and comes in its own file, after the list, which
// has the same organisations, is already there to read.
import type { ComponentType, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n.ts';
import { whyFailed } from '../../widgets/lazy.tsx';
import { Failed } from '../../widgets/states.tsx';
import type { MapProps } from './map/map.tsx';
import { Waiting } from './waiting.tsx';

let Loaded: ComponentType<MapProps> | undefined;

type Props = Pick<MapProps, 'here' | 'facets' | 'isPast' | 'onPart' | 'onMissing'>;

export function MapStage({ here, facets, isPast, onPart, onMissing }: Props): VNode {
  const [state, setState] = useState<'loading' | 'ready' | 'failed' | 'cut off'>(Loaded ? 'ready' : 'loading');
  const [attempt, setAttempt] = useState(0);
  const [waits, setWaits] = useState(true);
  useEffect(() => {
    if (Loaded) return;
    import('./map/map.tsx')
      .then((module) => {
        Loaded = module.default;
        setState('ready');
        return undefined;
      })
      .catch(async () => setState((await whyFailed()) === 'line' ? 'cut off' : 'failed'));
  }, [attempt]);
  const again = useRef(() => {});
  again.current = () => {
    setState(Loaded ? 'ready' : 'loading');
    setAttempt(attempt + 1);
  };
  const isFailed = state === 'failed' || state === 'cut off';
  useEffect(() => {
    if (isFailed) onMissing(true);
  }, [isFailed, here]);
  // As every question that failed for want of a line, the map comes by itself once there is one.
  useEffect(() => {
    if (!isFailed) return undefined;
    const retry = (): void => again.current();
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, [isFailed]);
  return (
    <div class="stage">
      {state === 'ready' && Loaded ? <Loaded here={here} facets={facets} isPast={isPast} onPart={onPart} onMissing={onMissing} onWait={setWaits} onFail={() => setState('failed')} /> : null}
      {!isFailed && (waits || state === 'loading') ? <Waiting /> : null}
      {isFailed ? <div class="stage-note"><Failed what={t('map.failed')} retry={() => again.current()} offline={state === 'cut off'} /></div> : null}
    </div>
  );
}
