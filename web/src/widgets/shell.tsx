// What surrounds every screen: skip link, header, sample banner, footer.
import { Fragment, type ComponentChildren, type VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { at, type Lang, type Place } from '../address.ts';
import { credits } from '../credit.ts';
import { DOT, shown, t, type Key } from '../i18n.ts';
import { isSingle, setSingleKeys, singleKeys } from '../keys.ts';
import { address, go, href, lang } from '../navigate.ts';
import { fiction, meta } from '../record.ts';
import { switchTheme, theme } from '../theme.ts';
import { Combobox } from './combobox.tsx';
import { Icon, Logo } from './icons.tsx';
import '../styles/shell.css';

const NAV: { screen: 'explore' | 'publishers' | 'datasets' | 'requests' | 'method'; key: Key; also: Place['screen'][] }[] = [
  { screen: 'explore', key: 'nav.explore', also: ['organisation', 'sector', 'sdg', 'area'] },
  { screen: 'publishers', key: 'nav.publishers', also: ['publisher'] },
  { screen: 'datasets', key: 'nav.datasets', also: ['dataset'] },
  { screen: 'requests', key: 'nav.requests', also: ['request'] },
  { screen: 'method', key: 'nav.method', also: ['schemes', 'scheme', 'study', 'wave'] },
];

/** Pages about the record itself, at the end of each page. */
const FOOT: { screen: 'method' | 'schemes' | 'about'; key: Key }[] = [{ screen: 'method', key: 'foot.method' }, { screen: 'schemes', key: 'schemes.title' }, { screen: 'about', key: 'nav.about' }];

export function Shell({ children, wide }: { children: ComponentChildren; wide: boolean }): VNode {
  return (
    <>
      <a class="skip" href="#main">{t('shell.skip')}</a>
      <Header />
      <Banner />
      <NoLanguage />
      {children}
      <Footer wide={wide} />
    </>
  );
}

/** Puts the reader into the search, if there is one to be seen. */
function find(): boolean {
  const field = [...document.querySelectorAll<HTMLInputElement>('[data-find]')].find((one) => one.checkVisibility());
  field?.focus();
  return field !== undefined;
}

function Header(): VNode {
  const [open, setOpen] = useState<'' | 'open' | 'finding'>('');
  const button = useRef<HTMLButtonElement>(null);
  const path = address.value.place;
  useEffect(() => setOpen(''), [path]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || !isSingle(event) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      // In a narrow window the search is in the menu.
      if (!find()) setOpen('finding');
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    if (open === 'finding') find();
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    setOpen('');
    button.current?.focus();
  };
  return (
    <>
      <header class="top">
        <a class="brand" href={href(at({ screen: 'home' }))}><Logo /><span>Open Data 100</span></a>
        <nav aria-label={t('shell.nav')}><Links /></nav>
        <Combobox main label={t('search.label')} placeholder={t('search.placeholder')} />
        <Languages />
        <Account />
        <button type="button" class="icon hide-s" onClick={switchTheme} aria-label={theme() === 'dark' ? t('shell.light') : t('shell.dark')}>
          <Icon of={theme() === 'dark' ? 'sun' : 'moon'} />
        </button>
        <button type="button" class="icon only-s" ref={button} aria-expanded={open !== ''} aria-controls="menu" onClick={() => setOpen(open ? '' : 'open')} aria-label={t('shell.menu')}>
          <Icon of={open ? 'close' : 'menu'} size={20} />
        </button>
      </header>
      {open ? (
        <section class="menu" id="menu" aria-label={t('shell.menu')} onKeyDown={onKeyDown}>
          <Combobox main label={t('search.label')} placeholder={t('search.placeholder')} onGo={() => setOpen('')} />
          <nav aria-label={t('shell.nav')}><Links /></nav>
          <Account block />
          <button type="button" class="btn block" onClick={switchTheme}>
            <Icon of={theme() === 'dark' ? 'sun' : 'moon'} />{theme() === 'dark' ? t('shell.light') : t('shell.dark')}
          </button>
        </section>
      ) : null}
    </>
  );
}

/** Leads to the pages that the server draws: a cookie tells whether somebody is signed in, and nothing else. */
function Account({ block = false }: { block?: boolean }): VNode {
  const known = document.cookie.split('; ').includes('od100-in=1');
  const path = `${known ? '/account' : '/sign-in'}?lang=${lang.value}`;
  return <a class={block ? 'btn block' : 'account hide-s'} href={path}>{known ? t('shell.account') : t('shell.signIn')}</a>;
}

function Links(): VNode {
  const { screen } = address.value.place;
  return (
    <ul>
      {NAV.map((item) => (
        <li key={item.screen}>
          <a href={href(at({ screen: item.screen }))} aria-current={item.screen === screen ? 'page' : item.also.includes(screen) ? 'true' : undefined}>{t(item.key)}</a>
        </li>
      ))}
    </ul>
  );
}

const LANGS: [Lang, string][] = [['es', 'Español'], ['en', 'English']];

function Languages(): VNode {
  return (
    <div class="lang" role="group" aria-label={t('shell.language')}>
      {LANGS.map(([code, name]) => (
        <a
          key={code}
          lang={code}
          hreflang={code}
          href={href({ ...address.value, lang: code })}
          aria-current={lang.value === code ? 'true' : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            go({ ...address.value, lang: code }, { keep: true, replace: true });
          }}
        >
          {name}
        </a>
      ))}
    </div>
  );
}

