// Light or dark on a page that the server draws, as in the application: the button comes with the page, its words in
// the page's language, and is shown where there is a script to press it.
import { effect } from '@preact/signals';
import { render } from 'preact';
import { applyTheme, switchTheme, theme } from '../theme.ts';
import { Icon } from '../widgets/icons.tsx';

export function lightSwitch(button: HTMLButtonElement | null): void {
  applyTheme();
  if (!button) return;
  effect(() => {
    const dark = theme() === 'dark';
    button.setAttribute('aria-label', (dark ? button.dataset['light'] : button.dataset['dark']) ?? '');
    render(<Icon of={dark ? 'sun' : 'moon'} />, button);
  });
  button.addEventListener('click', switchTheme);
  button.hidden = false;
}
