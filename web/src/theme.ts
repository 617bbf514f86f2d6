// Light or dark: the system's wish, until the reader says otherwise on this device.
import { signal } from '@preact/signals';

export type Theme = 'light' | 'dark';
const KEY = 'od100.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

function remembered(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}

const chosen = signal<Theme | undefined>(remembered());
const wished = signal<Theme>(system.matches ? 'dark' : 'light');
system.addEventListener('change', () => {
  wished.value = system.matches ? 'dark' : 'light';
});

/** The theme in use. Colours follow by CSS; only what paints its own pixels needs to ask. */
export function theme(): Theme {
  return chosen.value ?? wished.value;
}

export function applyTheme(): void {
  if (chosen.value) document.documentElement.dataset['theme'] = chosen.value;
}

export function switchTheme(): void {
  chosen.value = theme() === 'dark' ? 'light' : 'dark';
  applyTheme();
  try {
    localStorage.setItem(KEY, chosen.value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}
