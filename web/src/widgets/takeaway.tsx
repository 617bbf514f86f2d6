// What a reader may take from a record: its address, a citation, files, a print, and the way to say
// that something in it is wrong.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at, print, type Filter } from '../address.ts';
import { useAnchor } from '../anchor.ts';
import { t } from '../i18n.ts';
import { address, lang } from '../navigate.ts';
import { CopyButton } from './copy.tsx';
import { Cite } from './citing.ts';
import type { Citable } from '../citation.ts';
import '../styles/takeaway.css';

/** A file of rows, narrowed to the record. */
export interface Download {
  label: string;
  what: 'organisations' | 'claims' | 'datasets' | 'publishers';
  filter: Filter;
  /** Whether its rows have points. */
  map?: boolean;
}

interface Props {
  /** Global id, `publisher:<uuid>`; it names the record whatever it is called. */
  id: string;
  of: Omit<Citable, 'url'>;
  files: Download[];
  /** Where the facts of the page can be read as JSON. */
  facts?: string;
}

export function TakeAway({ id, of, files, facts }: Props): VNode {
  const [citing, setCiting] = useState(false);
  useAnchor();
  const lasting = new URL(`/id/${id.replace(':', '/')}`, location.origin).href;
  const past = history(location.pathname);
  return (
    <section class="box take" aria-labelledby="take">
      <h2 id="take">{t('take.title')}</h2>
      <ul class="rows">
        {files.map((file) => (
          <li key={file.label}>
            <span>{file.label}</span>
            <span class="files">
              {['csv', 'json', ...(file.map ? ['geojson'] : [])].map((ending) => (
                <a key={ending} href={fileAddress(file, ending)} download aria-label={t('take.file', { label: file.label, ending: name(ending) })}>{name(ending)}</a>
              ))}
            </span>
          </li>
        ))}
        {facts ? <li><span>{t('take.facts')}</span><a href={facts} download={`${id.replace(':', '-')}.json`} aria-label={t('take.file', { label: t('take.facts'), ending: 'JSON' })}>JSON</a></li> : null}
        <li><span>{t('take.link')}</span><span><CopyButton class="link" text={() => location.href}>{t('take.copy')}</CopyButton></span></li>
        <li class="no-print"><span>{t('take.cite')}</span><button type="button" class="link" aria-expanded={citing} onClick={() => setCiting(!citing)}>{citing ? t('take.less') : 'APA, BibTeX, RIS'}</button></li>
        {past ? <li class="no-print"><span>{t('take.history')}</span><a href={past} target="_self">{t('take.changes')}</a></li> : null}
        <li class="no-print"><span>{t('take.print')}</span><button type="button" class="link" onClick={() => window.print()}>{t('take.paper')}</button></li>
      </ul>
      {citing ? <Cite of={of} /> : null}
      <p class="tiny muted">{t('take.lasting')} <a href={lasting} class="lasting" rel="bookmark">{lasting}</a></p>
      <p class="tiny no-print"><a href={reportAddress()}>{t('report.link')}</a></p>
    </section>
  );
}

/** The form that tells whoever keeps the record what is wrong on this page; the server draws it. */
function reportAddress(): string {
  const path = print(at(address.value.place));
  return `/report?about=${encodeURIComponent(path)}&lang=${lang.value}`;
}

/** Where the server tells what was written about the record of a profile. */
function history(path: string): string | undefined {
  return /^\/(?:organisations|publishers|datasets|requests|studies|waves)\/[^/]+$/.test(path) ? `${path}/history?lang=${lang.value}` : undefined;
}

const name = (ending: string): string => (ending === 'geojson' ? 'GeoJSON' : ending.toUpperCase());

/** The words of a filter are those of an explorer address, in its order. */
function fileAddress(file: Download, ending: string): string {
  const query = print({ place: { screen: 'explore' }, view: 'map', filter: file.filter, look: {}, board: {}, lang: lang.value }).replace(/^[^?]*/, '');
  return `/download/${file.what}.${ending}${query}`;
}
