// The figures of a printed report beside what the record gives today, and why the two differ.
import type { VNode } from 'preact';
import { parse } from '../../address.ts';
import { number, t, tn } from '../../i18n.ts';
import { href } from '../../navigate.ts';
import { PrintedReport, type PrintedReportData } from '../../queries/generated/method.ts';
import { useQuery } from '../../query.ts';
import { Scroll } from '../../widgets/scroll.tsx';
import { Await } from '../../widgets/states.tsx';

type Study = NonNullable<PrintedReportData['study']>;
type Figure = Study['printed'][number];

/** The studies that have a printed report; the others say nothing here. */
export function Printed({ slugs }: { slugs: string[] }): VNode {
  return (
    <section class="sec" aria-labelledby="printed">
      <header><h2 id="printed">{t('printed.title')}</h2><p>{t(slugs.length > 0 ? 'printed.note' : 'printed.none')}</p></header>
      {slugs.map((slug) => <Report key={slug} slug={slug} />)}
      {slugs.length > 0 ? <p class="tiny muted">{t('printed.others')}</p> : null}
    </section>
  );
}

function Report({ slug }: { slug: string }): VNode {
  const asked = useQuery(PrintedReport, { slug });
  return <Await asked={asked}>{({ study }) => study?.printed.map((figure) => <Compared key={figure.by} study={study} of={figure} />)}</Await>;
}

function Compared({ study, of }: { study: Study; of: Figure }): VNode {
  const stated = of.rows.filter((row) => row.printed !== null);
  const same = stated.filter((row) => row.printed === row.now).length;
  const title = t(of.by === 'SECTOR' ? 'printed.sectors' : 'printed.publishers', { title: study.title });
  return (
    <div class="printed">
      <h3>{title}</h3>
      <p class="small muted">{tn('printed.same', stated.length, { same })}</p>
      <Scroll label={title}>
        <table class="tw">
          <caption class="vh">{title}</caption>
          <thead>
            <tr><th scope="col">{t(of.by === 'SECTOR' ? 'publisher.sector' : 'claims.publisher')}</th><th scope="col" class="num">{t('printed.printed')}</th><th scope="col" class="num">{t('printed.now')}</th><th scope="col" class="num">{t('printed.difference')}</th><th scope="col">{t('printed.why')}</th></tr>
          </thead>
          <tbody>
            {of.rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.path ? <a href={href(parse(row.path, ''))}>{row.label}</a> : row.label}</th>
                <td>{row.printed === null ? <span class="quiet">{t('printed.omitted')}</span> : number(row.printed)}</td>
                <td>{number(row.now)}</td>
                <td>{row.printed === null ? '' : signed(row.now - row.printed)}</td>
                <td class="tx tiny">{row.note ?? ''}</td>
              </tr>
            ))}
          </tbody>
          {of.printedTotal === null || of.nowTotal === null ? null : (
            <tfoot><tr><th scope="row">{t('printed.sum')}</th><td>{number(of.printedTotal)}</td><td>{number(of.nowTotal)}</td><td>{signed(of.nowTotal - of.printedTotal)}</td><td class="tx">{t('printed.sumNote')}</td></tr></tfoot>
          )}
        </table>
      </Scroll>
    </div>
  );
}

/** A difference always carries its sign; none is said in words. */
function signed(difference: number): VNode {
  if (difference === 0) return <span class="same">{t('printed.equal')}</span>;
  return <b class="differs">{difference > 0 ? `+${number(difference)}` : `−${number(-difference)}`}</b>;
}
