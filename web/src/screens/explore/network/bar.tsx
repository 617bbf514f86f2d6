// Above the network: what stands in its middle, how far it reaches, what colours and sizes it.
import type { VNode } from 'preact';
import { looked, type Address, type LookKey } from '../../../address.ts';
import { t, type Key } from '../../../i18n.ts';
import { go, href } from '../../../navigate.ts';
import { Combobox } from '../../../widgets/combobox.tsx';
import { COLOURS, SIZES } from '../../../looks.ts';
import { colourOf, depthOf, keyOfPath, nodeName, sizedOf } from './look.ts';
import type { NetNode } from './net.ts';

const COLOUR_KEYS: Record<(typeof COLOURS)[number], Key> = { family: 'network.byFamily', kind: 'network.byKind', steps: 'network.bySteps' };
/** What sizes the nodes, in words. */
export const SIZE_KEYS: Record<(typeof SIZES)[number], Key> = { links: 'network.byLinks', equal: 'network.equal' };

export function NetworkBar({ here, centre }: { here: Address; centre: NetNode | undefined }): VNode {
  return (
    <div class="viewbar net-bar">
      <div class="net-centre">
        <p class="small">{centre ? <>{t('network.around')} <b lang={centre.labelLang}>{nodeName(centre)}</b></> : null}</p>
        <Combobox
          label={t('network.centre')}
          placeholder={t('network.centreHint')}
          types={['ORGANISATION', 'PUBLISHER', 'DATASET']}
          onPick={(path) => {
            const node = keyOfPath(path);
            if (node) go(looked(here, { node }), { keep: true });
          }}
        />
      </div>
      <Choice here={here} name="depth" label={t('network.depth')} options={[1, 2, 3].map((one) => ({ value: String(one), text: String(one) }))} now={String(depthOf(here))} usual="2" />
      <Choice here={here} name="sized" label={t('network.size')} options={SIZES.map((one) => ({ value: one, text: t(SIZE_KEYS[one]) }))} now={sizedOf(here)} usual="links" />
      <Choice here={here} name="colour" label={t('network.colour')} options={COLOURS.map((one) => ({ value: one, text: t(COLOUR_KEYS[one]) }))} now={colourOf(here)} usual="family" />
    </div>
  );
}

interface ChoiceProps {
  here: Address;
  name: LookKey;
  label: string;
  options: { value: string; text: string }[];
  now: string;
  usual: string;
}

function Choice({ here, name, label, options, now, usual }: ChoiceProps): VNode {
  return (
    <div class="labelled">
      <span class="tiny muted" id={`choice-${name}`}>{label}</span>
      <nav class="switch small" aria-labelledby={`choice-${name}`}>
        {options.map(({ value, text }) => <a key={value} href={href(looked(here, { [name]: value === usual ? undefined : value }))} data-keep aria-current={value === now ? 'true' : undefined}>{text}</a>)}
      </nav>
    </div>
  );
}
