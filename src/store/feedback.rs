//! What users say about datasets.

use entity::dataset_feedback::{Column, Entity, Model};
use entity::id::{DatasetFeedbackId, DatasetId, OrganisationId, ResponseId};
use entity::vocabulary::{FeedbackState, Moderation};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect,
};

use super::{Db, Error, Transaction, sql};
use crate::domain::draft::LangText;

/// Feedback as it is stored.
pub type Feedback = Model;

/// Feedback with the dataset that it is about.
#[derive(Clone, Debug)]
pub struct Listed {
    pub feedback: Feedback,
    pub dataset_slug: String,
    pub dataset_title: LangText,
    pub publisher: OrganisationId,
}

/// What waits for a look, the oldest first.
pub async fn pending(db: &Db, first: u64) -> Result<Vec<Listed>, Error> {
    let waiting = Column::Moderation.eq(Moderation::Pending).and(Column::SupersededAt.is_null());
    let rows = Entity::find().filter(waiting).order_by_asc(Column::SubmittedAt).order_by_asc(Column::Id).limit(first);
    with_datasets(&db.reader, rows.all(&db.reader).await?).await
}

/// What somebody has looked at, the latest first.
pub async fn decided(db: &Db, first: u64) -> Result<Vec<Listed>, Error> {
    let looked_at = Column::Moderation.ne(Moderation::Pending).and(Column::SupersededAt.is_null());
    let rows =
        Entity::find().filter(looked_at).order_by_desc(Column::ModeratedAt).order_by_desc(Column::Id).limit(first);
    with_datasets(&db.reader, rows.all(&db.reader).await?).await
}

/// The account that gave something, if it was one. What nobody had signed is signed by whoever changed it first, so that
/// only its first version tells.
pub async fn author(transaction: &Transaction, id: DatasetFeedbackId) -> Result<Option<uuid::Uuid>, Error> {
    let versions = Entity::find().filter(Column::EntityId.eq(id)).order_by_asc(Column::RecordedAt);
    Ok(versions.one(transaction).await?.and_then(|first| first.created_by))
}

/// What came with a response.
pub async fn of_response(transaction: &Transaction, id: ResponseId) -> Result<Vec<DatasetFeedbackId>, Error> {
    let of = Entity::find().filter(Column::ResponseId.eq(id).and(Column::SupersededAt.is_null()));
    Ok(of.all(transaction).await?.into_iter().map(|row| row.entity_id).collect())
}

/// What everybody may read about datasets of some bodies, what is open first.
pub async fn shown(db: &Db, bodies: &[OrganisationId], first: u64) -> Result<Vec<Listed>, Error> {
    use entity::dataset::{Column as Of, Entity as Datasets};
    let own = Of::PublisherId.is_in(bodies.iter().copied()).and(Of::SupersededAt.is_null());
    let ids = Datasets::find().filter(own).all(&db.reader).await?.into_iter().map(|row| row.entity_id);
    let ids: Vec<DatasetId> = ids.collect();
    let mut rows = Vec::new();
    for ids in ids.chunks(5_000) {
        let shown = Column::Moderation.eq(Moderation::Shown).and(Column::SupersededAt.is_null());
        let these = Column::DatasetId.is_in(ids.iter().copied()).and(Column::Comment.is_not_null());
        rows.extend(Entity::find().filter(shown.and(these)).all(&db.reader).await?);
    }
    rows.sort_by_key(|row| (row.state != FeedbackState::Open, row.submitted_at, row.id));
    rows.truncate(usize::try_from(first).unwrap_or(usize::MAX));
    with_datasets(&db.reader, rows).await
}

/// One, with its dataset.
pub async fn one(transaction: &Transaction, id: DatasetFeedbackId) -> Result<Option<Listed>, Error> {
    let row = Entity::find_by_id(id).filter(Column::SupersededAt.is_null()).one(transaction).await?;
    Ok(with_datasets(transaction, row.into_iter().collect()).await?.pop())
}

async fn with_datasets(connection: &impl ConnectionTrait, rows: Vec<Feedback>) -> Result<Vec<Listed>, Error> {
    let mut listed = Vec::with_capacity(rows.len());
    for feedback in rows {
        if let Some((slug, title, publisher)) = dataset(connection, feedback.dataset_id).await? {
            listed.push(Listed { feedback, dataset_slug: slug, dataset_title: title, publisher });
        }
    }
    Ok(listed)
}

async fn dataset(
    connection: &impl ConnectionTrait,
    id: DatasetId,
) -> Result<Option<(String, LangText, OrganisationId)>, Error> {
    let text = "select slug, title, publisher_id from dataset where id = ? and superseded_at is null \
                and visibility = 'public'";
    let row = connection.query_one_raw(sql(connection.get_database_backend(), text, [id.0.into()])).await?;
    let read = |row: QueryResult| {
        let title: String = row.try_get_by_index(1)?;
        let title = serde_json::from_str(&title).map_err(|error| Error::Json(error.to_string()))?;
        Ok((row.try_get_by_index(0)?, title, row.try_get_by_index(2)?))
    };
    row.map(read).transpose()
}

/// The public dataset with this address.
pub async fn dataset_of(transaction: &Transaction, slug: &str) -> Result<Option<DatasetId>, Error> {
    use entity::dataset::{Column as Of, Entity as Datasets};
    let public = Of::Visibility.eq(entity::vocabulary::RowVisibility::Public).and(Of::SupersededAt.is_null());
    Ok(Datasets::find().filter(Of::Slug.eq(slug).and(public)).one(transaction).await?.map(|row| row.entity_id))
}
