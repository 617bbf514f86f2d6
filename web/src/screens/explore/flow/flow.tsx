// The flow view: from publishers to the sectors that use them, as bands, in the long form, as the
// study's matrix, or as a circle; each with the table of the same numbers.
import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { looked, type Address } from '../../../address.ts';
import { apiFilter } from '../../../filter.ts';
import { number, t, tn } from '../../../i18n.ts';
import { go, href } from '../../../navigate.ts';
import { ExploreFlow, type ExploreFlowVariables } from '../../../queries/generated/flow.ts';
import type { FlowLevel } from '../../../queries/generated/schema.ts';
import { fresh, useQuery } from '../../../query.ts';
import { lazy } from '../../../widgets/lazy.tsx';
import { useNarrow } from '../../../widgets/narrow.ts';
import { ShadeKey } from '../../../widgets/outline.tsx';
import { Await } from '../../../widgets/states.tsx';
import { CsvLink } from '../download/csv.tsx';
import type { OnDrawn, OnMissing } from '../explore.tsx';
import { flowHeadline, leadNames } from '../headline.ts';
import { Waiting } from '../waiting.tsx';
import { offStage, usePicture } from '../download/picture.ts';
import { FlowBar, formOf, type Form } from './bar.tsx';
import { graphOf, type FlowAnswer, type Graph, type Node } from './graph.ts';
import { HeatDrawing } from './heat.tsx';
import { Matrix, matrixRows } from './matrix.tsx';
import { Sankey } from './sankey.tsx';
import { kinshipOf, type Kinship } from './kinship.ts';
import { FamilyTable, familyRows, Stacks } from './stacks.tsx';
import { stepRows, Steps } from './steps.tsx';
import { twinsOf } from './twins.ts';
import { pressed, skips, takenBack } from './words.ts';
import '../../../styles/flow.css';

const SHORT: FlowLevel[] = ['PUBLISHER', 'SECTOR'];
const LONG: FlowLevel[] = ['PUBLISHER', 'DATASET', 'SECTOR', 'SDG'];
/** Nodes of a level that are told apart; a matrix shows them all. */
const TOP: Record<Form, number> = { bands: 10, long: 8, matrix: 500, chord: 12 };

export default function FlowView({ here, title, studies, filters, besides, onDrawn, onMissing }: { here: Address; title: string; studies: number; filters: string; besides: string; onDrawn: OnDrawn; onMissing: OnMissing }): VNode {
  const form = formOf(here);
  const variables: ExploreFlowVariables = { filter: apiFilter(here.filter), levels: form === 'long' ? LONG : SHORT, top: TOP[form] };
  if (here.look.skip) variables.skip = skips(here);
  const asked = fresh(useQuery(ExploreFlow, variables));
  const answer = asked.data?.flow;
  useEffect(() => {
    if (answer && !asked.pending) onDrawn(answer, flowHeadline(answer, here, { studies, filters, besides }), leadNames(answer));
  }, [answer, asked.pending, studies, filters, besides, here]);
  const isMissing = asked.error !== undefined;
  useEffect(() => onMissing(isMissing), [isMissing, here]);
  return (
    <div class="flowbox" role="group" tabIndex={0} aria-label={t('explore.flow')}>
      <FlowBar here={here} form={form} rollup={answer?.rollup} />
      {answer && asked.pending ? <Waiting /> : null}
      <Await asked={asked} rows={12}>{(data) => <Drawn here={here} form={form} answer={data.flow} title={title} variables={variables} />}</Await>
    </div>
  );
}

/** Enough to tell every sector apart. */
const ALL_SECTORS = 40;

interface DrawnProps {
  here: Address;
  form: Form;
  answer: FlowAnswer;
  title: string;
  variables: ExploreFlowVariables;
}

