// The network painted with WebGL. Sigma draws; what is in focus, and its colours, come from here.
import { UndirectedGraph } from 'graphology';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Sigma } from 'sigma';
import type { Settings } from 'sigma/settings';
import { t } from '../../../i18n.ts';
import { theme } from '../../../theme.ts';
import { clip, SMALL } from '../../../widgets/measure.ts';
import { mixed, token } from '../../../widgets/webgl.ts';
import { nodeName, tokenOf, type Colour } from './look.ts';
import type { Net } from './net.ts';

interface Props {
  net: Net;
  colour: Colour;
  focus: string | undefined;
  label: string;
  onPick: (key: string) => void;
  onFocus: (key: string | undefined) => void;
}

function graphOf(net: Net, colour: Colour): UndirectedGraph {
  const graph = new UndirectedGraph();
  const line = mixed(token('--line-strong'), token('--paper'), 0.5);
  for (const { node, x, y, r } of net.spots) {
    graph.addNode(node.key, { x, y: -y, size: r, label: clip(nodeName(node), 170, SMALL), color: token(tokenOf(node, colour)), forceLabel: node.depth === 0 });
  }
  for (const { from, to } of net.links) {
    if (!graph.hasEdge(from.node.key, to.node.key)) graph.addEdge(from.node.key, to.node.key, { size: 0.7, color: line });
  }
  return graph;
}

/** The name under the pointer, on the ground of the theme rather than on white. */
const drawHover: Settings['defaultDrawNodeHover'] = (context, data, settings) => {
  const { x, y, size, label } = data;
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  context.fillStyle = token('--surface');
  context.strokeStyle = token('--line-strong');
  context.lineWidth = 1;
  const width = label ? context.measureText(label).width + 14 : 0;
  context.beginPath();
  context.roundRect(x - size - 4, y - size - 4, size * 2 + 8 + width, Math.max(size * 2 + 8, 22), 6);
  context.fill();
  context.stroke();
  context.fillStyle = data.color;
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
  context.fill();
  if (!label) return;
  context.fillStyle = token('--ink');
  context.fillText(label, x + size + 6, y + 4.5);
};

export function Painted({ net, colour, focus, label, onPick, onFocus }: Props): VNode {
  const box = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma | undefined>(undefined);
  const pointed = useRef<string | undefined>(focus);
  pointed.current = focus;
  const act = useRef({ onPick, onFocus });
  act.current = { onPick, onFocus };
  const dark = theme();

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const quiet = token('--line');
    const strong = token('--ink-2');
    const near = (key: string): boolean => pointed.current === undefined || pointed.current === key || (net.near.get(pointed.current)?.has(key) ?? false);
    const graph = graphOf(net, colour);
    const made = new Sigma(graph, element, {
      allowInvalidContainer: true,
      labelFont: '"Source Sans 3"',
      labelSize: 13,
      labelWeight: '500',
      labelColor: { color: token('--ink') },
      labelDensity: 0.8,
      labelRenderedSizeThreshold: 6,
      stagePadding: 50,
      zoomToSizeRatioFunction: (ratio) => ratio ** 0.6,
      defaultDrawNodeHover: drawHover,
      nodeReducer: (key, data) => (near(key) ? { ...data, zIndex: 1, ...(pointed.current === key ? { forceLabel: true, highlighted: true } : {}) } : { ...data, color: quiet, label: null, zIndex: 0 }),
      edgeReducer: (key, data) => {
        const at = pointed.current;
        if (at === undefined) return data;
        return graph.hasExtremity(key, at) ? { ...data, color: strong, size: 1.5 } : { ...data, hidden: true };
      },
      zIndex: true,
    });
    made.on('clickNode', ({ node }) => act.current.onPick(node));
    made.on('enterNode', ({ node }) => act.current.onFocus(node));
    made.on('leaveNode', () => act.current.onFocus(undefined));
    sigma.current = made;
    return () => {
      sigma.current = undefined;
      made.kill();
    };
  }, [net, colour, dark]);
  useEffect(() => {
    sigma.current?.refresh({ skipIndexation: true });
  }, [focus]);

  const zoom = (by: 'animatedZoom' | 'animatedUnzoom' | 'animatedReset'): void => {
    void sigma.current?.getCamera()[by]({ duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : 240 });
  };
  return (
    <>
      <div class="net-box" ref={box} role="img" aria-label={label} />
      <div class="ctrl zoom">
        <button type="button" class="icon" aria-label={t('map.zoomIn')} onClick={() => zoom('animatedZoom')}>+</button>
        <button type="button" class="icon" aria-label={t('map.zoomOut')} onClick={() => zoom('animatedUnzoom')}>−</button>
      </div>
    </>
  );
}
