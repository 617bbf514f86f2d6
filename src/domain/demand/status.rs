//! How a request moves on. Nobody but a curator shows its text to everyone, and nobody but the publisher answers.

use entity::vocabulary::RequestStatus;

/// What is done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A curator has looked at it, and shows it to everyone.
    Triage,
    /// It is passed to the publisher; from here on a term runs.
    Forward,
    /// The publisher says that and when it will publish.
    Plan,
    /// A part of it is published.
    PublishPart,
    /// It is published.
    Publish,
    /// The publisher refuses, and says on what legal basis.
    Reject,
    /// Another request asks for the same.
    MarkDuplicate,
    /// No public body has this data.
    RuleOut,
    /// Whoever made it takes it back.
    Withdraw,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 9] = [
        Self::Triage,
        Self::Forward,
        Self::Plan,
        Self::PublishPart,
        Self::Publish,
        Self::Reject,
        Self::MarkDuplicate,
        Self::RuleOut,
        Self::Withdraw,
    ];
}

/// A step that the state of a request does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this step does not follow from where the request stands ({}); look at it again", .status.as_str())]
pub struct IllegalStep {
    pub status: RequestStatus,
}

/// Where a step leads.
pub fn advance(status: RequestStatus, step: Step) -> Result<RequestStatus, IllegalStep> {
    use RequestStatus as S;
    let to = match (status, step) {
        (S::Submitted, Step::Triage) => S::Triaged,
        (S::Triaged, Step::Forward) => S::Forwarded,
        (S::Forwarded | S::AcceptedPlanned, Step::Plan) => S::AcceptedPlanned,
        (S::Forwarded | S::AcceptedPlanned | S::PartiallyPublished, Step::PublishPart) => S::PartiallyPublished,
        (S::Forwarded | S::AcceptedPlanned | S::PartiallyPublished, Step::Publish) => S::Published,
        (S::Forwarded | S::AcceptedPlanned, Step::Reject) => S::Rejected,
        (S::Submitted | S::Triaged | S::Forwarded | S::AcceptedPlanned, Step::MarkDuplicate) => S::Duplicate,
        (S::Submitted | S::Triaged | S::Forwarded, Step::RuleOut) => S::NotGovernmentData,
        (S::Submitted | S::Triaged | S::Forwarded | S::AcceptedPlanned, Step::Withdraw) => S::Withdrawn,
        _ => return Err(IllegalStep { status }),
    };
    Ok(to)
}

/// Whether something is still to be done about it.
pub fn is_open(status: RequestStatus) -> bool {
    use RequestStatus as S;
    matches!(status, S::Submitted | S::Triaged | S::Forwarded | S::AcceptedPlanned | S::PartiallyPublished)
}

/// Whether the publisher has said something about it.
pub fn is_answered(status: RequestStatus) -> bool {
    use RequestStatus as S;
    matches!(status, S::AcceptedPlanned | S::PartiallyPublished | S::Published | S::Rejected)
}

/// Whether nobody can support it any more: what was asked for is there, or was not wanted after all.
pub fn is_settled(status: RequestStatus) -> bool {
    use RequestStatus as S;
    matches!(status, S::Published | S::Duplicate | S::Withdrawn | S::NotGovernmentData)
}

#[cfg(test)]
mod tests {
    use super::*;
    use RequestStatus as S;

    #[test]
    fn every_pair_of_state_and_step_is_decided() {
        let mut table = String::new();
        for &status in S::ALL {
            let ways = Step::ALL.iter().filter_map(|&step| {
                let to = advance(status, step).ok()?;
                Some(format!("{step:?}>{}", to.as_str()))
            });
            let ways = ways.collect::<Vec<_>>().join(" ");
            let ways = if ways.is_empty() { "the end" } else { &ways };
            table.push_str(&format!("{}: {ways}\n", status.as_str()));
        }
        insta::assert_snapshot!(table, @r"
        submitted: Triage>triaged MarkDuplicate>duplicate RuleOut>not_government_data Withdraw>withdrawn
        triaged: Forward>forwarded MarkDuplicate>duplicate RuleOut>not_government_data Withdraw>withdrawn
        forwarded: Plan>accepted_planned PublishPart>partially_published Publish>published Reject>rejected MarkDuplicate>duplicate RuleOut>not_government_data Withdraw>withdrawn
        accepted_planned: Plan>accepted_planned PublishPart>partially_published Publish>published Reject>rejected MarkDuplicate>duplicate Withdraw>withdrawn
        partially_published: PublishPart>partially_published Publish>published
        published: the end
        rejected: the end
        duplicate: the end
        withdrawn: the end
        not_government_data: the end
        ");
    }

    #[test]
    fn only_triage_shows_a_text_and_only_what_was_forwarded_is_answered() {
        for step in Step::ALL.into_iter().filter(|step| *step != Step::Triage) {
            let to = advance(S::Submitted, step);
            assert!(to.is_err() || !is_open(to.unwrap()), "{step:?} of an unread request leads on");
        }
        for status in [S::Submitted, S::Triaged] {
            for step in [Step::Plan, Step::PublishPart, Step::Publish, Step::Reject] {
                assert!(advance(status, step).is_err(), "{status:?} {step:?}");
            }
        }
    }
}
