// The title of the document follows the headline, so that tabs and history say what they hold.
import { useEffect } from 'preact/hooks';

export function useTitle(headline: string | undefined): void {
  useEffect(() => {
    if (headline) document.title = headline === 'Open Data 100' ? headline : `${headline} – Open Data 100`;
  }, [headline]);
}
