// The keys 1 to 4 switch the picture. Keys typed into a field, or held with another, are left alone.
import { useEffect } from 'preact/hooks';
import { viewed, VIEWS, type Address } from '../../address.ts';
import { isSingle } from '../../keys.ts';
import { go } from '../../navigate.ts';

export function useViewKeys(here: Address): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!isSingle(event) || document.querySelector('dialog[open]')) return;
      const view = VIEWS[Number(event.key) - 1];
      if (!view || !/^\d$/.test(event.key)) return;
      event.preventDefault();
      if (view !== here.view) go(viewed(here, view), { keep: true });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [here]);
}
