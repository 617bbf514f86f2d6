// Above the flow: which form it takes, and how publishers are added up.
import type { VNode } from 'preact';
import { FORMS } from '../../../looks.ts';
import { looked, stated, type Address } from '../../../address.ts';
import { t, tv, type Key } from '../../../i18n.ts';
import { href } from '../../../navigate.ts';
import type { Rollup } from '../../../queries/generated/schema.ts';
import { meta } from '../../../record.ts';
import { useNarrow } from '../../../widgets/narrow.ts';

export type Form = (typeof FORMS)[number];
const FORM_KEYS: Record<Form, Key> = { bands: 'flow.bands', long: 'flow.long', matrix: 'flow.heat', chord: 'flow.chord' };

/** The default where relations have been decided of some bodies alone. */
const DECIDED: { of: Rollup; key: Key } = { of: 'AS_DECIDED', key: 'flow.asDecided' };
/** As the survey states it, by accepted relations, as bodies stand today. */
const ROLLUPS: { of: Rollup; key: Key }[] = [
  { of: 'AS_STATED', key: 'flow.asStated' },
  { of: 'ROOT', key: 'flow.accepted' },
  { of: 'SUCCESSOR_CHAIN', key: 'flow.current' },
];

export function formOf(here: Address): Form {
  return FORMS.find((one) => one === here.look.form) ?? 'bands';
}

export function FlowBar({ here, form, rollup }: { here: Address; form: Form; rollup: Rollup | undefined }): VNode {
  // A circle needs more room than a phone has: it is not offered there.
  const narrow = useNarrow('wide');
  // Offered where it differs from the others: who has left it finds the way back. Of a selection it may say the same as
  // one of them, by whose name the answer calls it: what the address leaves out is chosen all the same.
  const isOffered = [rollup, meta.value?.defaultRollup].includes(DECIDED.of);
  const offered = isOffered ? [DECIDED, ...ROLLUPS] : ROLLUPS;
  const chosen = here.filter.rollup?.toUpperCase() ?? (isOffered ? DECIDED.of : rollup);
  return (
    <div class="viewbar">
      <nav class="switch small" aria-label={t('flow.form')}>
        {FORMS.filter((one) => one !== 'chord' || one === form || !narrow).map((one) => (
          <a key={one} href={href(looked(here, { form: one === 'bands' ? undefined : one, skip: undefined }))} data-keep aria-current={one === form ? 'true' : undefined}>{t(FORM_KEYS[one])}</a>
        ))}
      </nav>
      <div class="labelled">
        <span class="tiny muted" id="rollup-label">{t('flow.rollup')}</span>
        <nav class="switch small" aria-labelledby="rollup-label">
          {offered.map(({ of, key }) => (
            <a key={of} href={href(stated(here, 'rollup', of === DECIDED.of ? undefined : of.toLowerCase()))} data-keep aria-current={of === chosen ? 'true' : undefined}>{t(key)}</a>
          ))}
        </nav>
      </div>
      <details class="tiny muted">
        <summary>{t('flow.rollupWhat')}</summary>
        <dl>{offered.map(({ of, key }) => <div key={of}><dt>{t(key)}</dt><dd>{tv('rollupNote', of)}.</dd></div>)}</dl>
      </details>
    </div>
  );
}
