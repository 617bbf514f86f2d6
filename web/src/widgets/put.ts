// Whether a question was put, and what stands where no share of answers can: of a wave with few answers they are
// withheld, and before the first one there are none.
import type { Attribute, Missing } from '../queries/generated/schema.ts';

export interface Question {
  attribute: Attribute;
  answered: number;
  asked: number;
  missing: { code: Missing; count: number }[];
  /** Answers that nobody has looked through yet, where that is told. */
  pendingReview?: number | null;
}

export const countOf = (of: Question, code: Missing): number => of.missing.find((one) => one.code === code)?.count ?? 0;

/** `put` says what was asked where nobody has answered yet. */
export const wasPut = (of: Question, put: Attribute[] = []): boolean => of.asked > 0 || countOf(of, 'SUPPRESSED') > 0 || put.includes(of.attribute);

/** The mark in the place of a bar. */
export function whyNone(of: Question, put: Attribute[] = []): Missing {
  if (!wasPut(of, put)) return 'NOT_ASKED';
  return countOf(of, 'SUPPRESSED') > 0 ? 'SUPPRESSED' : 'DONT_KNOW';
}
