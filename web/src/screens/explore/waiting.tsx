// What stands over a picture while its answer is on its way: it says so above what was there before.
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { SLOW_MS } from '../../query.ts';
import { Skeleton } from '../../widgets/states.tsx';

/** Says that it is loading, once the wait is long. */
export function Waiting(): VNode | null {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLong ? <div class="waits no-print"><Skeleton rows={0} /></div> : null;
}
