// What the network draws, to the number: how far around what, how many of which kind, of how many; and
// what its colours mean. Under the picture, so that it covers nothing.
import type { VNode } from 'preact';
import { FAMILIES, family, familyKey, type Family } from '../../../families.ts';
import { list, t, tn } from '../../../i18n.ts';
import type { Said } from '../../../names.ts';
import type { NetworkKind } from '../../../queries/generated/schema.ts';
import { Marked } from '../../../widgets/headline.tsx';
import { nodeName, shapeOf, type Colour } from './look.ts';
import type { NetworkAnswer } from './net.ts';

/** The kinds of nodes, each with the class of its colour. */
export const KINDS: [NetworkKind, string][] = [['PUBLISHER', 'body'], ['DATASET', 'set'], ['ORGANISATION', 'user']];

interface Drawn {
  organisations: number;
  datasets: number;
  publishers: number;
}

/** What stands around the middle, which is not counted. */
function around(answer: NetworkAnswer): Drawn {
  const of = (kind: string): number => answer.nodes.filter((one) => one.depth > 0 && one.kind === kind).length;
  return { organisations: of('ORGANISATION'), datasets: of('DATASET'), publishers: of('PUBLISHER') };
}

/** The sentence on top: how many of the selection are around the middle. */
export function networkHeadline(answer: NetworkAnswer, depth: number, filters: string): string | undefined {
  const [middle] = answer.nodes;
  if (!middle) return undefined;
  const k = around(answer).organisations;
  const values = { name: nodeName(middle), total: `${tn('list.organisations', answer.n)}${filters}` };
  // Users of a body's datasets are a step further away than those that name no dataset: they are users all the same.
  if (depth === 1 && middle.kind === 'PUBLISHER' && answer.beyond === 0) return tn('network.headlineBody', answer.n === 1 ? 1 : k, { ...values, n: k });
  // Of one, none "is" as well.
  return answer.beyond > 0 ? tn('network.headlineMost', depth, { ...values, k }) : tn('network.headline', answer.n === 1 ? 1 : k, { ...values, n: k, reach: tn('network.within', depth) });
}

/** The name in that sentence. */
export function middleNames({ nodes: [middle] }: Pick<NetworkAnswer, 'nodes'>): Said[] {
  return middle ? [{ name: nodeName(middle), lang: middle.labelLang }] : [];
}

/** The families of the organisations in the picture. */
export function familiesOf({ nodes }: Pick<NetworkAnswer, 'nodes'>): Family[] {
  const found = new Set(nodes.filter((one) => one.kind === 'ORGANISATION').map((one) => family(one.family)));
  return FAMILIES.filter((one) => found.has(one));
}

export function Reach({ answer, depth, colour }: { answer: NetworkAnswer; depth: number; colour: Colour }): VNode {
  const { organisations, datasets, publishers } = around(answer);
  const [middle] = answer.nodes;
  const isByFamily = (kind: NetworkKind): boolean => kind === 'ORGANISATION' && colour === 'family';
  const parts = list([
    ...(organisations > 0 ? [tn('list.organisations', organisations)] : []),
    ...(datasets > 0 ? [tn('network.datasets', datasets)] : []),
    ...(publishers > 0 ? [tn('network.publishers', publishers)] : []),
  ]);
  return (
    <div class="legend">
      <p>{middle ? <Marked text={tn('network.reach', depth, { name: nodeName(middle), kind: t(`search.${middle.kind}`).toLowerCase() })} names={middleNames(answer)} /> : ''} {parts || t('network.alone')}.</p>
      <ul class="net-key tiny">
        <li><i class="dot2 middle" /><span class="cap">{t('network.middle')}</span></li>
        {KINDS.map(([kind, own]) => <li key={kind} class={isByFamily(kind) ? 'as-filters' : undefined}><i class={`dot2 ${shapeOf(kind)} ${colour === 'steps' ? 'plain' : isByFamily(kind) ? 'plain' : own}`} />{isByFamily(kind) ? t('network.families') : t(`search.${kind}`)}</li>)}
        {colour === 'steps' ? Array.from({ length: depth }, (_, step) => <li key={step}><i class={`dot2 round step${step + 1}`} />{tn('network.steps', step + 1)}</li>) : null}
        <li class="muted">{answer.beyond > 0 ? tn('network.beyond', answer.beyond, { shown: answer.nodes.length }) : tn('network.all', answer.nodes.length)}</li>
      </ul>
      {colour === 'family' ? <ul class="net-key families tiny" aria-label={t('facet.FAMILY')}>{familiesOf(answer).map((one) => <li key={one}><i class={`dot2 round ${one}`} />{t(familyKey(one))}</li>)}</ul> : null}
    </div>
  );
}
