//! The life of a response: which step may follow which. Each move is compare-and-set where it is stored.

use chrono::NaiveDate;
use entity::vocabulary::{CompletedBy, ResponseStatus, WaveState};

/// Something that happens to a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A link was made for it.
    Invite,
    /// Somebody began to answer.
    Open,
    /// An answer was saved.
    Save,
    /// All was sent.
    Submit,
    /// A person has looked through what was sent.
    Validate,
    /// The organisation does not want to take part.
    Refuse,
    /// Nobody could be reached.
    LoseContact,
    /// It does not belong to the population.
    RuleOut,
    /// Another response is of the same organisation.
    MarkDuplicate,
    /// It was set aside by mistake.
    Restore,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 10] = [
        Self::Invite,
        Self::Open,
        Self::Save,
        Self::Submit,
        Self::Validate,
        Self::Refuse,
        Self::LoseContact,
        Self::RuleOut,
        Self::MarkDuplicate,
        Self::Restore,
    ];
}

/// A step that cannot follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this step does not follow from where the response stands ({}); look at it again", .0.as_str())]
pub struct IllegalStep(pub ResponseStatus);

/// Whether a wave takes answers on a day: while it is open, until the end of its last day.
pub fn is_open(state: WaveState, closes_on: Option<NaiveDate>, day: NaiveDate) -> bool {
    state == WaveState::Open && closes_on.is_none_or(|closes| day <= closes)
}

/// Whether a person may decide on a step.
pub fn may_decide(status: ResponseStatus, step: Step) -> bool {
    if step == Step::Restore { is_set_aside(status) } else { advance(status, step).is_ok() }
}

/// The status of a response that was set aside by mistake: the one that it had before.
pub fn restored(status: ResponseStatus, before: Option<ResponseStatus>) -> Result<ResponseStatus, IllegalStep> {
    before.filter(|_| is_set_aside(status)).ok_or(IllegalStep(status))
}

/// The status after a step; what was set aside goes back by [`restored`].
pub fn advance(status: ResponseStatus, step: Step) -> Result<ResponseStatus, IllegalStep> {
    use ResponseStatus as S;
    let is_open = matches!(status, S::Identified | S::Invited | S::Opened | S::Partial);
    // What makes a response count for nothing may come to light when somebody has looked through it.
    let is_counted = is_open || matches!(status, S::Submitted | S::Validated);
    Ok(match (status, step) {
        (S::Identified | S::Invited | S::NoContact | S::Refused, Step::Invite) => S::Invited,
        (S::Opened | S::Partial, Step::Invite) => status,
        (S::Invited | S::Opened, Step::Open) => S::Opened,
        (S::Partial, Step::Open) | (S::Invited | S::Opened | S::Partial, Step::Save) => S::Partial,
        (S::Invited | S::Opened | S::Partial, Step::Submit) => S::Submitted,
        (S::Submitted, Step::Validate) => S::Validated,
        (_, Step::Refuse) if is_open => S::Refused,
        (S::Identified | S::Invited, Step::LoseContact) => S::NoContact,
        (_, Step::RuleOut) if is_counted => S::Ineligible,
        (_, Step::MarkDuplicate) if is_counted => S::Duplicate,
        _ => return Err(IllegalStep(status)),
    })
}

/// Whether answers may still be saved and sent.
pub fn takes_answers(status: ResponseStatus) -> bool {
    matches!(status, ResponseStatus::Invited | ResponseStatus::Opened | ResponseStatus::Partial)
}

/// The states of a response that the study has decided not to count: its organisation is not eligible, or answered twice.
pub const SET_ASIDE: [ResponseStatus; 2] = [ResponseStatus::Ineligible, ResponseStatus::Duplicate];

/// Whether the study has decided that a response is not to count.
pub fn is_set_aside(status: ResponseStatus) -> bool {
    SET_ASIDE.contains(&status)
}

