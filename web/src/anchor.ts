// A part of a page that the address names after "#" is there only once the page is drawn.
import { useEffect } from 'preact/hooks';

export function useAnchor(): void {
  useEffect(() => {
    const name = location.hash.slice(1);
    if (!name) return;
    const target = document.getElementById(name);
    target?.scrollIntoView();
    if (target?.tabIndex === -1) target.focus({ preventScroll: true });
  }, []);
}
