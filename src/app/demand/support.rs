//! Support: one for each organisation and one for each person, who is a number to everybody else.

use entity::id::{DataRequestId, OrganisationId};
use entity::vocabulary::RowVisibility;

use super::submit::represented;
use super::{Request, Whose, add_support, object, support_change};
use crate::app::permit::{account, permit};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Scope};
use crate::domain::demand::{Text, is_settled};
use crate::domain::draft::LangText;
use crate::store;
use entity::vocabulary::Role;

/// In whose name, and why.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The slug of the organisation, for its representative; without one it is one's own.
    pub organisation: Option<String>,
    /// Whether a project waits for the data.
    pub blocks_project: bool,
    /// What project, for those who deal with the request.
    pub comment: String,
}

/// Supports a request of the board.
pub async fn support(ctx: &Context, actor: &Actor, slug: &str, given: &Given) -> Result<Request, Error> {
    let (request, whose, visibility) = named(ctx, actor, slug, given.organisation.as_deref()).await?;
    if is_settled(request.status) {
        return Err(Error::Conflict("this request is settled; it needs no more support".to_owned()));
    }
    let mut faults = Vec::new();
    let comment = Text::COMMENT.read(&given.comment, &mut faults);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut write = Write::begin(ctx, actor).await?;
    let on = write.at().date_naive();
    if !add_support(&mut write, &request, whose, (visibility, given.blocks_project, comment), on).await? {
        return Err(Error::Conflict("this request is supported already".to_owned()));
    }
    write.commit("supported", &()).await?;
    Ok(request)
}

/// Takes a support back.
pub async fn withdraw(ctx: &Context, actor: &Actor, slug: &str, organisation: Option<&str>) -> Result<Request, Error> {
    let (request, whose, _) = named(ctx, actor, slug, organisation).await?;
    let mut write = Write::begin(ctx, actor).await?;
    let Some(row) = store::demand::support::find(write.transaction(), request.entity_id, whose).await? else {
        return Err(Error::Conflict("this request is not supported; there is nothing to take back".to_owned()));
    };
    write.change(support_change(&request, row.entity_id.0, row.organisation_id, false));
    if !store::edit::end(write.transaction(), row, write.at()).await? {
        return Err(Error::Conflict("somebody has just changed this; look at it again".to_owned()));
    }
    write.commit("support taken back", &()).await?;
    Ok(request)
}

async fn named(
    ctx: &Context,
    actor: &Actor,
    slug: &str,
    organisation: Option<&str>,
) -> Result<(Request, Whose, RowVisibility), Error> {
    permit(actor, Action::SupportRequest, &Object::platform(ctx.now()))?;
    let account = account(actor)?;
    let request = store::demand::request::by_slug(&ctx.db, slug).await?.ok_or(Error::NotFound)?;
    permit(actor, Action::SupportRequest, &object(ctx, &request).await?)?;
    let (whose, visibility) = match organisation.filter(|slug| !slug.is_empty()) {
        Some(slug) => {
            let (id, visibility) = represented(ctx, actor, slug).await?;
            (Whose::Organisation(id), visibility)
        }
        None => (Whose::Account(account.id), RowVisibility::AggregateOnly),
    };
    Ok((request, whose, visibility))
}

/// Somebody in whose name an actor may support a request.
#[derive(Clone, Debug)]
pub struct Supporter {
    /// Slug and name by language of the organisation; `None` is the actor.
    pub organisation: Option<(String, LangText)>,
    /// Whether the request has this support already.
    pub supports: bool,
}

/// In whose names an actor may support a request: the own first, then those that the actor speaks for.
pub async fn supporters(ctx: &Context, actor: &Actor, request: DataRequestId) -> Result<Vec<Supporter>, Error> {
    let account = account(actor)?;
    let given = store::demand::support::of(&ctx.db, &[request]).await?;
    let own = given.iter().any(|row| row.account_id == Some(account.id));
    let mut all = vec![Supporter { organisation: None, supports: own }];
    for (id, slug, name) in spoken_for(ctx, actor).await? {
        let supports = given.iter().any(|row| row.organisation_id == Some(id));
        all.push(Supporter { organisation: Some((slug, name)), supports });
    }
    Ok(all)
}

/// The organisations that an actor speaks for: slug, and name by language.
pub async fn speaks_for(ctx: &Context, actor: &Actor) -> Result<Vec<(String, LangText)>, Error> {
    Ok(spoken_for(ctx, actor).await?.into_iter().map(|(_, slug, name)| (slug, name)).collect())
}

async fn spoken_for(ctx: &Context, actor: &Actor) -> Result<Vec<(OrganisationId, String, LangText)>, Error> {
    let ids: Vec<OrganisationId> = actor
        .account()
        .into_iter()
        .flat_map(|account| account.held(ctx.now()))
        .filter(|grant| grant.role == Role::OrganisationRepresentative)
        .filter_map(|grant| match grant.scope {
            Scope::Organisation(id) => Some(id),
            _ => None,
        })
        .collect();
    let names = store::demand::body::names(&ctx.db, &ids).await?;
    let read = |name: &str| serde_json::from_str(name).map_err(|error| Error::Internal(error.into()));
    names.into_iter().map(|(id, slug, name)| Ok((id, slug, read(&name)?))).collect()
}
