// What a body consists of, and what came before and after it.
import type { VNode } from 'preact';
import { at } from '../../address.ts';
import { DOT, date, number, t, tv } from '../../i18n.ts';
import { short } from '../../names.ts';
import { href } from '../../navigate.ts';
import { SourceTitle } from '../../widgets/headline.tsx';
import { Empty } from '../../widgets/states.tsx';
import type { Profile } from './publisher.tsx';

/** Sub-bodies shown at once. */
const CHILDREN = 8;

export default function Kin({ of }: { of: Profile }): VNode {
  return (
    <>
      <section class="sec" aria-labelledby="kin">
        <header>
          <h2 id="kin">{t('kin.title')}</h2>
          <p>{tv('rollupNote', of.users.rollup)}. {of.children.length > 0 ? t('kin.noSum') : ''}</p>
        </header>
        {of.children.length === 0 ? (
          <Empty title={t('kin.none')}>{of.predecessors.length === 0 ? t('kin.noneHint', { name: short(of) }) : null}</Empty>
        ) : (
          <>
            <ul class="rows">{of.children.slice(0, CHILDREN).map((child) => <Child key={child.publisher.slug} of={child} />)}</ul>
            {of.children.length > CHILDREN ? (
              <details class="on-paper">
                <summary>{t('figure.more', { n: of.children.length - CHILDREN })}</summary>
                <ul class="rows">{of.children.slice(CHILDREN).map((child) => <Child key={child.publisher.slug} of={child} />)}</ul>
              </details>
            ) : null}
          </>
        )}
      </section>
      <Line of={of} />
      <Names of={of} />
    </>
  );
}

function Child({ of }: { of: Profile['children'][number] }): VNode {
  return (
    <li>
      <span>
        <a href={href(at({ screen: 'publisher', slug: of.publisher.slug }))} lang={of.publisher.nameLang}>{of.publisher.name}</a>
        {of.decision === 'PROPOSED' ? <> <span class="chip">{t('relations.proposed')}</span></> : null}
      </span>
      <b>{number(of.userCount)}</b>
    </li>
  );
}

type Step = Profile['predecessors'][number];

/** The line of bodies, oldest first, this one among them. */
function Line({ of }: { of: Profile }): VNode | null {
  if (of.predecessors.length + of.successors.length === 0) return null;
  const step = (one: Step, role: string): VNode => (
    <li key={`${role}${one.publisher.slug}`}>
      <span class="when">{one.on ? date(one.on) : t('kin.noDate')}</span>
      <span>
        <a href={href(at({ screen: 'publisher', slug: one.publisher.slug }))} lang={one.publisher.nameLang}>{one.publisher.name}</a>
        <span class="tiny muted"><br />{role}, {tv('succession', one.kind)}{one.isDateUnverified ? `${DOT}${t('kin.unverified')}` : ''}{one.note ? `${DOT}${one.source ? one.note.replace(/\.$/, '') : one.note}` : ''}{one.source ? <>{DOT}{t('kin.source')}: {one.source.url ? <a href={one.source.url} rel="noreferrer"><SourceTitle of={one.source} /></a> : <SourceTitle of={one.source} />}</> : null}</span>
      </span>
    </li>
  );
  return (
    <section class="sec" aria-labelledby="line">
      <header><h2 id="line">{t('kin.line')}</h2><p>{t('kin.lineNote')}</p></header>
      <ol class="line">
        {of.predecessors.map((one) => step(one, t('kin.predecessor')))}
        <li class="self"><span class="when">{t('kin.now')}</span><b lang={of.nameLang}>{of.name}</b></li>
        {of.successors.map((one) => step(one, t('kin.successor')))}
      </ol>
    </section>
  );
}

/** Names that it bears or bore, beside the one in the headline. */
function Names({ of }: { of: Profile }): VNode | null {
  const others = of.names.filter((one) => one.text !== of.name && one.text !== of.acronym);
  if (others.length === 0) return null;
  return (
    <section class="sec" aria-labelledby="names">
      <header><h2 id="names">{t('names.title')}</h2></header>
      <dl class="rows">
        {others.map((one) => (
          <div key={`${one.kind}${one.text}`}>
            <dt>{tv('names', one.kind)}{one.validFrom ? `, ${t('span.since', { date: date(one.validFrom) })}` : ''}{one.validTo ? `, ${t('span.until', { date: date(one.validTo) })}` : ''}</dt>
            <dd lang={one.lang}>{one.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
