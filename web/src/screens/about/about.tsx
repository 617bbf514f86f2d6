// What this is, who made the data in it, and how to contribute.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { t, tn, type Key } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { meta } from '../../record.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { Licence } from '../study/parts.tsx';
import '../../styles/page.css';

const FOR: [Key, Key][] = [['home.ministry', 'about.ministry'], ['home.researcher', 'about.researcher'], ['home.entrepreneur', 'about.entrepreneur']];
const HELP: [Key, Key][] = [['about.error', 'about.contributeError'], ['about.study', 'about.contributeStudy'], ['about.code', 'about.contributeCode']];

export default function About(): VNode {
  useTitle(t('about.headline'));
  const record = meta.value;
  return (
    <>
      <Crumb steps={[{ text: t('nav.about') }]} />
      <div class="hero list">
        <h1>{t('about.headline')}</h1>
        <p class="lede">{t('about.lede')}</p>
      </div>
      <div class="split">
        <div>
          <section class="sec" aria-labelledby="for">
            <header><h2 id="for">{t('about.for')}</h2></header>
            <dl class="rows defs">{FOR.map(([name, text]) => <div key={name}><dt>{t(name)}</dt><dd>{t(text)}</dd></div>)}</dl>
          </section>
          <section class="sec" aria-labelledby="made">
            <header><h2 id="made">{t('about.made')}</h2><p>{t('about.madeNote')}</p></header>
            <ul class="rows">
              {(record?.chapters ?? []).map(({ code, organisationCount, study }) => (
                <li key={code}>
                  <span><a href={href(at({ screen: 'study', slug: study.slug }))}>{study.title}</a><span class="tiny muted"><br />{study.attribution.text}</span></span>
                  <span>{tn('list.organisations', organisationCount)}</span>
                </li>
              ))}
            </ul>
            <p class="after">{t('foot.boundaries')}</p>
          </section>
          <section class="sec" aria-labelledby="contribute">
            <header><h2 id="contribute">{t('about.contribute')}</h2></header>
            <dl class="rows defs">{HELP.map(([name, text]) => <div key={name}><dt>{t(name)}</dt><dd>{t(text)}</dd></div>)}</dl>
          </section>
        </div>
        <div class="side">
          {record && record.chapters.length > 0 ? <Licence of={record.chapters.map(({ study }) => study)} /> : null}
          <section class="box" aria-labelledby="more">
            <h2 id="more">{t('about.more')}</h2>
            <ul class="rows">
              <li><a href={href(at({ screen: 'method' }))}>{t('method.headline')}</a></li>
              <li><a href={href(at({ screen: 'schemes' }))}>{t('schemes.title')}</a></li>
              <li><a href="/graphiql" target="_self">{t('foot.api')}</a></li>
              <li><a href="/licences.txt" target="_self">{t('foot.licences')}</a></li>
            </ul>
            {record ? <p class="tiny muted">{t('foot.version', { version: record.version, revision: String(record.revision) })}</p> : null}
          </section>
        </div>
      </div>
    </>
  );
}
