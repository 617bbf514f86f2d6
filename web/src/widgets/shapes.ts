// The shape of each reason for not knowing, as an area (`marks.css`, `questions.css`): one set for bars, for the parts of one, and for
// their key. Tags say the same in words.
import type { Missing } from '../queries/generated/schema.ts';

/** Parts stand without their names, so the three ways of not knowing are hatched each in its direction. */
export const SHAPES: Record<Missing, string> = {
  NO_ANSWER: 'hatch',
  DONT_KNOW: 'hatch back',
  REFUSED: 'hatch crossed',
  SUPPRESSED: 'held',
  NOT_APPLICABLE: 'apply',
  NOT_ASKED: 'unasked',
};
