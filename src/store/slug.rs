//! Ends of addresses: one that no record has, nor has had. A record that has moved keeps its old address, which leads on.

use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use super::Error;
use super::review::On;

/// Records that have pages of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Organisation,
    Dataset,
    DataRequest,
}

impl Kind {
    /// As redirects name it.
    fn table(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Dataset => "dataset",
            Self::DataRequest => "data_request",
        }
    }

    /// Words that are pages where its records have theirs.
    fn is_page(self, slug: &str) -> bool {
        self == Self::DataRequest && slug == "new"
    }
}

/// The slug itself, or with the first number that makes it free.
pub async fn free(on: On<'_>, kind: Kind, base: String) -> Result<String, Error> {
    let mut free = base.clone();
    let mut number = 2;
    while kind.is_page(&free) || is_taken(on, kind, &free).await? {
        free = format!("{base}-{number}");
        number += 1;
    }
    Ok(free)
}

async fn is_taken(on: On<'_>, kind: Kind, slug: &str) -> Result<bool, Error> {
    use entity::{data_request, dataset, organisation, slug_redirect};
    let of = slug_redirect::Column::Kind.eq(kind.table()).and(slug_redirect::Column::Slug.eq(slug));
    if on.one(slug_redirect::Entity::find().filter(of)).await?.is_some() {
        return Ok(true);
    }
    Ok(match kind {
        Kind::Organisation => {
            on.one(organisation::Entity::find().filter(organisation::Column::Slug.eq(slug))).await?.is_some()
        }
        Kind::Dataset => on.one(dataset::Entity::find().filter(dataset::Column::Slug.eq(slug))).await?.is_some(),
        Kind::DataRequest => {
            on.one(data_request::Entity::find().filter(data_request::Column::Slug.eq(slug))).await?.is_some()
        }
    })
}
