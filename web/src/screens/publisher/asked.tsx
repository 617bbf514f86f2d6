// What is asked of a publisher and still open, and how it keeps its terms. The list comes where there is one.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { t, tn } from '../../i18n.ts';
import { address, href } from '../../navigate.ts';
import { demandParts, FigureLine } from '../../widgets/figure.tsx';
import { lazy } from '../../widgets/lazy.tsx';
import { Empty } from '../../widgets/states.tsx';
import type { Profile } from './publisher.tsx';

const Rows = lazy(() => import('./rows.tsx'));

export function OpenRequests({ of }: { of: Profile }): VNode {
  const { demand, requests } = of;
  const kept = demand.punctuality;
  const all = { ...at({ screen: 'requests' }), filter: { publisher: [of.slug] } };
  return (
    <section class="sec" aria-labelledby="requests">
      <header>
        <h2 id="requests">{tn('requests.openN', demand.openCount)}</h2>
        {address.value.filter.rollup ? <p>{t('kin.all')}</p> : null}
        {demand.requestCount > 0 ? <p>{t('requests.ofNote', { k: kept.answeredInTime, n: kept.answered + kept.overdue })} <a href={href(all)}>{tn('requests.ofAll', demand.requestCount)}</a></p> : null}
      </header>
      {requests.nodes.length === 0 ? <Empty title={t(demand.requestCount > 0 ? 'requests.ofNoneOpen' : 'requests.ofNone')} /> : (
        <>
          <Rows of={of} />
          <p class="after">{t('requests.heatNote')}</p>
          <FigureLine of={demand} title={t('requests.of')} parts={demandParts(demand)} />
        </>
      )}
    </section>
  );
}
