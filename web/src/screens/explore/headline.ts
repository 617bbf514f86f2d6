// The sentence on top of the explorer: it answers with a figure and changes with the filters. Studies are
// not added up: where several are in sight, the sentence names each with its own figure.
import type { Address } from '../../address.ts';
import { list, t, tn } from '../../i18n.ts';
import { said, short, type Said } from '../../names.ts';
import { areAllNamed, conditionsOf } from './conditions.ts';
import type { Facets } from './explore.tsx';
import { leaders, onlyOf, type FlowAnswer } from './flow/graph.ts';
import { skips } from './flow/words.ts';
import { UNSPECIFIED } from './facets.ts';
import { isNarrowed, type Part } from './parts.ts';

export function headline(found: Facets, here: Address, parts: Part[]): string {
  const n = found.totalCount;
  if (n === 0) return t(areGoalsUnasked(found) ? 'explore.goalsUnasked' : 'explore.none');
  const narrowed = isNarrowed(here);
  const filters = narrowed ? conditionsOf(here, found.facets) : '';
  if (parts.length > 1) {
    const each = list(parts.map((one) => (narrowed ? t('explore.partOf', { k: one.count, total: one.total, study: one.label }) : t('explore.part', { k: one.count, study: one.label }))));
    return narrowed ? tn('explore.matchStudies', n, { each, filters }) : tn('explore.reuseStudies', n, { each });
  }
  const whole = narrowed ? tn('explore.match', n, { filters, of: tn('list.of', parts[0]?.total ?? n) }) : tn('explore.reuse', n);
  const most = topOf(found, here, 'AREA');
  if (most && most.count < n) return tn('explore.mostly', most.count, { whole, area: most.label });
  const publisher = topOf(found, here, 'PUBLISHER');
  // Of several that one organisation uses, none is the first.
  if (publisher && n === 1 && publisher.isOneOfMany) return whole;
  if (publisher) return n === 1 ? t('explore.usingIt', { whole, publisher: publisher.label }) : tn('explore.using', publisher.count, { whole, publisher: publisher.label });
  return whole;
}

/** Whether nobody matches because nobody was asked about the goals of the filter, as the API says: that is no finding. */
export function areGoalsUnasked({ n, coverage }: Facets): boolean {
  return n === 0 && coverage.attribute === 'SDG' && coverage.asked === 0;
}

/** The largest value of a facet that the reader has not already chosen. */
function topOf(found: Facets, here: Address, key: 'AREA' | 'PUBLISHER'): { label: string; count: number; isOneOfMany: boolean } | undefined {
  const chosen = here.filter[key === 'AREA' ? 'area' : 'publisher'];
  if (chosen) return undefined;
  const facet = found.facets.find((one) => one.key === key);
  const [first, ...others] = facet?.values.filter((one) => one.missing === null && one.value !== UNSPECIFIED && one.count > 0).toSorted((a, b) => b.count - a.count) ?? [];
  return first && { label: first.label, count: first.count, isOneOfMany: others.length > 0 };
}

/** What narrows a flow, in the words of a sentence: all of it, and what does beside the publishers. */
export interface Narrowing {
  studies: number;
  filters: string;
  besides: string;
}

/** What the flow answers: who reaches most, and how far the others stay behind. None where it is not one ranking. */
export function flowHeadline(answer: FlowAnswer, here: Address, { studies, filters, besides }: Narrowing): string | undefined {
  if (studies > 1) return undefined;
  const { first, second, isTied } = leaders(answer.nodes);
  if (!first) return undefined;
  if (here.look.skip) {
    const [publishers = 0] = skips(here);
    // What is passed over on other levels says nothing of who reaches most.
    return publishers > 0 ? tn('flow.beyond', publishers, { k: first.organisationCount, of: tn('list.of', answer.n), filters }) : undefined;
  }
  const name = first.publisher ? short(first.publisher) : first.label;
  // Several that reach as many are no ranking either: none of them is above the others.
  if (isTied) {
    return tn(isNarrowed(here) ? 'flow.tieMatch' : 'flow.tie', answer.n, { name, k: first.organisationCount, filters });
  }
  // That those who use it use it is no answer: where they are is one.
  const only = isNarrowed(here) && isSaid(here, first.publisher?.slug) ? onlyOf(answer) : undefined;
  if (only) {
    const fed = tn('flow.feedsOnly', answer.n, { name, filters: besides });
    const { sector, areAll } = only;
    if (!sector || answer.n === 1 || (areAll && here.filter.sector)) return fed;
    return areAll ? t('flow.allIn', { whole: fed, sector: sector.label }) : t('flow.mostIn', { whole: fed, sector: sector.label, k: sector.organisationCount });
  }
  const whole = isNarrowed(here) ? tn('flow.feedsMatch', answer.n, { name, k: first.organisationCount, filters }) : tn('flow.feeds', answer.n, { name, k: first.organisationCount });
  // Of one organisation there is no ranking.
  return second && answer.n > 1 ? t('flow.noOther', { whole, k: second.organisationCount }) : whole;
}

/** The names in that sentence, and in what stands for it: of the publisher that reaches most. */
export function leadNames({ nodes }: FlowAnswer): Said[] {
  const { first } = leaders(nodes);
  return first?.publisher ? [said(first.publisher)] : [];
}

/** Whether a sentence on this publisher alone says all that narrows: itself, where it was chosen, and what can be named. */
function isSaid(here: Address, slug: string | undefined): boolean {
  const chosen = here.filter.publisher ?? [];
  return chosen.every((one) => one === slug) && areAllNamed({ ...here, filter: { ...here.filter, publisher: [] } });
}
