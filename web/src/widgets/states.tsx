// Loading, failed, empty: what a screen says when it has nothing to show yet, and the one thing to do.
import type { ComponentChildren, VNode } from 'preact';
import { busy } from '../api.ts';
import type { Asked } from '../query.ts';
import { t } from '../i18n.ts';

/** Draws the answer, or says why there is none. A skeleton appears only when the wait is long; where a newer
 *  answer failed, the last one stays and says that it is old. `whole`: nothing else is on the page. */
export function Await<Data>({ asked, rows = 6, whole, children }: { asked: Asked<Data>; rows?: number; whole?: boolean; children: (data: Data) => ComponentChildren }): VNode {
  const { data, error, retry, slow } = asked;
  const offline = error?.kind === 'offline';
  const has = data !== undefined;
  // One shape for all: what is below stays as it is, with the reader in it, while a notice above it comes and goes.
  return (
    <div aria-busy={has && asked.pending && slow}>
      {error && has ? <Stale retry={retry} offline={offline} /> : null}
      {whole && !has && (error || slow) ? <h1 class={error ? 'failed' : 'vh'}>{t(offline ? 'state.offline' : error ? 'state.failed' : 'state.loading')}</h1> : null}
      {has ? children(data) : error ? <Failed retry={retry} offline={offline} what={whole ? '' : undefined} /> : slow ? <Skeleton rows={rows} /> : null}
    </div>
  );
}

/** How what has failed for want of an answer can be told from what was answered: the line alone mends it (`heal.ts`). */
function byLine(offline: boolean | undefined): 'line' | undefined {
  return offline ? 'line' : undefined;
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
      <button type="button" class="link" data-retry={byLine(offline)} onClick={retry}>{t('state.retry')}</button>
    </div>
  );
}

/** What is shown answers the question before: it is not thrown away, and not passed off as new. */
function Stale({ retry, offline }: { retry: () => void; offline: boolean }): VNode {
  return (
    <div class="note warn stale" role="alert">
      <b>{t('state.stale')}</b> {offline ? t('state.offline') : t('state.failedHint')}{' '}
      <button type="button" class="link" data-retry={byLine(offline)} onClick={retry}>{t('state.retry')}</button>
    </div>
  );
}

/** Nothing here, why, and the one thing to do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }): VNode {
  return <div class="empty"><b>{title}</b>{children}</div>;
}
