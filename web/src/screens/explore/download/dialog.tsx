// What is on screen, to take away: its rows, its picture, its address, its reference.
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { filterWords, type Address } from '../../../address.ts';
import { credits } from '../../../credit.ts';
import { t, tn, type Key } from '../../../i18n.ts';
import { lang } from '../../../navigate.ts';
import { meta } from '../../../record.ts';
import { save } from '../../../save.ts';
import { lastingAddress } from '../../../widgets/cite.tsx';
import { CopyButton } from '../../../widgets/copy.tsx';
import { Embed } from '../../../widgets/embed.tsx';
import { Citation, figureParts, type Figure } from '../../../widgets/figure.tsx';
import { Icon } from '../../../widgets/icons.tsx';
import { shownColumns } from '../table/columns.tsx';
import { shownSort } from '../table/sort.ts';
import { json, tables, type Made } from './made.ts';
import { picture } from './picture.ts';
import { csv } from './rows.ts';
import { pixels, standalone } from './svg.ts';

interface Props {
  here: Address;
  title: string;
  /** What is selected, in a sentence that holds in every view: a frame may show another one. */
  selected: string | undefined;
  figure: Figure;
  onClose: () => void;
}

export default function TakeAway({ here, title, selected, figure, onClose }: Props): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog class="away" ref={dialog} aria-labelledby="away" onClose={onClose}>
      <div class="away-box">
        <header><h2 id="away">{t('download.title')}</h2><button type="button" class="icon" aria-label={t('download.close')} onClick={() => dialog.current?.close()}><Icon of="close" /></button></header>
        <p class="small muted">{title}</p>
        <Rows here={here} figure={figure} />
        {picture.value ? <Pictures here={here} title={title} figure={figure} /> : null}
        <section><h3>{t('download.link')}</h3><p class="away-link"><code>{location.href}</code></p><p><CopyButton text={() => location.href}>{t('explore.copy')}</CopyButton></p></section>
        <section><h3>{t('download.cite')}</h3><Citation of={figure} title={title} /></section>
        {selected ? <Embed here={here} title={selected} /> : null}
      </div>
    </dialog>
  );
}

interface File {
  what: 'organisations' | 'claims' | 'flow' | 'counts';
  key: Key;
  formats: string[];
  /** How what is on the screen is laid out, in the words of its address. */
  layout?: Record<string, string | undefined>;
}

/** The files of a view: the rows, and the numbers that it shows. */
function files(here: Address): File[] {
  const table = here.view === 'table' ? { sort: shownSort(here), columns: shownColumns(here).map((column) => column.key).join() } : {};
  const found: File[] = [
    { what: 'organisations', key: 'download.organisations', formats: ['csv', 'json', 'geojson'], layout: table },
    { what: 'claims', key: 'download.claims', formats: ['csv', 'json'] },
  ];
  if (here.view === 'flow') found.unshift({ what: 'flow', key: 'download.flow', formats: ['csv', 'json'], layout: { form: here.look.form, skip: here.look.skip } });
  if (here.view === 'map') found.unshift({ what: 'counts', key: 'download.areas', formats: ['csv', 'json'], layout: { by: 'area' } });
  return found;
}
const NAMES: Record<string, string> = { csv: 'CSV', json: 'JSON', geojson: 'GeoJSON' };

/** The words of the filter as the files take them, then those of the layout. */
function query(here: Address, layout: File['layout'] = {}): string {
  const params = new URLSearchParams(filterWords(here.filter));
  params.set('lang', lang.value);
  for (const [key, value] of Object.entries(layout)) if (value) params.set(key, value);
  const text = params.toString();
  return text ? `?${text}` : '';
}

function Rows({ here, figure }: { here: Address; figure: Figure }): VNode {
  const { n } = figure;
  return (
    <section>
      <h3>{tn('download.rows', n)}</h3>
      <ul class="away-list">
        {here.view === 'network' ? tables.value.map((one) => <OwnFile key={one.what} here={here} of={one} figure={figure} />) : null}
        {files(here).map(({ what, key, formats, layout }) => (
          <li key={what}><span>{t(key)}</span>{formats.map((format) => <a key={format} class="btn" href={`/download/${what}.${format}${query(here, layout)}`} download aria-label={`${t(key)}, ${NAMES[format]}`}>{NAMES[format]}</a>)}</li>
        ))}
      </ul>
    </section>
  );
}

/** A table of what is on the screen, made here, under the figure's conditions and with whom to name. */
function OwnFile({ here, of, figure }: { here: Address; of: Made; figure: Figure }): VNode {
  const name = `od100-${of.what}-${figure.asOf}`;
  const conditions = (): Record<string, unknown> => ({ asOf: figure.asOf, method: figure.methodVersion, revision: figure.revision, n: figure.n, rollup: figure.rollup, filters: filterWords(here.filter), address: lastingAddress(figure.asOf, figure.revision), attribution: named(figure) });
  return (
    <li>
      <span>{t(of.key)}</span>
      <button type="button" class="btn" aria-label={`${t(of.key)}, CSV`} onClick={() => save(`${name}.csv`, 'text/csv', csv(of.rows()))}>CSV</button>
      <button type="button" class="btn" aria-label={`${t(of.key)}, JSON`} onClick={() => save(`${name}.json`, 'application/json', json(of, conditions()))}>JSON</button>
    </li>
  );
}

function Pictures({ here, title, figure }: { here: Address; title: string; figure: Figure }): VNode {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const take = async (form: 'svg' | 'png'): Promise<void> => {
    const source = picture.value;
    if (!source || state === 'busy') return;
    setState('busy');
    try {
      const { svg, done } = await source.draw();
      const made = await standalone(svg, { title, lines: [...[source.note?.()].flatMap((one) => one ?? []), ...below(figure, source.boundaries === true)] }).finally(done);
      const name = `od100-${here.view}-${figure.asOf}`;
      if (form === 'svg') save(`${name}.svg`, 'image/svg+xml', made.text);
      else save(`${name}.png`, 'image/png', await pixels(made));
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <section>
      <h3>{t('download.picture')}</h3>
      <ul class="away-list">
        <li>
          <span>{t('download.pictureNote')}</span>
          <button type="button" class="btn" onClick={() => void take('svg')}>SVG</button>
          <button type="button" class="btn" onClick={() => void take('png')}>PNG</button>
        </li>
      </ul>
      <p class="tiny" role="status">{state === 'busy' ? t('download.busy') : state === 'failed' ? t('download.failed') : ''}</p>
    </section>
  );
}

/** Whom to name for a figure, and under which licence. */
function named(figure: Figure): string[] {
  const chapters = new Set(figure.waves.map((wave) => wave.study.chapter));
  return credits((meta.value?.chapters ?? []).filter((chapter) => chapters.has(chapter.code)).map(({ study }) => study)).map(({ text, licence }) => t('foot.data', { text, licence }));
}

/** The figure line, whom to name, the address. */
function below(figure: Figure, boundaries: boolean): string[] {
  return [figureParts(figure).join('  ·  '), [...named(figure), ...(boundaries ? [t('foot.boundaries')] : [])].join(' '), decodeURI(lastingAddress(figure.asOf, figure.revision))].filter(Boolean);
}
