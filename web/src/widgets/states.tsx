// Loading, failed, empty: what a screen says when it has nothing to show yet, and the one thing to do.
import type { ComponentChildren, VNode } from 'preact';
import { busy } from '../api.ts';
import type { Asked } from '../query.ts';
import { t } from '../i18n.ts';

/** Draws the answer, or says why there is none. A skeleton appears only when the wait is long; where a newer
 *  answer failed, the last one stays and says that it is old. `whole`: nothing else is on the page. */
export function Await<Data>({ asked, rows = 6, whole, children }: { asked: Asked<Data>; rows?: number; whole?: boolean; children: (data: Data) => ComponentChildren }): VNode {
  if (asked.error && asked.data !== undefined) return <><Stale retry={asked.retry} offline={asked.error.kind === 'offline'} />{children(asked.data)}</>;
  if (asked.error) return <>{whole ? <h1 class="failed">{t(asked.error.kind === 'offline' ? 'state.offline' : 'state.failed')}</h1> : null}<Failed retry={asked.retry} offline={asked.error.kind === 'offline'} what={whole ? '' : undefined} /></>;
  if (asked.data === undefined) return asked.slow ? <>{whole ? <h1 class="vh">{t('state.loading')}</h1> : null}<Skeleton rows={rows} /></> : <></>;
  return <div aria-busy={asked.pending && asked.slow}>{children(asked.data)}</div>;
}

export function Skeleton({ rows }: { rows: number }): VNode {
  return (
    <div class="skel" role="status">
      <span class="small muted">{busy.value ? `${t(busy.value)} ${t('state.again')}` : t('state.loading')}</span>
      {Array.from({ length: rows }, (_, row) => <i key={row} />)}
    </div>
  );
}

export function Failed({ retry, offline, what }: { retry: () => void; offline?: boolean; what?: string | undefined }): VNode {
  return (
    <div class="note bad" role="alert">
      {what === '' ? null : <><b>{what ?? (offline ? t('state.offline') : t('state.failed'))}</b>{' '}</>}
      {t(offline ? 'state.offlineHint' : busy.value || 'state.failedHint')}{' '}
      <button type="button" class="link" data-retry onClick={retry}>{t('state.retry')}</button>
    </div>
  );
}

/** What is shown answers the question before: it is not thrown away, and not passed off as new. */
function Stale({ retry, offline }: { retry: () => void; offline: boolean }): VNode {
  return (
    <div class="note warn stale" role="alert">
      <b>{t('state.stale')}</b> {offline ? t('state.offline') : t('state.failedHint')}{' '}
      <button type="button" class="link" data-retry onClick={retry}>{t('state.retry')}</button>
    </div>
  );
}

/** Nothing here, why, and the one thing to do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }): VNode {
  return <div class="empty"><b>{title}</b>{children}</div>;
}
