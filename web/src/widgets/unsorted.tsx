// The hatching of what has no sector, for drawings: the same that its square has in keys and lists.
import type { VNode } from 'preact';

/** To be defined once in a drawing. */
export function Unsorted(): VNode {
  return (
    <pattern id="unsorted" width="3.5" height="3.5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
      <rect class="unsorted-ground" width="3.5" height="3.5" />
      <rect class="unsorted-line" width="1.5" height="3.5" />
    </pattern>
  );
}
