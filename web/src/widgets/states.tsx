// Loading, failed, empty: what a screen says when it has nothing to show yet, and the one thing to do.
import type { ComponentChildren, VNode } from 'preact';
import type { Asked } from '../query.ts';
import { t } from '../i18n.ts';

/** Draws the answer, or says why there is none. A skeleton appears only when the wait is long. */
export function Await<Data>({ asked, rows = 6, children }: { asked: Asked<Data>; rows?: number; children: (data: Data) => ComponentChildren }): VNode {
  if (asked.error) return <Failed retry={asked.retry} offline={asked.error.kind === 'offline'} />;
  if (asked.data === undefined) return asked.slow ? <Skeleton rows={rows} /> : <></>;
  return <div aria-busy={asked.pending && asked.slow}>{children(asked.data)}</div>;
}

export function Skeleton({ rows }: { rows: number }): VNode {
  return (
    <div class="skel" role="status">
      <span class="small muted">{t('state.loading')}</span>
      {Array.from({ length: rows }, (_, row) => <i key={row} />)}
    </div>
  );
}

export function Failed({ retry, offline, what }: { retry: () => void; offline?: boolean; what?: string }): VNode {
  return (
    <div class="note bad" role="alert">
      <b>{what ?? (offline ? t('state.offline') : t('state.failed'))}</b> {offline ? t('state.offlineHint') : t('state.failedHint')}{' '}
      <button type="button" class="link" onClick={retry}>{t('state.retry')}</button>
    </div>
  );
}

/** Nothing here, why, and the one thing to do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }): VNode {
  return <div class="empty"><b>{title}</b>{children}</div>;
}
