// The network view: organisations, datasets and publishers around one node, to a few steps; beside it
// the list of the same nodes, which is also the way through it by keyboard.
import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { looked, type Address } from '../../../address.ts';
import { stable } from '../../../api.ts';
import { apiFilter } from '../../../filter.ts';
import { t, tn } from '../../../i18n.ts';
import { go } from '../../../navigate.ts';
import { ExploreNetwork, NetworkStart, type NetworkStartData } from '../../../queries/generated/network.ts';
import { useQuery } from '../../../query.ts';
import type { Figure } from '../../../widgets/figure.tsx';
import { Await, Failed } from '../../../widgets/states.tsx';
import { hasWebGl } from '../../../widgets/webgl.ts';
import { offStage, usePicture, type Picture } from '../download/picture.ts';
import { NetworkBar } from './bar.tsx';
import { Drawing } from './drawing.tsx';
import { NodeList } from './list.tsx';
import { centreOf, colourOf, depthOf, nodeName, sizedOf, type Colour } from './look.ts';
import { settle, type Net, type NetworkAnswer } from './net.ts';
import { Painted } from './painted.tsx';
import '../../../styles/network.css';

/** More would be a ball of wool. */
const MOST = 200;

export default function NetworkView({ here, onFigure }: { here: Address; onFigure: (figure: Figure) => void }): VNode {
  const filter = apiFilter(here.filter);
  const named = centreOf(here.look.node);
  const start = useQuery(NetworkStart, named ? null : { filter });
  const centre = named ?? firstOf(start.data);
  const asked = useQuery(ExploreNetwork, centre ? { filter, ...centre, depth: depthOf(here), first: MOST } : null);
  const answer = asked.data?.network;
  useEffect(() => {
    if (answer) onFigure(answer);
  }, [answer]);
  return (
    <>
      <div class="stage net">
        <NetworkBar here={here} centre={answer?.nodes[0]} />
        {answer ? <Stage here={here} answer={answer} /> : null}
        {start.error || asked.error ? <div class="stage-note"><Failed retry={start.error ? start.retry : asked.retry} offline={(start.error ?? asked.error)?.kind === 'offline'} /></div> : null}
        {asked.data && !answer ? <p class="stage-note empty">{t('network.unknown')}</p> : null}
      </div>
      <aside class="list" aria-label={t('network.list')}>
        <Await asked={asked} rows={12}>{() => (answer ? <NodeList here={here} answer={answer} onFocus={focusNode} /> : null)}</Await>
      </aside>
    </>
  );
}

/** The dataset that most of the selection use; where none is named, the publisher. */
function firstOf(data: NetworkStartData | undefined): ReturnType<typeof centreOf> {
  const dataset = data?.topDatasets.rows[0]?.dataset.slug;
  const publisher = data?.publishers.nodes[0]?.slug;
  if (dataset) return { kind: 'DATASET', slug: dataset };
  return publisher ? { kind: 'PUBLISHER', slug: publisher } : undefined;
}

/** The list and the picture point at the same node. */
let point: ((key: string | undefined) => void) | undefined;
function focusNode(key: string | undefined): void {
  point?.(key);
}

function StepKey({ depth }: { depth: number }): VNode {
  return (
    <>
      <li><i class="dot2 step0" />{t('network.middle')}</li>
      {Array.from({ length: depth }, (_, step) => <li key={step}><i class={`dot2 step${step + 1}`} />{tn('network.steps', step + 1)}</li>)}
    </>
  );
}

function pictureOf(net: Net, colour: Colour): Picture {
  return { draw: () => offStage(<Drawing net={net} colour={colour} label="" />, 'svg circle') };
}

function Stage({ here, answer }: { here: Address; answer: NetworkAnswer }): VNode {
  const sized = sizedOf(here);
  const colour = colourOf(here);
  const [net, setNet] = useState<Net | undefined>(undefined);
  const [focus, setFocus] = useState<string | undefined>(undefined);
  useEffect(() => {
    point = setFocus;
    return () => { point = undefined; };
  }, []);
  useEffect(() => {
    let live = true;
    void settle(answer, sized).then((found) => {
      if (live) setNet(found);
      return undefined;
    });
    return () => { live = false; };
  }, [answer, sized]);
  useEffect(() => {
    if (net) document.body.dataset['network'] = 'ready';
    return () => { delete document.body.dataset['network']; };
  }, [net]);
  const label = t('network.label', { name: answer.nodes[0] ? nodeName(answer.nodes[0]) : '', count: answer.nodes.length });
  usePicture(useMemo(() => (net ? pictureOf(net, colour) : undefined), [net, colour]));
  const onPick = (key: string): void => go(looked(here, { node: key }), { keep: true });
  return (
    <>
      {net ? (hasWebGl() ? <Painted {...{ net, colour, focus, label, onPick, onFocus: setFocus }} key={stable(answer.nodes.map((one) => one.key))} /> : <div class="net-box"><Drawing {...{ net, colour, focus, label }} /></div>) : null}
      <div class="ctrl legend">
        <div>
          <ul class="net-key tiny">
            {colour === 'steps' ? <StepKey depth={depthOf(here)} /> : (
              <>
                <li><i class="dot2 body" />{t('search.PUBLISHER')}</li>
                <li><i class="dot2 set" />{t('search.DATASET')}</li>
                <li>{colour === 'family' ? t('network.families') : <><i class="dot2 user" />{t('search.ORGANISATION')}</>}</li>
              </>
            )}
          </ul>
          {answer.beyond > 0 ? <p class="muted">{tn('network.beyond', answer.beyond, { shown: answer.nodes.length })}</p> : <p class="muted">{tn('network.all', answer.nodes.length)}</p>}
        </div>
      </div>
    </>
  );
}
