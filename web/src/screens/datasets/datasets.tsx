// All datasets that somebody names, by the number of organisations that do.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { number, t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href } from '../../navigate.ts';
import { DatasetList, type DatasetListData } from '../../queries/generated/dataset.ts';
import { Record as RecordQuery } from '../../queries/generated/record.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Combobox } from '../../widgets/combobox.tsx';
import { Crumb } from '../../widgets/crumb.tsx';
import { datasetParts, FigureLine } from '../../widgets/figure.tsx';
import { unbroken } from '../../widgets/headline.tsx';
import { useNarrow } from '../../widgets/narrow.ts';
import { Pager } from '../../widgets/pager.tsx';
import { Await, Empty } from '../../widgets/states.tsx';
import { OneStudy, type Scope } from '../../widgets/study.tsx';
import { Range } from '../../widgets/range.tsx';
import '../../styles/page.css';

const PAGE = 50;

export default function Datasets(): VNode {
  return <OneStudy within={{}}>{(scope, choice) => <Scoped key={scope.chapter?.[0]} scope={scope} choice={choice} />}</OneStudy>;
}

function Scoped({ scope, choice }: { scope: Scope; choice: VNode | null }): VNode {
  const { after } = address.value;
  const record = useQuery(RecordQuery, {});
  // Narrowed to its studies the list holds what they name; without a filter it holds all that is catalogued.
  const filter = scope.chapter ? scope : { chapter: (record.data?.meta.chapters ?? []).map((one) => one.code) };
  const asked = useQuery(DatasetList, { filter, first: PAGE, ...(after ? { after } : {}) });
  return <Await asked={asked} rows={12} whole>{(data) => <Page data={data} scope={scope} choice={choice} />}</Await>;
}

function Page({ data, scope, choice }: { data: DatasetListData; scope: Scope; choice: VNode | null }): VNode {
  const { totalCount, edges, pageInfo } = data.datasets;
  const headline = tn('datasets.headline', totalCount);
  // Where there is no room for three columns the publisher stands under its dataset.
  const narrow = useNarrow();
  useTitle(headline);
  return (
    <>
      <Crumb steps={[{ text: t('crumb.datasets') }]} />
      <div class="hero list">
        <h1>{unbroken(headline)}</h1>
        <p class="lede">{t('datasets.lede')}</p>
        {choice}
      </div>
      <div class="pagefind"><Combobox label={t('datasets.field')} placeholder={t('datasets.hint')} types={['DATASET']} /></div>
      {edges.length === 0 ? <Empty title={t('datasets.none')} /> : (
        <table class="tw named">
          <caption class="vh">{headline}</caption>
          <thead><tr><th scope="col">{t('claims.dataset')}</th>{narrow ? null : <th scope="col">{t('claims.publisher')}</th>}<th scope="col" class="num">{t('publisher.users')}</th></tr></thead>
          <tbody>
            {edges.map(({ node, userCount }) => (
              <tr key={node.slug}>
                <th scope="row">
                  <a href={href({ ...at({ screen: 'dataset', slug: node.slug }), filter: scope })} lang={node.titleLang}>{node.title}</a>
                  {narrow ? <span class="tiny muted"><br /><Body of={node.publisher} scope={scope} /></span> : null}
                </th>
                {narrow ? null : <td class="tx"><Body of={node.publisher} scope={scope} /></td>}
                <td class={userCount === 0 ? 'z' : ''}>{number(userCount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Range shown={edges.length} of={totalCount} more={pageInfo.hasNextPage} />
      <Pager next={pageInfo.hasNextPage ? pageInfo.endCursor : null} />
      <div class="homefig plain-end"><FigureLine of={data.datasets} title={headline} parts={datasetParts(data.datasets)} /></div>
    </>
  );
}

function Body({ of, scope }: { of: DatasetListData['datasets']['edges'][number]['node']['publisher']; scope: Scope }): VNode {
  return <a href={href({ ...at({ screen: 'publisher', slug: of.slug }), filter: scope })} lang={of.nameLang}>{short(of)}</a>;
}
