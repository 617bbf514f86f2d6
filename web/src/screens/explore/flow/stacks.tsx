// The flow where there is no room for bands: one bar per publisher, cut by the families of the sectors.
import type { VNode } from 'preact';
import { FAMILIES, family, familyKey, type Family } from '../../../families.ts';
import { number, t } from '../../../i18n.ts';
import { Square } from '../../../widgets/marks.tsx';
import { matrixOf, type Graph, type Node } from './graph.ts';
import { nodeLang, nodeName } from './words.ts';

type Piece = Family | 'other';
const PIECES: Piece[] = [...FAMILIES.filter((one) => one !== 'none'), 'other', 'none'];

/** Organisations of one node by family, in the order of the rail; sectors that are gathered into one column have several. */
export function families(graph: Graph, node: Node): { family: Piece; count: number }[] {
  const { columns, cell } = matrixOf(graph);
  const counts = new Map<Piece, number>();
  for (const column of columns) {
    const piece = column.special === 'other' ? 'other' : family(column.family);
    counts.set(piece, (counts.get(piece) ?? 0) + cell(node, column));
  }
  return PIECES.map((one) => ({ family: one, count: counts.get(one) ?? 0 })).filter((one) => one.count > 0);
}

export function Stacks({ graph, onPress }: { graph: Graph; onPress: (node: Node) => void }): VNode {
  const { rows } = matrixOf(graph);
  const most = Math.max(1, ...rows.map((row) => row.organisationCount));
  return (
    <div class="stacks">
      <ul class="famkey tiny muted" aria-label={t('facet.FAMILY')}>{FAMILIES.map((one) => <li key={one}><Square of={one} />{t(familyKey(one))}</li>)}<li><i class="others" aria-hidden="true" />{t('flow.otherSectors')}</li></ul>
      <ol>
        {rows.map((row) => (
          <li key={row.key}>
            <button type="button" class="stack-row" onClick={() => onPress(row)}>
              <span lang={nodeLang(row)}>{nodeName(row)}</span><b>{number(row.organisationCount)}</b>
            </button>
            <div class="stack" style={{ width: `${(row.organisationCount / most) * 100}%` }} aria-hidden="true">
              {families(graph, row).map((one) => <i key={one.family} class={one.family} style={{ flexGrow: one.count }} />)}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