function Drawn({ here, form, answer, title, variables }: DrawnProps): VNode {
  const bodies = useMemo(() => twinsOf(answer), [answer]);
  const graph = useMemo(() => graphOf(answer, bodies), [answer, [...bodies].join()]);
  // What is printed is what was on the screen: a sheet asks for nothing, and what is here has its others gathered.
  const narrow = useNarrow('same');
  // Families are whole where every sector is told apart, and none is passed over.
  const stacked = narrow && (form === 'bands' || form === 'chord') && !skips(here)[1];
  const asked = fresh(useQuery(ExploreFlow, stacked ? { ...variables, tops: [TOP[form], ALL_SECTORS] } : null));
  const fine = stacked && !asked.pending ? asked.data?.flow : undefined;
  const kin = useMemo(() => (fine ? kinshipOf(graphOf(fine)) : undefined), [fine]);
  usePicture(useMemo(() => ({ draw: () => drawn(graph, form) }), [graph, form]));
  const long = graph.levels.length > 2;
  const names = leadNames(answer);
  if (graph.links.length === 0) return <p class="empty">{t('flow.empty')}</p>;
  if (stacked && !fine) return <Await asked={{ ...asked, data: undefined }} rows={12}>{() => null}</Await>;
  return (
    <>
      <Opened here={here} graph={graph} />
      {form === 'chord' && narrow ? <p class="small muted instead">{t('flow.noteCircle')}</p> : null}
      <Picture here={here} form={form} graph={graph} kin={kin} narrow={narrow} />
      <p class="tiny muted flownote">{note(graph, answer, { form: narrow && !long && !kin ? 'matrix' : form, isBars: narrow })}</p>
      <div class="twin-head">
        <h2 id="twin">{form === 'matrix' ? t('flow.matrix') : long && narrow ? t('flow.long') : t('flow.table')}</h2>
        <CsvLink here={here} name={`od100-flow-${form}`} figure={answer} rows={() => (long ? stepRows(graph) : kin ? familyRows(kin) : matrixRows(graph))} />
      </div>
      {form === 'matrix' ? <ShadeKey counts={graph.links.map((one) => one.value)} /> : null}
      {long ? <Steps graph={graph} /> : kin ? <FamilyTable of={kin} caption={title} names={names} /> : <Matrix graph={graph} caption={title} names={names} heat={form === 'matrix'} />}
    </>
  );
}

function Picture({ here, form, graph, kin, narrow }: { here: Address; form: Form; graph: Graph; kin: Kinship | undefined; narrow: boolean }): VNode | null {
  const top = TOP[form];
  const onPress = (node: Node): void => {
    const to = pressed(here, node, top);
    if (to) go(to, { keep: true });
  };
  if (form === 'matrix') return null;
  if (kin) return <Stacks of={kin} onPress={onPress} />;
  if (narrow) return null;
  const label = t('flow.label');
  const onBack = (): void => go(takenBack(here, graph.levels), { keep: true });
  if (form === 'chord') return <Chord graph={graph} label={label} onPress={onPress} onBack={onBack} />;
  return <Sankey graph={graph} label={label} onPress={onPress} onBack={onBack} canPress={(node) => pressed(here, node, top) !== undefined} />;
}

const idle = (): void => {};

/** The present form, drawn for a file at a width of its own. */
async function drawn(graph: Graph, form: Form): ReturnType<typeof offStage> {
  if (form === 'matrix') return offStage(<HeatDrawing graph={graph} />);
  if (form === 'chord') return offStage(<Chord graph={graph} label="" onPress={idle} onBack={idle} />, 'svg .nd');
  return offStage(<Sankey graph={graph} label="" onPress={idle} onBack={idle} canPress={() => false} />, 'svg .nd');
}

/** What has been opened, and the way back. */
function Opened({ here, graph }: { here: Address; graph: Graph }): VNode | null {
  const passed = skips(here).map((count, column) => ({ count, level: graph.levels[column] })).filter((one) => one.count > 0 && one.level);
  if (passed.length === 0) return null;
  return (
    <p class="small opened">
      {passed.map(({ count, level }) => tn(level === 'PUBLISHER' ? 'flow.withoutPublishers' : level === 'DATASET' ? 'flow.withoutDatasets' : level === 'SECTOR' ? 'flow.withoutSectors' : 'flow.withoutGoals', count)).join(' ')}{' '}
      <a href={href(looked(here, { skip: undefined }))} data-keep>{t('flow.first')}</a>
    </p>
  );
}

/** What a band, or a bar, is, and why the parts are more than the whole. */
function note(graph: Graph, answer: FlowAnswer, { form, isBars }: { form: Form; isBars: boolean }): string {
  const used = graph.columns.at(-1)?.reduce((sum, one) => sum + one.organisationCount, 0) ?? 0;
  const guesses = answer.nodes.some((one) => one.special === 'inferred');
  if (graph.levels.length > 2) return [t(isBars ? 'flow.noteSteps' : 'flow.noteLong'), isBars ? '' : t('flow.distinct'), t('flow.own'), guesses ? t('flow.noteInferred') : ''].filter(Boolean).join(' ');
  return [
    t(form === 'matrix' ? 'flow.noteMatrix' : isBars ? 'flow.noteBars' : 'flow.note'),
    form !== 'matrix' && graph.parts > used ? t(isBars ? 'flow.partsBars' : 'flow.parts', { parts: number(graph.parts), n: tn('list.organisations', used) }) : '',
    answer.silentCount > 0 ? tn('flow.noPublisher', answer.silentCount) : '',
    answer.unnamedCount > 0 ? tn('flow.noBody', answer.unnamedCount) : '',
    answer.ownDataCount > 0 ? tn('flow.ownData', answer.ownDataCount) : '',
  ].filter(Boolean).join(' ');
}

/** Comes in its own file, when somebody asks for it. */
const Chord = lazy(() => import('./chord.tsx'));
