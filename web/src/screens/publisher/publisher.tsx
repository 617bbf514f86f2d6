// A public body: who uses its data, for what, and how sure we are.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { percent, t, tn, tv } from '../../i18n.ts';
import { short } from '../../names.ts';
import { address, href } from '../../navigate.ts';
import { PublisherContext, PublisherProfile, type PublisherContextData, type PublisherProfileData } from '../../queries/generated/publisher.ts';
import { useQuery } from '../../query.ts';
import { useTitle } from '../../title.ts';
import { Crumb } from '../../widgets/crumb.tsx';
import { FigureLine } from '../../widgets/figure.tsx';
import { Await } from '../../widgets/states.tsx';
import { Stats } from '../../widgets/stats.tsx';
import { NotFound } from '../missing/missing.tsx';
import { Headline } from '../organisation/organisation.tsx';
import { AlsoUsed, Datasets, Users, Who } from './main.tsx';
import { HowSure, Kin, Unsaid, Where } from './side.tsx';
import '../../styles/page.css';

export type Profile = NonNullable<PublisherProfileData['publisher']>;
export type Context = PublisherContextData;

export default function Publisher(): VNode {
  const { place } = address.value;
  const slug = place.screen === 'publisher' ? place.slug : '';
  const asked = useQuery(PublisherProfile, { slug });
  const users = asked.data?.publisher?.users;
  // "Of all" means of all in the same studies, not of everything that happens to be loaded.
  const chapters = users ? [...new Set(users.waves.map((wave) => wave.study.chapter))].sort() : undefined;
  const context = useQuery(PublisherContext, chapters ? { filter: chapters.length > 0 ? { chapter: chapters } : {} } : null);
  return <Await asked={asked} rows={9}>{(data) => (data.publisher ? <Page of={data.publisher} context={context.data} /> : <NotFound />)}</Await>;
}

function Page({ of, context }: { of: Profile; context: Context | undefined }): VNode {
  const called = short(of);
  const headline = tn('publisher.headline', of.userCount, { name: called });
  useTitle(headline);
  const total = context?.sectors.n;
  const { scorecard } = of;
  return (
    <>
      <Crumb
        steps={[
          { text: t('crumb.publishers'), href: href(at({ screen: 'publishers' })) },
          ...(of.parent ? [{ text: short(of.parent), lang: of.parent.nameLang, href: href(at({ screen: 'publisher', slug: of.parent.slug })) }] : []),
          { text: called, lang: of.nameLang },
        ]}
      />
      <div class="hero">
        <p class="kicker"><span lang={of.nameLang}>{of.name}</span>{of.level === 'UNKNOWN' ? '' : ` · ${of.levelLabel}`}</p>
        <h1><Headline text={headline} name={called} lang={of.nameLang} /></h1>
        <p class="lede">
          {total ? t('publisher.lede', { n: of.userCount, total, publishers: context.publishers.totalCount }) : ''}{' '}
          {tn('publisher.naming', scorecard.usersNamingDataset, { rest: Math.max(0, of.userCount - scorecard.usersNamingDataset), name: called })}
        </p>
      </div>
      <Stats
        items={[
          { label: t('publisher.share'), value: total ? percent(of.userCount / total) : '–', note: total ? t('publisher.nOf', { n: of.userCount, total }) : undefined },
          { label: t('publisher.nameDataset'), value: scorecard.usersNamingDataset, note: ofUsers(scorecard.usersNamingDataset, of.userCount) },
          { label: t('publisher.outside'), value: scorecard.usersOutsideCapital, note: t('bars.of', { n: of.userCount }) },
          { label: t('publisher.confirmed', { name: called }), value: scorecard.confirmed, note: t('bars.of', { n: of.userCount }) },
        ]}
      />
      <div class="split">
        <div>
          <Who of={of} context={context} />
          <Datasets of={of} />
          <AlsoUsed of={of} />
          <Kin of={of} />
          <Users of={of} />
        </div>
        <div class="side">
          <HowSure of={of} />
          <Where of={of} context={context} />
          <Unsaid of={of} />
        </div>
      </div>
      <div class="plain-end">
        <FigureLine of={of.users} title={headline} cover={tv('rollupNote', of.users.rollup)} />
      </div>
    </>
  );
}

function ofUsers(part: number, whole: number): string {
  return whole > 0 ? `${t('bars.of', { n: whole })}, ${percent(part / whole)}` : t('bars.of', { n: whole });
}
