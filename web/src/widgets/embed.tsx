// What is on screen as a frame in another page: which picture, in which colours, the code, and how it looks.
import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Address } from '../address.ts';
import { frameAddress, frameCode, frameOf, FRAMES, HEIGHT, THEMES } from '../embedding.ts';
import { t, tv } from '../i18n.ts';
import { lang } from '../navigate.ts';
import { CopyButton } from './copy.tsx';
import '../styles/cite.css';
import '../styles/embed.css';

export function Embed({ here, title }: { here: Address; title: string }): VNode {
  const [frame, setFrame] = useState(frameOf(here.view));
  const [theme, setTheme] = useState<(typeof THEMES)[number]>('auto');
  const [shown, setShown] = useState(false);
  const address = frameAddress(here, frame, theme, lang.value);
  const code = frameCode(new URL(address, location.origin).href, title);
  return (
    <section class="embedding no-print">
      <h3>{t('embed.title')}</h3>
      <p class="small muted">{t('embed.note')}</p>
      <div>
        <div class="acts">
          <Choice legend={t('embed.picture')} all={FRAMES} label={(one) => tv('embed.frame', one)} value={frame} onPick={setFrame} />
          <Choice legend={t('embed.theme')} all={THEMES} label={(one) => tv('embed.theme', one)} value={theme} onPick={setTheme} />
        </div>
        <pre class="words" tabIndex={0} role="group" aria-label={t('embed.code')}>{code}</pre>
        <p class="acts">
          <CopyButton text={() => code}>{t('embed.copy')}</CopyButton>
          <button type="button" class="btn" aria-expanded={shown} onClick={() => setShown(!shown)}>{t(shown ? 'embed.hide' : 'embed.show')}</button>
        </p>
        {shown ? <iframe src={address} title={title} height={HEIGHT} sandbox="allow-popups allow-popups-to-escape-sandbox" /> : null}
      </div>
    </section>
  );
}

interface ChoiceProps<Word extends string> {
  legend: string;
  all: readonly Word[];
  label: (word: Word) => string;
  value: Word;
  onPick: (word: Word) => void;
}

function Choice<Word extends string>({ legend, all, label, value, onPick }: ChoiceProps<Word>): VNode {
  const name = useId();
  return (
    <fieldset class="styles">
      <legend class="vh">{legend}</legend>
      {all.map((one) => (
        <label key={one}>
          <input type="radio" name={name} value={one} checked={one === value} onChange={() => onPick(one)} />
          <span>{label(one)}</span>
        </label>
      ))}
    </fieldset>
  );
}
