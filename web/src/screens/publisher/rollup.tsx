// Whose users are counted as a body's own.
import type { VNode } from 'preact';
import { stated } from '../../address.ts';
import { t, tv } from '../../i18n.ts';
import { address, href } from '../../navigate.ts';
import type { Profile } from './publisher.tsx';

/** Says which roll-up holds, and switches it in the address. */
export function RollupSwitch({ of }: { of: Profile }): VNode | null {
  if (of.children.length === 0 && of.predecessors.length === 0) return null;
  const here = address.value;
  const alone = here.filter.rollup?.toUpperCase() === 'PUBLISHER';
  return (
    <nav class="rollup no-print" aria-label={t('kin.switch')}>
      <span class="small muted">{t('kin.switch')}</span>
      <div class="switch">
        <a href={href(stated(here, 'rollup', undefined))} data-keep="" aria-current={here.filter.rollup ? undefined : 'true'}>{t('kin.all')}</a>
        <a href={href(stated(here, 'rollup', 'PUBLISHER'))} data-keep="" aria-current={alone ? 'true' : undefined}>{t('kin.alone')}</a>
      </div>
      <span class="tiny muted">{tv('rollupNote', of.users.rollup)}</span>
    </nav>
  );
}
