// The open requests of a publisher, as a list and as a table.
import type { VNode } from 'preact';
import { t } from '../../i18n.ts';
import { RequestList, RequestTable } from '../../widgets/requests.tsx';
import type { Profile } from './publisher.tsx';

export default function Rows({ of: { requests, slug } }: { of: Profile }): VNode {
  return (
    <>
      <RequestList rows={requests.nodes} of={slug} />
      <RequestTable rows={requests.nodes} caption={t('requests.of')} />
    </>
  );
}
