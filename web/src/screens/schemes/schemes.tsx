// Every list of codes that the record uses, with its version and licence.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { DOT, t } from '../../i18n.ts';
import { href, lang } from '../../navigate.ts';
import { SchemeList, type SchemeListData } from '../../queries/generated/schemes.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { useNarrow } from '../../widgets/narrow.ts';
import { Scroll } from '../../widgets/scroll.tsx';
import { Await } from '../../widgets/states.tsx';
import { version } from './version.ts';
import '../../styles/page.css';
import '../../styles/study.css';

export default function Schemes(): VNode {
  const asked = useQuery(SchemeList, {});
  const narrow = useNarrow();
  useTitle(t('schemes.title'));
  return (
    <>
      <Crumb steps={[{ text: t('crumb.method'), href: href(at({ screen: 'method' })) }, { text: t('schemes.title') }]} />
      <div class="hero list">
        <h1>{t('schemes.title')}</h1>
        <p class="lede">{t('schemes.lede')}</p>
      </div>
      <Await asked={asked} rows={12}>
        {(data) => (narrow ? (
          <ul class="codes">
            {inOrder(data.schemes).map((one) => (
              <li key={one.id}>
                <p><a href={href(at({ screen: 'scheme', code: one.id }))}>{one.name}</a></p>
                <p class="small muted"><span lang={one.publisherLang}>{one.publisher}</span>{DOT}{t('schemes.version').toLowerCase()} {version(one.version)}</p>
                <p class="tiny muted">{one.licence}</p>
              </li>
            ))}
          </ul>
        ) : (
          <Scroll label={t('schemes.title')}>
            <table class="tw">
              <caption class="vh">{t('schemes.title')}</caption>
              <thead><tr><th scope="col">{t('schemes.list')}</th><th scope="col">{t('schemes.version')}</th><th scope="col">{t('schemes.publisher')}</th><th scope="col">{t('study.licenceIs')}</th></tr></thead>
              <tbody>
                {inOrder(data.schemes).map((one) => (
                  <tr key={one.id}>
                    <th scope="row"><a href={href(at({ screen: 'scheme', code: one.id }))}>{one.name}</a></th>
                    <td class="tx">{version(one.version)}</td>
                    <td class="tx" lang={one.publisherLang}>{one.publisher}</td>
                    <td class="tx">{one.licence}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        ))}
      </Await>
    </>
  );
}

/** By the names that the reader sees. */
function inOrder(schemes: SchemeListData['schemes']): SchemeListData['schemes'] {
  return schemes.toSorted((a, b) => a.name.localeCompare(b.name, lang.value));
}
