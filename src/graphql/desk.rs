//! The schema of those who are signed in: their own account, and the accounts of others for those who manage
//! them. None of its types is in the public schema.

pub mod account;
pub mod grant;
pub mod mutation;
pub mod program;
pub mod query;
pub mod session;

use std::sync::Arc;

use async_graphql::dataloader::DataLoader;
use async_graphql::{EmptySubscription, Request, Schema};

use super::caller::Caller;
use grant::Grants;
use mutation::DeskMutation;
use query::DeskQuery;

/// The schema of the desk.
pub type DeskSchema = Schema<DeskQuery, DeskMutation, EmptySubscription>;

/// Gives a request the loaders of its own: what they read is what its sender may see.
pub(super) fn attach(request: Request, caller: &Arc<Caller>) -> Request {
    request.data(DataLoader::new(Grants(Arc::clone(caller)), tokio::spawn))
}

/// Builds it. It guesses no names: what somebody may not know is not suggested either.
pub fn schema() -> DeskSchema {
    Schema::build(DeskQuery, DeskMutation, EmptySubscription)
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
