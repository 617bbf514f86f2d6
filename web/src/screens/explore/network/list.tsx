// The nodes of the network as a list: the same, in the order of how closely they are linked. A row puts
// its node into the middle; while it has the focus the picture shows its neighbours.
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { at, looked, type Address } from '../../../address.ts';
import { DOT, number, t, tn } from '../../../i18n.ts';
import { href } from '../../../navigate.ts';
import { useNarrow } from '../../../widgets/narrow.ts';
import { colourOf, nodeName, shade, shapeOf } from './look.ts';
import type { NetNode, NetworkAnswer } from './net.ts';

/** On a phone the list is short until all of it is asked for. */
const FIRST = 12;

export function NodeList({ here, answer, onFocus }: { here: Address; answer: NetworkAnswer; onFocus: (key: string | undefined) => void }): VNode {
  const colour = colourOf(here);
  const narrow = useNarrow();
  const [all, setAll] = useState(false);
  const rows = useRef<HTMLOListElement>(null);
  // The button goes: its reader goes on with what it brought.
  useEffect(() => {
    if (all) rows.current?.children[FIRST]?.querySelector('a')?.focus();
  }, [all]);
  // The others are there for paper.
  const shown = narrow && !all ? FIRST : answer.nodes.length;
  return (
    <>
      <div class="list-head"><h2>{tn('network.nodes', answer.nodes.length)}</h2><span class="tiny muted">{t('network.links')}</span></div>
      <ol class="orgs nodes" ref={rows}>
        {answer.nodes.map((node, index) => (
          <li key={node.key} class={index < shown ? undefined : 'beyond'} onPointerEnter={() => onFocus(node.key)} onPointerLeave={() => onFocus(undefined)} onFocusIn={() => onFocus(node.key)} onFocusOut={() => onFocus(undefined)}>
            <a href={href(looked(here, { node: node.key }))} data-keep aria-current={node.depth === 0 ? 'true' : undefined}>
              <i class={`dot2 ${shapeOf(node.kind)} ${shade(node, colour)}`} aria-hidden="true" />
              <span class="nm" lang={node.labelLang}>{nodeName(node)}</span>
              <span class="ct">{number(node.size)}</span>
              <span class="meta">{t(`search.${node.kind}`)}{DOT}{node.depth === 0 ? t('network.middle') : tn('network.steps', node.depth)}</span>
            </a>
            <a class="small profile" href={profile(node)} aria-label={t('network.profileOf', { name: nodeName(node) })}>{t('network.profile')}</a>
          </li>
        ))}
      </ol>
      {shown < answer.nodes.length ? <div class="list-foot small"><button type="button" class="link" onClick={() => setAll(true)}>{tn('rail.showAll', answer.nodes.length)}</button></div> : null}
    </>
  );
}

function profile(node: NetNode): string {
  if (node.kind === 'DATASET') return href(at({ screen: 'dataset', slug: node.slug }));
  return href(at(node.kind === 'PUBLISHER' ? { screen: 'publisher', slug: node.slug } : { screen: 'organisation', slug: node.slug }));
}
