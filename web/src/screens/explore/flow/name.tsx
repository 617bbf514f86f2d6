// The name of a node in a table: short as in the picture, the whole one with it.
import type { VNode } from 'preact';
import { Marked } from '../../../widgets/headline.tsx';
import type { Node } from './graph.ts';
import { namesWithin, nodeName, wholeName } from './words.ts';

export function NodeName({ of, name = nodeName(of) }: { of: Node; name?: string }): VNode {
  const whole = wholeName(of);
  return whole === undefined ? <Marked text={name} names={namesWithin(of)} /> : <abbr title={whole}>{name}</abbr>;
}
