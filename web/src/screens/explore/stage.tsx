// The stage of the map view. The map itself is big and comes in its own file, after the list, which
// has the same organisations, is already there to read.
import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Address } from '../../address.ts';
import { t } from '../../i18n.ts';
import { Failed } from '../../widgets/states.tsx';
import type { FacetData } from './facets.ts';
import type { MapProps } from './map/map.tsx';

let Loaded: ComponentType<MapProps> | undefined;

export function MapStage({ here, facets, onPart }: { here: Address; facets: FacetData[]; onPart: MapProps['onPart'] }): VNode {
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>(Loaded ? 'ready' : 'loading');
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (Loaded) return;
    import('./map/map.tsx')
      .then((module) => {
        Loaded = module.default;
        setState('ready');
        return undefined;
      })
      .catch(() => setState('failed'));
  }, [attempt]);
  return (
    <div class="stage">
      {state === 'ready' && Loaded ? <Loaded here={here} facets={facets} onPart={onPart} onFail={() => setState('failed')} /> : null}
      {state === 'failed' ? <div class="stage-note"><Failed what={t('map.failed')} retry={() => { setState(Loaded ? 'ready' : 'loading'); setAttempt(attempt + 1); }} /></div> : null}
    </div>
  );
}
