// The buttons that change how much of the map is in sight.
import type { VNode } from 'preact';
import { t } from '../../../i18n.ts';
import { Icon } from '../../../widgets/icons.tsx';

export function Zoom({ onIn, onOut, onWhole }: { onIn: () => void; onOut: () => void; onWhole: () => void }): VNode {
  return (
    <div class="ctrl zoom">
      <button type="button" class="icon" aria-label={t('map.zoomIn')} onClick={onIn}>+</button>
      <button type="button" class="icon" aria-label={t('map.zoomOut')} onClick={onOut}>−</button>
      <button type="button" class="icon" aria-label={t('map.whole')} onClick={onWhole}><Icon of="whole" /></button>
    </div>
  );
}
