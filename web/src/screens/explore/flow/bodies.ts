// Whose the datasets of one title are, where the flow gathers their publishers with others: as the record says.
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../../api.ts';
import { lang } from '../../../navigate.ts';
import { FlowDatasetBody } from '../../../queries/generated/flow.ts';
import { asking } from '../../../query.ts';
import { short } from '../../../names.ts';
import type { Bodies } from './twins.ts';

/** The same twins, each with its publisher. */
export function useBodies(twins: Bodies): Bodies {
  const [asked, setAsked] = useState<Bodies>(new Map());
  const missing = [...twins].flatMap(([key, body]) => (body === undefined ? [key] : []));
  useEffect(() => {
    if (missing.length === 0) return undefined;
    const abort = new AbortController();
    asking(1);
    Promise.all(missing.map(async (key) => {
      const { dataset } = await ask(FlowDatasetBody, { slug: key.slice(key.indexOf(':') + 1) }, { lang: lang.value, signal: abort.signal });
      return [key, dataset?.publisher ? short(dataset.publisher) : undefined] as const;
    })).then((found) => setAsked(new Map(found))).catch(() => {
      // Without it the titles stand as they are.
    }).finally(() => asking(-1));
    return () => abort.abort();
  }, [missing.join()]);
  return new Map([...twins].map(([key, body]) => [key, body ?? asked.get(key)]));
}
