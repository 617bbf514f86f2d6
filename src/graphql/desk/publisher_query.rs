//! What can be asked by those who speak for a publisher.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{OrganisationId, UseClaimId};

use super::access_mutation::named;
use super::publisher::{
    ClaimsConfirmPreview, DigestEvery, PublisherBody, PublisherClaim, PublisherClaimConnection, PublisherClaimEdge,
};
use super::publisher_mutation::{ClaimsConfirmManyInput, read_many};
use crate::app::publisher::claim::{self, Wanted};
use crate::app::publisher::{digest, many};
use crate::domain::access::Action;
use crate::domain::text::fold;
use crate::graphql::caller::access;
use crate::graphql::may::May;
use crate::graphql::outcome::{refuse, settle};
use crate::graphql::page::{PageInfo, bad_cursor, first_of, open, seal};
use crate::graphql::vocabulary::{Grade, PublisherAck};

/// Questions of those who speak for a publisher.
#[derive(Default)]
pub struct PublisherQuery;

/// Questions of those who speak for a publisher.
#[Object]
impl PublisherQuery {
    /// The bodies that the reader speaks for now, those that a role names first.
    #[graphql(guard = "May(Action::ConfirmAsPublisher)")]
    async fn my_publishers(&self, ctx: &Context<'_>) -> Result<Vec<PublisherBody>> {
        let (access, actor) = access(ctx)?;
        let found = claim::bodies(&access.ctx, actor).await.map_err(refuse)?;
        Ok(found.into_iter().map(PublisherBody).collect())
    }

    /// Claims on the data of those bodies, in the order of the organisations that use it.
    #[expect(clippy::too_many_arguments, reason = "one argument of the field each")]
    #[graphql(guard = "May(Action::ConfirmAsPublisher)")]
    async fn publisher_claims(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those on this body and what belongs to it.")] publisher_id: Option<ID>,
        #[graphql(desc = "Only those that stand so with their publisher.")] ack: Option<Vec<PublisherAck>>,
        #[graphql(desc = "Only those of this grade.")] grade: Option<Grade>,
        #[graphql(desc = "Only those of organisations whose name holds this.")] search: Option<String>,
        #[graphql(desc = "How many, at most 100.", default = 20, validator(minimum = 1, maximum = 100))] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the claim before the first.")] after: Option<String>,
    ) -> Result<PublisherClaimConnection> {
        let (access, actor) = access(ctx)?;
        let body = publisher_id.map(|id| named("publisher", &id).map(OrganisationId)).transpose().map_err(refuse)?;
        let first = first_of(first, 20);
        let after = after.map(|cursor| place(&cursor)).transpose()?;
        let wanted = Wanted {
            ack: ack.unwrap_or_default().into_iter().map(Into::into).collect(),
            unanswered: false,
            grade: grade.map(Into::into),
            dataset: None,
            text: search.map(|text| fold(&text)).filter(|text| !text.is_empty()),
            after: after.clone(),
            first: first as u64 + 1,
        };
        let mut found = claim::list(&access.ctx, actor, body, &wanted).await.map_err(refuse)?;
        let has_next_page = found.len() > first;
        found.truncate(first);
        let edges: Vec<_> = found
            .into_iter()
            .map(|one| PublisherClaimEdge {
                cursor: seal(&format!("{} {}", one.claim.id, one.claim.organisation_folded)),
                node: PublisherClaim(one),
            })
            .collect();
        let page_info = PageInfo {
            has_next_page,
            has_previous_page: after.is_some(),
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: edges.last().map(|edge| edge.cursor.clone()),
        };
        Ok(PublisherClaimConnection { edges, page_info })
    }

    /// What one answer to many claims would make of each. Nothing changes.
    #[graphql(guard = "May(Action::ConfirmAsPublisher)")]
    async fn claims_confirm_preview(
        &self,
        ctx: &Context<'_>,
        input: ClaimsConfirmManyInput,
    ) -> Result<ClaimsConfirmPreview> {
        let (access, actor) = access(ctx)?;
        let done = match read_many(input) {
            Ok((many, _)) => many::preview(&access.ctx, actor, &many).await,
            Err(error) => Err(error),
        };
        let (changes, user_errors) = settle(done)?;
        let changes = changes.map(|changes| changes.into_iter().map(Into::into).collect());
        Ok(ClaimsConfirmPreview { changes, user_errors })
    }

    /// How often the reader is written to about what waits.
    #[graphql(guard = "May(Action::ConfirmAsPublisher)")]
    async fn digest_every(&self, ctx: &Context<'_>) -> Result<DigestEvery> {
        let (access, actor) = access(ctx)?;
        digest::setting(&access.ctx, actor).await.map(Into::into).map_err(refuse)
    }
}

fn place(cursor: &str) -> Result<(String, UseClaimId)> {
    let words = open(cursor)?;
    let (id, folded) = words.split_once(' ').ok_or_else(bad_cursor)?;
    let id = id.parse().map_err(|_| bad_cursor())?;
    Ok((folded.to_owned(), UseClaimId(id)))
}
