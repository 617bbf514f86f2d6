// Says that what is shown is from before, because what is asked for now has no answer; and the way to ask again.
import type { VNode } from 'preact';
import { t } from '../../i18n.ts';

/** `offline`: no answer came at all, so that the line alone mends it (`heal.ts`). */
export function Past({ retry, offline }: { retry: () => void; offline: boolean }): VNode {
  return (
    <div class="note warn stale" role="alert">
      <b>{t('state.stale')}</b> {t(offline ? 'explore.unreached' : 'state.failedHint')}{' '}
      <button type="button" class="link" data-retry={offline ? 'line' : undefined} onClick={retry}>{t('state.retry')}</button>
    </div>
  );
}
