// The network view: organisations, datasets and publishers around one node, to a few steps; beside it
// the list of the same nodes, which is also the way through it by keyboard.
import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { looked, type Address } from '../../../address.ts';
import { apiFilter } from '../../../filter.ts';
import { t, tn } from '../../../i18n.ts';
import { go } from '../../../navigate.ts';
import { ExploreNetwork, NetworkStart, type NetworkStartData } from '../../../queries/generated/network.ts';
import { fresh, useQuery } from '../../../query.ts';
import { Await, Failed } from '../../../widgets/states.tsx';
import type { OnDrawn, OnMissing } from '../explore.tsx';
import { useNetworkFiles } from '../download/made.ts';
import { offStage, usePicture, type Picture } from '../download/picture.ts';
import { Waiting } from '../waiting.tsx';
import { WHOLE, type Seen } from '../moving.ts';
import { NetworkBar } from './bar.tsx';
import { Canvas, ZoomButtons } from './canvas.tsx';
import { NodeList } from './list.tsx';
import { centreOf, colourOf, depthOf, nodeName, sizedOf, type Colour } from './look.ts';
import { settle, type Net, type NetworkAnswer, type Sized } from './net.ts';
import { middleNames, networkHeadline, Reach } from './reach.tsx';
import { Saved } from './saved.tsx';
import '../../../styles/network.css';

/** More would be a ball of wool. */
const MOST = 200;

export default function NetworkView({ here, filters, onDrawn, onMissing }: { here: Address; filters: string; onDrawn: OnDrawn; onMissing: OnMissing }): VNode {
  const filter = apiFilter(here.filter);
  const named = centreOf(here.look.node);
  const start = fresh(useQuery(NetworkStart, named ? null : { filter }));
  const centre = named ?? firstOf(start.data);
  const asked = fresh(useQuery(ExploreNetwork, centre ? { filter, ...centre, depth: depthOf(here), first: MOST } : null));
  const isMissing = start.error !== undefined || asked.error !== undefined;
  const answer = isMissing ? undefined : asked.data?.network;
  useEffect(() => {
    if (answer && !asked.pending) onDrawn(answer, networkHeadline(answer, depthOf(here), filters), middleNames(answer));
  }, [answer, asked.pending, filters, here]);
  useEffect(() => onMissing(isMissing), [isMissing, here]);
  return (
    <>
      <div class="stage net">
        <NetworkBar here={here} centre={answer?.nodes[0]} />
        {answer ? <Stage here={here} answer={answer} /> : null}
        {asked.pending || start.pending ? <Waiting /> : null}
        {isMissing ? <div class="stage-note"><Failed retry={start.error ? start.retry : asked.retry} offline={(start.error ?? asked.error)?.kind === 'offline'} /></div> : null}
        {asked.data && !answer ? <p class="stage-note empty">{t('network.unknown')}</p> : null}
      </div>
      <aside class="list" aria-label={t('network.list')}>
        {isMissing ? null : <Await asked={asked} rows={12}>{() => (answer ? <NodeList here={here} answer={answer} onFocus={focusNode} /> : null)}</Await>}
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

function pictureOf(net: Net, colour: Colour, sized: Sized): Picture {
  return { draw: () => offStage(<Saved net={net} colour={colour} sized={sized} />, 'svg circle') };
}

function Stage({ here, answer }: { here: Address; answer: NetworkAnswer }): VNode {
  const sized = sizedOf(here);
  const colour = colourOf(here);
  const [net, setNet] = useState<Net | undefined>(undefined);
  const [focus, setFocus] = useState<string | undefined>(undefined);
  const [seen, setSeen] = useState<Seen>(WHOLE);
  useEffect(() => {
    point = setFocus;
    return () => { point = undefined; };
  }, []);
  useEffect(() => {
    let live = true;
    void settle(answer, sized).then((found) => {
      if (!live) return undefined;
      setNet(found);
      setSeen(WHOLE);
      return undefined;
    });
    return () => { live = false; };
  }, [answer, sized]);
  useEffect(() => {
    if (net) document.body.dataset['network'] = 'ready';
    return () => { delete document.body.dataset['network']; };
  }, [net]);
  const label = tn('network.label', answer.nodes.length, { name: answer.nodes[0] ? nodeName(answer.nodes[0]) : '' });
  useNetworkFiles(answer, here);
  usePicture(useMemo(() => (net ? pictureOf(net, colour, sized) : undefined), [net, colour, sized]));
  const onPick = (key: string): void => go(looked(here, { node: key }), { keep: true });
  return (
    <>
      {net ? <Canvas {...{ net, colour, focus, label, seen, onPick, onFocus: setFocus, onSeen: setSeen }} /> : <div class="net-box" />}
      <div class="net-foot">
        <Reach answer={answer} depth={depthOf(here)} colour={colour} />
        <ZoomButtons onSeen={setSeen} />
      </div>
    </>
  );
}
