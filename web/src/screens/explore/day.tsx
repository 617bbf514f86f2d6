// What the explorer says of its day: that the record does not reach it, or that it has not come. The words are
// those of the server's own pages.
import type { VNode } from 'preact';
import { today, type Address } from '../../address.ts';
import { toCome, type Dated } from '../../filter.ts';
import { date, moment, t } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { meta } from '../../record.ts';

/** The sentence on top of a day that the record does not reach: no figure, not even a zero. */
export function unrecordedTitle({ asOf, knownAt }: Dated): string {
  return knownAt ? t('day.unrecordedThen', { date: date(asOf), time: moment(knownAt) }) : t('day.unrecorded', { date: date(asOf) });
}

/** Why there is no figure, and the way back. */
export function Unrecorded({ of: { asOf, knownAt }, here }: { of: Dated; here: Address }): VNode {
  const { beginsOn: whole, chapters = [], recordedFrom } = meta.value ?? {};
  // Of the studies that are asked for, where some are.
  const asked = here.filter.chapter;
  const own = chapters.filter((one) => asked?.includes(one.code)).flatMap((one) => one.beginsOn ?? []).sort()[0];
  const beginsOn = asked ? own : whole;
  const begun = recordedFrom && knownAt && Date.parse(knownAt) < Date.parse(recordedFrom) ? recordedFrom : undefined;
  const begins = beginsOn && asOf < beginsOn ? beginsOn : undefined;
  return (
    <div class="bench unrecorded">
      <div class="note">
        {begun ? <p>{t('day.begun', { time: moment(begun) })}</p> : null}
        {begins ? <p>{t('day.begins', { date: date(begins) })}</p> : null}
        <p><a href={href(today(here))}>{t('day.today')}</a></p>
      </div>
    </div>
  );
}

/** Says of a day that has not come which record stands for it. */
export function ToCome({ of, here }: { of: Dated; here: Address }): VNode | null {
  const { asOf, knownAt } = here.filter;
  const which = toCome(here.filter, of);
  if (!which) return null;
  const what = which === 'asOf' ? date(asOf ?? '') : moment(knownAt ?? '');
  return <p class="note warn to-come" role="note">{t('day.toCome', { date: what, today: date(of.asOf) })} <a href={href(today(here))}>{t('day.today')}</a></p>;
}