/** Fictional organisations are never taken for real ones, nor real ones for fictional. */
function Banner(): VNode | null {
  const of = fiction.value;
  if (!of) return null;
  return (
    <aside class="banner" aria-label={t('banner.title')}>
      <b>{t('banner.title')}</b>{' '}
      {of === 'alone' ? <>{t('banner.text')} <code>od100 import od500 --chapter mx</code>. {t('banner.some')}</> : t(`banner.${of}`)}
    </aside>
  );
}

/** Names a language that was asked for and that there is none of. */
function NoLanguage(): VNode | null {
  const { lang: chosen } = address.value;
  const asked = new URLSearchParams(location.search).get('lang');
  if (chosen || !asked) return null;
  return <p class="note warn strange" role="note">{t('strange.lang', { lang: asked.slice(0, 40) })}</p>;
}

/** A licence is not cut at its hyphens. */
function whole(licence: string): string {
  return licence.replaceAll('-', '\u2011');
}

function Footer({ wide }: { wide: boolean }): VNode {
  const record = meta.value;
  const sources = credits((record?.chapters ?? []).filter((chapter) => chapter.code !== 'sample').map((chapter) => chapter.study));
  const licences = [...new Set(sources.map((one) => one.licence))];
  return (
    <footer class={wide ? 'foot' : 'foot wrap'}>
      <p class="only-print" data-printed="" />
      <ul class="only-print links" data-printed-links="" />
      <p>
        {licences.map((licence) => (
          <span key={licence} lang={shown.value === 'es' ? 'es' : undefined}>
            {t('foot.data', { text: sources.filter((one) => one.licence === licence).map((one) => one.text).join('; '), licence: whole(licence) })}{' '}
          </span>
        ))}
        {t('foot.boundaries')} {t('foot.notRandom')}
      </p>
      <label class="keys no-print keyed"><input type="checkbox" checked={singleKeys.value} onChange={(event) => setSingleKeys(event.currentTarget.checked)} />{t('foot.keys')}</label>
      <p class="no-print">
        {FOOT.map(({ screen, key }) => <Fragment key={screen}><a href={href(at({ screen }))} aria-current={address.value.place.screen === screen ? 'page' : undefined}>{t(key)}</a>{DOT}</Fragment>)}<a href={`/report?about=${encodeURIComponent(new URL(href(address.value), location.origin).pathname)}&lang=${shown.value}`} target="_self">{t('foot.report')}</a>{DOT}<a href="/graphiql" target="_self">{t('foot.api')}</a>{DOT}<a href="/licences.txt" target="_self">{t('foot.licences')}</a>
        {record ? <>{DOT}<span class="whole">{t('foot.version', { version: record.version, revision: String(record.revision) })}</span></> : null}
      </p>
    </footer>
  );
}
