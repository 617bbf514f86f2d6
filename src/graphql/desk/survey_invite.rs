//! Inviting, reminding, and the links by which organisations answer.

use async_graphql::{Enum, ID, InputObject, SimpleObject};

use super::survey_response::SurveyResponse;
use crate::app::survey::invite::{Fate, Invited, Previewed};
use crate::graphql::filter::Filter;
use crate::graphql::node::id;
use crate::graphql::outcome::UserError;
use crate::graphql::vocabulary::ResponseStatus;

/// What would be done by a row of a list.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum InvitationFate {
    /// An organisation that is new to the register is recorded, which nobody sees before somebody has looked at it, and invited.
    New,
    /// An organisation of the register that is not in the wave yet is invited.
    Known,
    /// An organisation that is in the wave already keeps its link, or gets one.
    Again,
    /// Nothing, because of its problems.
    Problem,
}

/// What would become of a row of a list.
#[derive(SimpleObject)]
pub struct InvitationPreview {
    /// Its line, counted from 1 with the header.
    line: u64,
    /// What it calls the organisation, also where it has a problem: its name, or else that in the register, or else the
    /// last part of an address; null where it says none of them.
    name: Option<String>,
    /// What would be done by it.
    fate: InvitationFate,
    /// The last part of the address of the organisation that it is, also where it has a problem; null for one that is new to
    /// the register, or that the row does not tell from others.
    organisation_slug: Option<String>,
    /// How far that organisation has come in the wave; null where it is not in it yet.
    status: Option<ResponseStatus>,
    /// Whether it has a link there that can still be followed, which `invite` leaves unless it is to `renew`. Whoever is in the
    /// wave without one gets a new link.
    has_link: bool,
    /// Whether `invite` with `byLetter` writes to it when it makes its link: the row gives an address, or one is known from
    /// before, and its owner has not said no.
    has_address: bool,
    /// Whether a new organisation would be recorded, which nobody sees before somebody has looked at it.
    is_new: bool,
    /// What is wrong with the row. While any row has a problem, nobody is invited.
    problems: Vec<UserError>,
}

impl From<Previewed> for InvitationPreview {
    fn from(row: Previewed) -> Self {
        let (is_new, has_link) = (matches!(row.fate, Fate::New), row.has_link());
        let (is_again, has_address) = (row.invited_before().is_some(), row.has_address);
        let name = Some(row.name).filter(|name| !name.is_empty());
        let (organisation_slug, status) = row.known.unzip();
        let status = status.flatten().map(Into::into);
        let (fate, problems) = match row.fate {
            Fate::Known { .. } if is_again => (InvitationFate::Again, Vec::new()),
            Fate::Known { .. } => (InvitationFate::Known, Vec::new()),
            Fate::New => (InvitationFate::New, Vec::new()),
            Fate::Problem(faults) => (InvitationFate::Problem, faults.into_iter().map(Into::into).collect()),
        };
        Self { line: row.line, name, fate, organisation_slug, status, has_link, has_address, is_new, problems }
    }
}

/// What `invitationPreview` found.
#[derive(SimpleObject)]
pub struct InvitationPreviewPayload {
    /// One for each row; null where the list cannot be read at all.
    pub(super) rows: Option<Vec<InvitationPreview>>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What `invitationPreview` takes.
#[derive(InputObject)]
pub struct InvitationPreviewInput {
    /// The wave.
    pub(super) wave_id: ID,
    /// A table as CSV or tab-separated text. Its first line names some of the columns `organisation` (the last part
    /// of an address), `name`, `website`, `contact`, `email`, `lang`.
    pub(super) list: String,
}

/// What `invite` takes: a list, or organisations of the register.
#[derive(InputObject)]
pub struct InviteInput {
    /// The wave.
    pub(super) wave_id: ID,
    /// A table as `invitationPreview` takes it.
    pub(super) list: Option<String>,
    /// Organisations of the register by the last parts of their addresses.
    pub(super) organisations: Option<Vec<String>>,
    /// All organisations of the register that a filter selects, at most 2,000.
    pub(super) filter: Option<Filter>,
    /// The language in which organisations of the register are asked, `es` or `en`; a list says it row by row.
    #[graphql(default_with = "\"es\".to_owned()")]
    pub(super) lang: String,
    /// Whether those are written to whose row gives an address, or whose address is known from before. Who has said no is not.
    #[graphql(default = false)]
    pub(super) by_letter: bool,
    /// Whether those that were invited before get new links; their old ones end. Without it a link that can still be followed
    /// stays, and whoever has one is passed over.
    #[graphql(default = false)]
    pub(super) renew: bool,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// An organisation that was invited.
#[derive(SimpleObject)]
pub struct InvitedOrganisation {
    /// Its line in the list, or its place among the organisations, counted from 1.
    line: u64,
    /// Global id of its response.
    response_id: ID,
    /// Its answer link as a path of this site. It is shown this once: whoever has it can answer.
    answer_path: Option<String>,
}

impl From<Invited> for InvitedOrganisation {
    fn from(one: Invited) -> Self {
        let answer_path = one.secret.map(|secret| format!("/answer/{}", secret.expose()));
        Self { line: one.line, response_id: id("response", one.response.0), answer_path }
    }
}

/// Organisations that were invited.
#[derive(SimpleObject)]
pub struct InvitePayload {
    /// One for each that has a new link; whoever was passed over is not among them. Null where something was
    /// wrong, and nobody was invited.
    pub(super) invited: Option<Vec<InvitedOrganisation>>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What `reminderSend` takes.
#[derive(InputObject)]
pub struct ReminderSendInput {
    /// The wave.
    pub(super) wave_id: ID,
    /// Only these, of those who are due; all who are due where left out.
    pub(super) response_ids: Option<Vec<ID>>,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// Those who are reminded.
#[derive(SimpleObject)]
pub struct ReminderSendPayload {
    /// Global ids of their responses; null where nobody was written to.
    pub(super) response_ids: Option<Vec<ID>>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What `invitationRenew` takes.
#[derive(InputObject)]
pub struct InvitationRenewInput {
    /// The response whose link is made anew; those before it are worthless from then on.
    pub(super) response_id: ID,
    /// The sender's own name for this request: repeated, it is done once, and the link is not told again.
    pub(super) idempotency_key: Option<String>,
}

/// What `invitationRevoke` takes: one link, or all of a response.
#[derive(InputObject)]
pub struct InvitationRevokeInput {
    /// The link.
    pub(super) invitation_id: Option<ID>,
    /// The response whose links all end.
    pub(super) response_id: Option<ID>,
}

/// A link that was made anew, or links that were ended.
#[derive(SimpleObject)]
pub struct InvitationPayload {
    /// Whose link it is; null where nothing was done.
    pub(super) response: Option<SurveyResponse>,
    /// The new link as a path of this site, shown this once; null where none was made.
    pub(super) answer_path: Option<String>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
