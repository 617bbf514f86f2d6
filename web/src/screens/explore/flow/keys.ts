// The nodes of a picture as buttons under one tab stop: arrows move, Enter filters, Escape takes back. The node in
// focus, or under the pointer, shows its neighbourhood.
import { useRef, useState } from 'preact/hooks';
import { t, tn } from '../../../i18n.ts';
import { neighbour, type Graph, type Node, type Step } from './graph.ts';
import { nodeName } from './words.ts';

const STEPS: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

interface Keys {
  /** Where an arrow leads that points somewhere on the screen; in bands as it says. */
  step?: (pointed: Step, from: Node) => Step;
  onPress: (node: Node) => void;
  onBack: () => void;
  canPress?: (node: Node) => boolean;
}

/** The node in focus, and what makes the mark of a node its button. */
export function useNodes(graph: Graph, { step = (pointed) => pointed, onPress, onBack, canPress }: Keys) {
  const [focus, setFocus] = useState<string | undefined>(undefined);
  const [stop, setStop] = useState<string | undefined>(undefined);
  const marks = useRef(new Map<string, SVGGElement>());
  const nodes = graph.columns.flat();
  const tab = nodes.some((one) => one.key === stop) ? stop : nodes[0]?.key;

  const onKeyDown = (event: KeyboardEvent, node: Node): void => {
    const pointed = STEPS[event.key];
    if (pointed) {
      event.preventDefault();
      const next = neighbour(graph, node, step(pointed, node));
      if (next) marks.current.get(next.key)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onPress(node);
    } else if (event.key === 'Escape') {
      setFocus(undefined);
      onBack();
    }
  };
  const button = (node: Node) => ({
    ref: (element: SVGGElement | null) => {
      if (element) marks.current.set(node.key, element);
      else marks.current.delete(node.key);
    },
    role: 'button' as const,
    tabindex: node.key === tab ? 0 : -1,
    'aria-label': t('flow.node', { name: nodeName(node), count: tn('list.organisations', node.organisationCount) }),
    'aria-disabled': canPress?.(node) === false ? ('true' as const) : undefined,
    onFocus: () => { setFocus(node.key); setStop(node.key); },
    onBlur: () => setFocus(undefined),
    onPointerEnter: () => setFocus(node.key),
    onPointerLeave: () => setFocus(undefined),
    onClick: () => onPress(node),
    onKeyDown: (event: KeyboardEvent) => onKeyDown(event, node),
  });
  return { focus, button };
}
