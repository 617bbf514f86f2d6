// One reuse sector: its organisations and the publishers they draw on.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { at } from '../../address.ts';
import { family, familyKey } from '../../families.ts';
import { t, tn, tv } from '../../i18n.ts';
import { address, href } from '../../navigate.ts';
import { SectorPage, type SectorPageData } from '../../queries/generated/sector.ts';
import { useQuery, type Asked } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Bars } from '../../widgets/bars.tsx';
import { Crumb } from '../../widgets/crumb.tsx';
import { FigureLine } from '../../widgets/figure.tsx';
import { Dot } from '../../widgets/marks.tsx';
import { OrganisationList } from '../../widgets/orglist.tsx';
import { Await } from '../../widgets/states.tsx';
import { NotFound } from '../missing/missing.tsx';
import '../../styles/page.css';

type Profile = NonNullable<SectorPageData['sector']>;
const PAGE = 20;

export default function Sector(): VNode {
  const { place } = address.value;
  const code = place.screen === 'sector' ? place.code : '';
  const [after, setAfter] = useState<string | undefined>(undefined);
  const asked = useQuery(SectorPage, { code, first: PAGE, ...(after ? { after } : {}) });
  return <Await asked={asked} rows={9}>{(data) => (data.sector ? <Page of={data.sector} asked={asked} onMore={setAfter} /> : <NotFound />)}</Await>;
}

function Page({ of, asked, onMore }: { of: Profile; asked: Asked<SectorPageData>; onMore: (after: string) => void }): VNode {
  const { label, code } = of.code;
  const headline = tn('sector.headline', of.organisationCount, { sector: label });
  useTitle(headline);
  return (
    <>
      <Crumb steps={[{ text: t('crumb.organisations'), href: href(at({ screen: 'explore' })) }, { text: label }]} />
      <div class="hero">
        <p class="kicker"><Dot of={of.family} /> {t(familyKey(family(of.family)))}</p>
        <h1>{headline}</h1>
        {of.code.definition ? <p class="lede">{of.code.definition}</p> : null}
      </div>
      <div class="split">
        <div>
          <section class="sec" aria-labelledby="uses">
            <header><h2 id="uses">{t('sector.publishers')}</h2><p>{t('sector.publishersNote')}</p></header>
            <Bars
              max={of.organisationCount}
              rows={of.topPublishers.map((row) => ({
                key: row.value, label: row.label, text: row.label, value: row.count, of: of.organisationCount,
                href: row.publisher ? href(at({ screen: 'publisher', slug: row.publisher.slug })) : undefined,
              }))}
              caption={t('sector.publishers')}
              columns={{ label: t('claims.publisher'), value: t('publisher.users'), of: t('sector.all') }}
            />
          </section>
          <section class="sec" aria-labelledby="list">
            <header>
              <h2 id="list">{tn('list.organisations', of.organisationCount)}</h2>
              <p><a href={href({ ...at({ screen: 'explore' }), filter: { sector: [code] } })}>{t('publisher.openMap')}</a></p>
            </header>
            <OrganisationList id={code} asked={asked} page={asked.data?.sector?.organisations} onMore={onMore} />
          </section>
        </div>
        <div class="side">
          {of.code.mappings.length > 0 ? (
            <section class="box" aria-labelledby="maps">
              <h2 id="maps">{t('sector.mappings')}</h2>
              <p class="tiny muted">{t('sector.mappingsNote')}</p>
              <ul class="rows">
                {of.code.mappings.map((one) => (
                  <li key={`${one.to.scheme}${one.to.code}`} class="wide">
                    <span>{one.to.label}</span>
                    <span class="tiny">{one.to.scheme} {one.to.code} · {tv('confidence', one.confidence)}{one.note ? ` · ${one.note}` : ''}</span>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </div>
      </div>
      <div class="plain-end"><FigureLine of={of.organisations} title={headline} /></div>
    </>
  );
}
