// What waits until the map stands still.
import type { Map as GlMap } from 'maplibre-gl';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { asking } from '../../../query.ts';

/**
 * Calls back after each move, once the map has been drawn with what it now shows: the list beside it is laid out anew
 * then, and without a graphics card both in one frame would be felt. `ready`: what the map shows has been answered.
 */
export function useRest(map: GlMap | undefined, ready: boolean, onRest: (map: GlMap) => void): void {
  const [moves, setMoves] = useState(0);
  const call = useRef(onRest);
  call.current = onRest;
  useLayoutEffect(() => {
    if (!map) return undefined;
    const moved = (): void => setMoves((count) => count + 1);
    map.on('moveend', moved);
    return () => {
      map.off('moveend', moved);
    };
  }, [map]);
  useLayoutEffect(() => {
    if (!map || !ready || moves === 0) return undefined;
    let waits = true;
    const end = (): void => {
      if (waits) asking(-1);
      waits = false;
    };
    const still = (): void => {
      // Laid out for paper the map is not in sight: what it frames then says nothing of the list.
      if (!matchMedia('print').matches) call.current(map);
      end();
    };
    asking(1);
    map.once('idle', still);
    // It may stand still already, and would not say so again.
    map.triggerRepaint();
    return () => {
      map.off('idle', still);
      end();
    };
  }, [map, ready, moves]);
}
