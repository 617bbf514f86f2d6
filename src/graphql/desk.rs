//! The schema of those who are signed in. Each area of the desk brings its questions and its changes; they are
//! merged into one schema here. None of its types is in the public schema.

pub mod access_mutation;
pub mod access_query;
pub mod account;
pub mod feedback;
pub mod grant;
pub mod history;
pub mod matching;
pub mod matching_mutation;
pub mod matching_query;
pub mod program;
pub mod publisher;
pub mod publisher_mutation;
pub mod publisher_query;
pub mod relation;
pub mod request;
pub mod request_mutation;
pub mod request_query;
pub mod review;
pub mod review_mutation;
pub mod review_query;
pub mod session;
pub mod survey_instrument;
pub mod survey_invite;
pub mod survey_mutation;
pub mod survey_query;
pub mod survey_response;
pub mod survey_study;
pub mod takeover;
pub mod takeover_mutation;
pub mod takeover_query;

use std::sync::Arc;

use async_graphql::dataloader::DataLoader;
use async_graphql::{EmptySubscription, MergedObject, Request, Schema};

use super::caller::Caller;
use access_mutation::AccessMutation;
use access_query::AccessQuery;
use feedback::{FeedbackDeskMutation, FeedbackQuery};
use grant::Grants;
use matching_mutation::MatchingMutation;
use matching_query::MatchingQuery;
use publisher_mutation::PublisherMutation;
use publisher_query::PublisherQuery;
use request_mutation::RequestMutation;
use request_query::RequestQuery;
use review_mutation::ReviewMutation;
use review_query::ReviewQuery;
use survey_mutation::SurveyMutation;
use survey_query::SurveyQuery;
use takeover_mutation::TakeoverMutation;
use takeover_query::TakeoverQuery;

/// Everything that can be asked at the desk.
#[derive(Default, MergedObject)]
pub struct DeskQuery(
    AccessQuery,
    SurveyQuery,
    ReviewQuery,
    RequestQuery,
    MatchingQuery,
    PublisherQuery,
    FeedbackQuery,
    TakeoverQuery,
);

/// Everything that can be changed at the desk.
#[derive(Default, MergedObject)]
pub struct DeskMutation(
    AccessMutation,
    SurveyMutation,
    ReviewMutation,
    RequestMutation,
    MatchingMutation,
    PublisherMutation,
    FeedbackDeskMutation,
    TakeoverMutation,
);

/// The schema of the desk.
pub type DeskSchema = Schema<DeskQuery, DeskMutation, EmptySubscription>;

/// Gives a request the loaders of its own: what they read is what its sender may see.
pub(super) fn attach(request: Request, caller: &Arc<Caller>) -> Request {
    request.data(DataLoader::new(Grants(Arc::clone(caller)), tokio::spawn))
}

/// Builds it. It guesses no names: what somebody may not know is not suggested either.
pub fn schema() -> DeskSchema {
    Schema::build(DeskQuery::default(), DeskMutation::default(), EmptySubscription)
        .disable_suggestions()
        .limit_depth(16)
        .limit_complexity(20_000)
        .limit_directives(4)
        .limit_recursive_depth(32)
        .finish()
}

/// Its description, as checked in under `desk.graphql`.
pub fn sdl() -> String {
    let mut sdl = schema().sdl();
    if !sdl.ends_with('\n') {
        sdl.push('\n');
    }
    sdl
}
