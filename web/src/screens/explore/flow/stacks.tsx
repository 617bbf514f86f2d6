// The flow where there is no room for bands: one bar per publisher, cut by the families of the sectors, and
// the table of the same numbers.
import type { VNode } from 'preact';
import { familyKey } from '../../../families.ts';
import { number, t } from '../../../i18n.ts';
import type { Said } from '../../../names.ts';
import { Marked } from '../../../widgets/headline.tsx';
import { Square } from '../../../widgets/marks.tsx';
import { Scroll } from '../../../widgets/scroll.tsx';
import type { Node } from './graph.ts';
import type { Kinship } from './kinship.ts';
import { NodeName } from './name.tsx';
import { nodeLang, nodeName } from './words.ts';

export function Stacks({ of: { pieces, rows }, onPress }: { of: Kinship; onPress: (node: Node) => void }): VNode {
  const most = Math.max(1, ...rows.map((row) => row.node.organisationCount));
  return (
    <div class="stacks">
      <div class="famkey tiny muted">
        <ul aria-label={t('facet.FAMILY')}>
          {pieces.map((one) => <li key={one}><Square of={one} />{t(familyKey(one))}</li>)}
        </ul>
      </div>
      <ol>
        {rows.map(({ node, counts }) => (
          <li key={node.key}>
            <button type="button" class="stack-row" onClick={() => onPress(node)}>
              <span lang={nodeLang(node)}>{nodeName(node)}</span><b>{number(node.organisationCount)}</b>
            </button>
            <div class="stack" style={{ width: `${(node.organisationCount / most) * 100}%` }} aria-hidden="true">
              {pieces.map((one) => ({ one, count: counts.get(one) ?? 0 })).filter(({ count }) => count > 0).map(({ one, count }) => <i key={one} class={one} style={{ flexGrow: count }} />)}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

export function FamilyTable({ of: { pieces, rows, totals }, caption, names }: { of: Kinship; caption: string; names: Said[] }): VNode {
  return (
    <Scroll label={caption}>
      <table class="tw matrix families">
        <caption class="vh"><Marked text={caption} names={names} /></caption>
        <thead>
          <tr>
            <th scope="col">{t('flow.using')}</th>
            {pieces.map((one) => <th key={one} scope="col" class={`num fam ${one}`}>{t(familyKey(one))}<i aria-hidden="true" /></th>)}
            <th scope="col" class="num">{t('flow.allSectors')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ node, counts }) => (
            <tr key={node.key}>
              <th scope="row" lang={nodeLang(node)}><NodeName of={node} /></th>
              {pieces.map((one) => <td key={one} class={counts.has(one) ? undefined : 'z'}>{number(counts.get(one) ?? 0)}</td>)}
              <td class="tot">{number(node.organisationCount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('flow.anyPublisher')}</th>
            {pieces.map((one) => <td key={one} class="tot">{number(totals.get(one) ?? 0)}</td>)}
            <td class="tot">{number([...totals.values()].reduce((sum, one) => sum + one, 0))}</td>
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

/** The same as rows of text, for a file. */
export function familyRows({ pieces, rows }: Kinship): (string | number)[][] {
  return [[t('flow.using'), ...pieces.map((one) => t(familyKey(one))), t('flow.allSectors')], ...rows.map(({ node, counts }) => [nodeName(node), ...pieces.map((one) => counts.get(one) ?? 0), node.organisationCount])];
}
