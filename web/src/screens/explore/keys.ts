// The keys 1 to 4 switch the picture. Keys typed into a field, or held with another, are left alone.
import { useEffect } from 'preact/hooks';
import { VIEWS } from '../../address.ts';
import { isSingle } from '../../keys.ts';
import { address, go } from '../../navigate.ts';
import { viewed } from './viewed.ts';

export function useViewKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!isSingle(event) || document.querySelector('dialog[open]')) return;
      const view = VIEWS[Number(event.key) - 1];
      if (!view || !/^\d$/.test(event.key)) return;
      event.preventDefault();
      // A key may come before what the one before it asked for is drawn: where the reader is now counts.
      const here = address.peek();
      if (view !== here.view) go(viewed(here, view), { keep: true });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
