// The datasets that some organisations name most.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { t, tn } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Empty } from '../../widgets/states.tsx';

interface Row {
  organisationCount: number;
  dataset: { slug: string; title: string; titleLang: string };
}

export function Named({ rows, total }: { rows: Row[]; total: number }): VNode {
  return (
    <section class="sec" aria-labelledby="named">
      <header><h2 id="named">{t('publisher.datasets')}</h2><p>{t('named.note')}</p></header>
      {rows.length === 0 ? <Empty title={t('named.none')}>{t('named.noneHint')}</Empty> : (
        <Bars
          kind="wide"
          rows={rows.map((row) => ({ key: row.dataset.slug, label: row.dataset.title, text: row.dataset.title, lang: row.dataset.titleLang, value: row.organisationCount, href: href(at({ screen: 'dataset', slug: row.dataset.slug })) }))}
          caption={t('publisher.datasets')}
          columns={{ label: t('claims.dataset'), value: t('list.count') }}
        />
      )}
      {total > rows.length ? <p class="after">{tn('publisher.otherDatasets', total - rows.length)}</p> : null}
    </section>
  );
}