/// Whether everything was sent.
pub fn is_sent(status: ResponseStatus) -> bool {
    matches!(status, ResponseStatus::Submitted | ResponseStatus::Validated)
}

/// Whether, of two responses of one organisation in a wave, the other counts in place of its own: the one that came further
/// does. What was ruled out stays so, and only what was sent says otherwise than who has refused.
pub fn takes_place(other: ResponseStatus, own: ResponseStatus) -> bool {
    use ResponseStatus as S;
    if is_set_aside(other) || own == S::Ineligible {
        return false;
    }
    match (other, own) {
        (_, S::Duplicate) => true,
        (S::Refused, _) => false,
        (_, S::Refused) => is_sent(other),
        _ => way(other) > way(own),
    }
}

/// How far one has come, of those that were neither refused nor set aside.
fn way(status: ResponseStatus) -> u8 {
    use ResponseStatus as S;
    match status {
        S::Identified | S::Refused | S::Ineligible | S::Duplicate => 0,
        S::Invited | S::NoContact => 1,
        S::Opened => 2,
        S::Partial => 3,
        S::Submitted => 4,
        S::Validated => 5,
    }
}

/// How many of those in a wave answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// All that are in the wave.
    pub all: u64,
    /// Those that belong to the population, as far as is known.
    pub eligible: u64,
    /// Those that sent their answers themselves.
    pub complete: u64,
    /// Those that were filled in at the desk: never an answer of the organisation.
    pub desk: u64,
    /// Those that were sent by nobody knows whom: never an answer either.
    pub unknown: u64,
    /// Those that began and have not sent.
    pub partial: u64,
    pub refused: u64,
    pub no_contact: u64,
}

impl Rates {
    /// The response rate, complete over eligible; `None` where nobody is eligible.
    pub fn response_rate(&self) -> Option<f64> {
        (self.eligible > 0).then(|| self.complete as f64 / self.eligible as f64)
    }
}

