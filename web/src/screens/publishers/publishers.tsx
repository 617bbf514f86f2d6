// All publishers, by the number of organisations that use their data.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { t, tn } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href } from '../../navigate.ts';
import { PublisherList, type PublisherListData } from '../../queries/generated/publisher.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Combobox } from '../../widgets/combobox.tsx';
import { Crumb } from '../../widgets/crumb.tsx';
import { FigureLine } from '../../widgets/figure.tsx';
import { unbroken } from '../../widgets/headline.tsx';
import { Pager } from '../../widgets/pager.tsx';
import { Await, Empty } from '../../widgets/states.tsx';
import { OneStudy, type Scope } from '../../widgets/study.tsx';
import { Range } from '../../widgets/range.tsx';
import '../../styles/page.css';

const PAGE = 50;

export default function Publishers(): VNode {
  return <OneStudy within={{}}>{(scope, choice) => <Scoped key={scope.chapter?.[0]} scope={scope} choice={choice} />}</OneStudy>;
}

function Scoped({ scope, choice }: { scope: Scope; choice: VNode | null }): VNode {
  const { after } = address.value;
  const asked = useQuery(PublisherList, { filter: scope, first: PAGE, ...(after ? { after } : {}) });
  return <Await asked={asked} rows={12} whole>{(data) => <Page data={data} scope={scope} choice={choice} />}</Await>;
}

function Page({ data, scope, choice }: { data: PublisherListData; scope: Scope; choice: VNode | null }): VNode {
  const { totalCount, edges, pageInfo } = data.publishers;
  const headline = tn('publishers.headline', totalCount);
  useTitle(headline);
  return (
    <>
      <Crumb steps={[{ text: t('crumb.publishers') }]} />
      <div class="hero list">
        <h1>{unbroken(headline)}</h1>
        <p class="lede">{t('publishers.lede')}</p>
        {choice}
      </div>
      <div class="pagefind"><Combobox label={t('home.ministryField')} placeholder={t('home.ministryHint')} types={['PUBLISHER']} /></div>
      {edges.length === 0 ? <Empty title={t('publishers.none')} /> : (
        <Bars
          kind="wide"
          rows={edges.map(({ node, userCount }) => {
            const name = node.acronym && node.acronym !== node.name ? `${node.acronym}, ${node.name}` : node.name;
            return { key: node.slug, label: name, text: short(node), lang: node.nameLang, value: userCount, href: href({ ...at({ screen: 'publisher', slug: node.slug }), filter: scope }) };
          })}
          caption={headline}
          columns={{ label: t('claims.publisher'), value: t('publisher.users') }}
        />
      )}
      <Range shown={edges.length} of={totalCount} more={pageInfo.hasNextPage} />
      <Pager next={pageInfo.hasNextPage ? pageInfo.endCursor : null} />
      <div class="homefig plain-end"><FigureLine of={data.publishers} title={headline} /></div>
    </>
  );
}
