// What users say of a dataset, once somebody has looked at it; what its publisher answers; and the door to say more.
import type { VNode } from 'preact';
import { DOT, date, number, t, tn, tv } from '../../i18n.ts';
import { lang } from '../../navigate.ts';
import { FigureLine } from '../../widgets/figure.tsx';
import { Empty } from '../../widgets/states.tsx';
import type { Profile } from './dataset.tsx';
import '../../styles/requests.css';

type Said = Profile['feedback'][number];

export default function Feedback({ of }: { of: Profile }): VNode {
  const { rating, feedback } = of;
  const count = tn('feedback.count', rating.n);
  const nothing = rating.n === 0 && feedback.length === 0;
  // Whoever rates may be no organisation: what is counted are ratings.
  const figure = { ...of.users, n: rating.n, waves: [] };
  return (
    <section class="sec" aria-labelledby="feedback">
      <header>
        <h2 id="feedback">{t('feedback.title')}</h2>
        {rating.n === 0 ? null : <p>{rating.mean === null ? t('feedback.tooFew', { count, least: rating.smallest }) : <><b>{t('feedback.mean', { mean: number(Math.round(rating.mean * 100) / 100), count })}</b></>}</p>}
      </header>
      {nothing ? <Empty title={t('feedback.none')}>{t('feedback.noneHint')}</Empty> : <ul class="voices">{feedback.map((one) => <Voice key={one.id} of={one} />)}</ul>}
      {rating.n > 0 ? <FigureLine of={figure} title={t('feedback.title')} cover={t('feedback.cover')} /> : null}
      <p class="no-print give"><a class="btn" href={`/datasets/${encodeURIComponent(of.slug)}/feedback?lang=${lang.value}`} target="_self" rel="nofollow">{t('feedback.give')}</a></p>
    </section>
  );
}

function Voice({ of }: { of: Said }): VNode {
  const about = [
    date(of.on),
    of.rating === null ? '' : t('feedback.rated', { rating: of.rating }),
    of.severity ? tv('feedback.severity', of.severity) : '',
    of.dimension ? tv('feedback.dimension', of.dimension) : '',
  ];
  return (
    <li>
      <p class="words" lang={of.lang}>{of.comment}</p>
      <p class="meta">
        {about.filter(Boolean).join(DOT)}{DOT}<span class="chip">{tv('feedback.state', of.state)}</span>
        {of.fixedOn ? ` ${t('feedback.fixedOn', { date: date(of.fixedOn) })}` : ''}
        {of.sampleUrl ? <>{DOT}<a href={of.sampleUrl} rel="external nofollow noopener">{t('feedback.sample')}</a></> : null}
      </p>
      {of.reply ? <p class="reply"><b>{t('feedback.replied')}:</b> {of.reply}</p> : null}
    </li>
  );
}
