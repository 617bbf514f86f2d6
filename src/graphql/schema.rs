//! The public schema, put together. Its limits are the second wall: the guard has refused what is too large
//! before these are counted.

use async_graphql::{EmptySubscription, MergedObject, Schema};

use super::answering::AnswerMutation;
use super::feedback::FeedbackMutation;
use super::figure::Aggregate;
use super::node::Node;
use super::proposal::ProposalMutation;
use super::query::Query;
use super::request_mutation::Requests;
use super::sign_in::SignInMutation;

/// Everything that can be changed.
#[derive(Default, MergedObject)]
pub struct Mutation(SignInMutation, AnswerMutation, ProposalMutation, Requests, FeedbackMutation);

/// The public schema: read only, but for signing in, for answering by a link and for what is proposed, reported or said.
pub type PublicSchema = Schema<Query, Mutation, EmptySubscription>;

/// What a query may cost, as async-graphql counts.
pub(crate) const COMPLEXITY: usize = 20_000;

/// Builds it.
pub fn schema() -> PublicSchema {
    Schema::build(Query, Mutation::default(), EmptySubscription)
        .register_output_type::<Aggregate>()
        .register_output_type::<Node>()
        .limit_depth(16)
        .limit_complexity(COMPLEXITY)
        .limit_directives(4)
        // Fragments count here, and those of introspection go deeper than any query of ours.
        .limit_recursive_depth(32)
        .finish()
}

/// Its description, as checked in under `schema.graphql`.
pub fn sdl() -> String {
    let mut sdl = schema().sdl();
    if !sdl.ends_with('\n') {
        sdl.push('\n');
    }
    sdl
}