/// Counts outcomes. The response rate is complete over eligible; duplicates and those ruled out are neither.
pub fn rates(statuses: impl IntoIterator<Item = (ResponseStatus, CompletedBy, u64)>) -> Rates {
    use ResponseStatus as S;
    let mut rates = Rates::default();
    for (status, by, count) in statuses {
        rates.all += count;
        if !is_set_aside(status) {
            rates.eligible += count;
        }
        match status {
            S::Submitted | S::Validated => match by {
                CompletedBy::Organisation => rates.complete += count,
                CompletedBy::Researcher => rates.desk += count,
                // Whether the organisation answered is not known, so nobody says that it did.
                CompletedBy::Unknown => rates.unknown += count,
            },
            S::Partial => rates.partial += count,
            S::Refused => rates.refused += count,
            S::NoContact => rates.no_contact += count,
            S::Identified | S::Invited | S::Opened | S::Ineligible | S::Duplicate => {}
        }
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;
    use ResponseStatus as S;

    #[test]
    fn the_way_of_a_response() {
        let mut status = S::Identified;
        for (step, after) in [
            (Step::Invite, S::Invited),
            (Step::Open, S::Opened),
            (Step::Save, S::Partial),
            (Step::Open, S::Partial),
            (Step::Invite, S::Partial),
            (Step::Save, S::Partial),
            (Step::Submit, S::Submitted),
            (Step::Validate, S::Validated),
        ] {
            status = advance(status, step).unwrap();
            assert_eq!(status, after);
        }
    }

    #[test]
    fn an_end_is_an_end() {
        for end in [S::Ineligible, S::Duplicate] {
            for step in Step::ALL {
                assert_eq!(advance(end, step), Err(IllegalStep(end)), "{step:?}");
            }
        }
        for step in Step::ALL {
            let after = match step {
                Step::RuleOut => Ok(S::Ineligible),
                Step::MarkDuplicate => Ok(S::Duplicate),
                _ => Err(IllegalStep(S::Validated)),
            };
            assert_eq!(advance(S::Validated, step), after, "{step:?}");
        }
        for step in [Step::Save, Step::Open, Step::Submit, Step::Refuse, Step::Invite, Step::LoseContact] {
            assert!(advance(S::Submitted, step).is_err(), "{step:?}: what was sent stays as it was sent");
        }
        assert_eq!(advance(S::Identified, Step::Save), Err(IllegalStep(S::Identified)), "nobody was asked yet");
        assert_eq!(advance(S::Refused, Step::Invite), Ok(S::Invited), "one may think again");
        assert!(advance(S::Opened, Step::LoseContact).is_err());
    }

    #[test]
    fn what_was_set_aside_stands_again_as_it_stood() {
        for status in S::ALL {
            let expected = if is_set_aside(*status) { Ok(S::Submitted) } else { Err(IllegalStep(*status)) };
            assert_eq!(restored(*status, Some(S::Submitted)), expected);
            assert_eq!(may_decide(*status, Step::Restore), expected.is_ok());
        }
        assert_eq!(restored(S::Ineligible, None), Err(IllegalStep(S::Ineligible)), "it came so");
        assert!(may_decide(S::Invited, Step::RuleOut) && !may_decide(S::Duplicate, Step::RuleOut));
    }

    #[test]
    fn of_two_the_one_that_came_further_counts() {
        let way = [S::Identified, S::Invited, S::Opened, S::Partial, S::Submitted, S::Validated];
        for (at, own) in way.iter().enumerate() {
            for (further, other) in way.iter().enumerate() {
                assert_eq!(takes_place(*other, *own), further > at, "{other:?} {own:?}");
            }
            assert!(takes_place(*own, S::Duplicate), "one that counts is better than none: {own:?}");
            assert!(!takes_place(*own, S::Ineligible) && !takes_place(S::Refused, *own), "{own:?}");
            assert_eq!(takes_place(*own, S::Refused), is_sent(*own), "{own:?}");
        }
        for other in S::ALL {
            assert!(!takes_place(*other, *other), "of two alike its own counts: {other:?}");
            assert!(!takes_place(S::Duplicate, *other) && !takes_place(S::Ineligible, *other), "{other:?}");
        }
    }

    #[test]
    fn answers_are_taken_exactly_while_they_can_be_saved() {
        for status in S::ALL {
            assert_eq!(takes_answers(*status), advance(*status, Step::Save).is_ok(), "{status:?}");
            assert_eq!(takes_answers(*status), advance(*status, Step::Submit).is_ok(), "{status:?}");
        }
    }

    #[test]
    fn rates_leave_out_who_does_not_belong() {
        use CompletedBy::{Organisation, Researcher, Unknown};
        let counted = rates([
            (S::Invited, Unknown, 4),
            (S::Partial, Unknown, 2),
            (S::Submitted, Organisation, 3),
            (S::Validated, Organisation, 1),
            (S::Validated, Researcher, 2),
            (S::Validated, Unknown, 1),
            (S::Refused, Unknown, 2),
            (S::NoContact, Unknown, 1),
            (S::Ineligible, Unknown, 5),
            (S::Duplicate, Unknown, 2),
        ]);
        let expected =
            Rates { all: 23, eligible: 16, complete: 4, desk: 2, unknown: 1, partial: 2, refused: 2, no_contact: 1 };
        assert_eq!(counted, expected);
        assert_eq!(counted.response_rate(), Some(0.25));
        assert_eq!(rates([(S::Duplicate, Unknown, 3)]).response_rate(), None);
        // The example that the method gives: 10 in all, 1 ineligible, 1 duplicate, 5 answered, 2 at the desk, 1 refused.
        let worked = rates([
            (S::Validated, Organisation, 5),
            (S::Validated, Researcher, 2),
            (S::Refused, Unknown, 1),
            (S::Ineligible, Unknown, 1),
            (S::Duplicate, Unknown, 1),
        ]);
        assert_eq!(worked.response_rate(), Some(0.625));
    }
}
