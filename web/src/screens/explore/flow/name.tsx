// The name of a node in a table: short as in the picture, the whole one with it.
import type { VNode } from 'preact';
import type { Node } from './graph.ts';
import { nodeName, wholeName } from './words.ts';

export function NodeName({ of, name = nodeName(of) }: { of: Node; name?: string }): VNode {
  const whole = wholeName(of);
  return whole === undefined ? <>{name}</> : <abbr title={whole}>{name}</abbr>;
}
