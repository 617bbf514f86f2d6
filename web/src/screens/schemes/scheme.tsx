// One list of codes, and what each of them corresponds to in other lists.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { DOT, t, tn, tv } from '../../i18n.ts';
import { address, href } from '../../navigate.ts';
import { SchemePage, type SchemePageData } from '../../queries/generated/schemes.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { Headline } from '../../widgets/headline.tsx';
import { useNarrow } from '../../widgets/narrow.ts';
import { Scroll } from '../../widgets/scroll.tsx';
import { Await, Empty } from '../../widgets/states.tsx';
import { NotFound } from '../missing/missing.tsx';
import { version } from './version.ts';
import '../../styles/page.css';
import '../../styles/study.css';

type Scheme = NonNullable<SchemePageData['scheme']>;
type Code = Scheme['codes'][number];
/** What each list is called. */
type Names = Map<string, string>;

/** Rows drawn at once; some lists have more than a thousand. */
const STEP = 200;

export default function Page(): VNode {
  const { place } = address.value;
  const asked = useQuery(SchemePage, { id: place.screen === 'scheme' ? place.code : '' });
  return <Await asked={asked} rows={12} whole>{(data) => (data.scheme ? <Codes of={data.scheme} names={new Map(data.schemes.map((one) => [one.id, one.name]))} /> : <NotFound />)}</Await>;
}

function Codes({ of, names }: { of: Scheme; names: Names }): VNode {
  const [text, setText] = useState('');
  const [shown, setShown] = useState(STEP);
  const headline = tn('schemes.headline', of.codes.length, { name: of.name });
  useTitle(headline);
  const wanted = folded(text);
  const codes = of.codes.filter((one) => folded(`${one.code} ${one.label} ${one.mappings.map(({ to }) => `${to.code} ${to.label} ${names.get(to.scheme) ?? ''}`).join(' ')}`).includes(wanted));
  const maps = of.codes.some((one) => one.mappings.length > 0);
  return (
    <>
      <Crumb steps={[{ text: t('crumb.method'), href: href(at({ screen: 'method' })) }, { text: t('schemes.title'), href: href(at({ screen: 'schemes' })) }, { text: of.name }]} />
      <div class="hero list">
        <h1><Headline text={headline} name={of.name} /></h1>
        <p class="lede"><Headline text={t('schemes.from', { publisher: of.publisher, version: version(of.version), licence: of.licence })} name={of.publisher} lang={of.publisherLang} /> <a href={of.url} rel="external nofollow noopener">{t('schemes.original')}</a></p>
      </div>
      <div class="pagefind no-print">
        <label class="small muted" for="code-text">{t('schemes.find')}</label>
        <input id="code-text" class="field" type="search" value={text} onInput={(event) => { setText(event.currentTarget.value); setShown(STEP); }} />
      </div>
      <p class="tiny muted" role="status">{tn('schemes.shown', codes.length)}</p>
      {codes.length === 0 ? <Empty title={t('schemes.none')}><button type="button" class="link" onClick={() => setText('')}>{t('schemes.clear')}</button></Empty> : (
        <List codes={codes.slice(0, shown)} scheme={of.id} maps={maps} names={names} headline={headline} />
      )}
      {codes.length > shown ? <p class="pager"><button type="button" class="btn" onClick={() => setShown(shown + STEP)}>{t('list.more', { n: codes.length - shown })}</button></p> : null}
    </>
  );
}

function List({ codes, scheme, maps, names, headline }: { codes: Code[]; scheme: string; maps: boolean; names: Names; headline: string }): VNode {
  const narrow = useNarrow();
  if (narrow) return <ul class="codes">{codes.map((one) => <Item key={one.code} of={one} scheme={scheme} maps={maps} names={names} />)}</ul>;
  return (
    <Scroll label={headline}>
      <table class="tw codes">
        <caption class="vh">{headline}</caption>
        <thead><tr><th scope="col">{t('schemes.label')}</th><th scope="col">{t('schemes.code')}</th>{maps ? <th scope="col">{t('schemes.means')}</th> : null}</tr></thead>
        <tbody>{codes.map((one) => <Row key={one.code} of={one} scheme={scheme} maps={maps} names={names} />)}</tbody>
      </table>
    </Scroll>
  );
}

interface Props {
  of: Code;
  scheme: string;
  maps: boolean;
  names: Names;
}

function Row({ of, scheme, maps, names }: Props): VNode {
  return (
    <tr>
      <th scope="row"><Label of={of} scheme={scheme} /></th>
      <td class="tx tiny"><code>{of.code}</code></td>
      {maps ? <td class="tx"><Mappings of={of} names={names} /></td> : null}
    </tr>
  );
}

/** The same where there is no room for three columns. */
function Item({ of, scheme, maps, names }: Props): VNode {
  return (
    <li>
      <p><Label of={of} scheme={scheme} /></p>
      <p><code class="tiny muted">{of.code}</code></p>
      {maps ? <Mappings of={of} names={names} /> : null}
    </li>
  );
}

function Label({ of, scheme }: { of: Code; scheme: string }): VNode {
  const page = pageOf(scheme, of.code);
  return <>{page ? <a href={page}>{of.label}</a> : <b>{of.label}</b>}{of.definition ? <span class="tiny muted"><br />{of.definition}</span> : null}</>;
}

/** What a code means elsewhere: its words first, then the list they are of by its name, with the code to look it up. */
function Mappings({ of, names }: { of: Code; names: Names }): VNode {
  if (of.mappings.length === 0) return <span class="quiet">{t('schemes.leadsNowhere')}</span>;
  // Written of the code, a note stands once.
  const [note, ...others] = new Set(of.mappings.map((one) => one.note));
  const common = others.length === 0 ? note : undefined;
  return (
    <ul class="maps">
      {of.mappings.map((one) => (
        <li key={`${one.to.scheme}${one.to.code}`}>
          {one.to.label}
          <span class="tiny muted">{DOT}<a href={href(at({ screen: 'scheme', code: one.to.scheme }))}>{names.get(one.to.scheme) ?? one.to.scheme}</a>, {t('schemes.code').toLowerCase()} <code>{one.to.code}</code>{DOT}{tv('mapping', one.relation)}{DOT}{tv('confidence', one.confidence)}{one.note && !common ? `${DOT}${one.note}` : ''}</span>
        </li>
      ))}
      {common ? <li class="tiny muted">{common}</li> : null}
    </ul>
  );
}

/** Some codes have a page of their own. */
function pageOf(scheme: string, code: string): string | undefined {
  if (scheme === 'od500_category') return href(at({ screen: 'sector', code }));
  if (scheme === 'sdg') return href(at({ screen: 'sdg', code }));
  return undefined;
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
