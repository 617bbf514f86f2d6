// Where some organisations are: a small shaded map, and the list that says the same.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { DOT, number, t, tn } from '../i18n.ts';
import { lang } from '../navigate.ts';
import { ranked } from '../rank.ts';
import { useOnward } from './orglist.tsx';
import { countryOf, Outline, ShadeKey } from './outline.tsx';

export interface AreaRow {
  value: string;
  label: string;
  count: number;
  missing: string | null;
}

interface Props {
  title: string;
  rows: AreaRow[];
  /** Of how many in each area, where that is known. */
  whole?: Map<string, number> | undefined;
  to: (code: string) => string;
}

/** Areas named one by one; the rest open on demand. */
const NAMED = 4;

export function Where({ title, rows, whole, to }: Props): VNode | null {
  const [all, setAll] = useState(false);
  const known = ranked(rows.filter((row) => !row.missing && !row.value.startsWith('unknown')), lang.value);
  const unknown = rows.filter((row) => row.missing ?? row.value.startsWith('unknown')).reduce((sum, row) => sum + row.count, 0);
  const counts = new Map(known.map((row) => [row.value, row.count]));
  const country = countryOf(counts);
  const rest = known.slice(NAMED);
  const seen = all ? known : known.slice(0, NAMED);
  const { list, mark } = useOnward<HTMLUListElement>(seen.length);
  if (known.length === 0 && unknown === 0) return null;
  const item = (row: AreaRow): VNode => {
    const total = whole?.get(row.value);
    return (
      <li key={row.value}>
        <a class="lab" href={to(row.value)}>{row.label}</a>
        <span class="num"><b>{number(row.count)}</b>{total ? <span class="muted"> {t('bars.of', { n: total })}</span> : null}</span>
      </li>
    );
  };
  return (
    <section class="box where" aria-labelledby="where">
      <h2 id="where">{title}</h2>
      {country ? <><Outline country={country} counts={counts} shaded /><ShadeKey counts={counts.values()} /></> : null}
      <ul class="rows" ref={list}>{seen.map(item)}</ul>
      {rest.length > 0 ? (
        <>
          {/* Below all that it shows: there it is when they have been read. */}
          <p class="rest tiny"><button type="button" class="link" onClick={() => { mark(); setAll(!all); }}>{all ? t('publisher.fewerAreas') : tn('publisher.otherAreas', rest.length)}</button></p>
          {all ? null : <p class="only-print tiny">{rest.map((row) => `${row.label} ${number(row.count)}`).join(DOT)}</p>}
        </>
      ) : null}
      {unknown > 0 ? <ul class="rows"><li><span class="miss unknown"><span>{t('publisher.placeUnknown')}</span></span><b>{number(unknown)}</b></li></ul> : null}
    </section>
  );
}
