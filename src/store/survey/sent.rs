//! What was sent: answers that never change again, and what they say of the organisation.

use std::collections::HashSet;

use entity::id::{DatasetId, OrganisationId, ResponseId, SourceId, WaveId};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::store::{Db, Error, Transaction, fact, sql};

/// An answer as it is stored.
pub type Answer = entity::answer::Model;
/// A proposal as it is stored.
pub type Proposal = entity::proposal::Model;

/// All that one sending brings.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub answers: Vec<Answer>,
    pub uses: Vec<entity::use_claim::Model>,
    pub impacts: Vec<entity::impact_claim::Model>,
    pub evidence: Vec<entity::evidence::Model>,
    pub proposals: Vec<Proposal>,
    pub feedback: Vec<entity::dataset_feedback::Model>,
}

/// Stores it.
pub async fn insert(transaction: &Transaction, sent: Sent) -> Result<(), Error> {
    macro_rules! put {
        ($($table:ident: $rows:expr),+) => {$(
            let rows: Vec<_> = $rows.into_iter().map(IntoActiveModel::into_active_model).collect();
            for chunk in rows.chunks(fact::ROWS) {
                entity::$table::Entity::insert_many(chunk.to_vec()).exec_without_returning(transaction).await?;
            }
        )+};
    }
    put!(
        answer: sent.answers,
        use_claim: sent.uses,
        impact_claim: sent.impacts,
        evidence: sent.evidence,
        proposal: sent.proposals,
        dataset_feedback: sent.feedback
    );
    Ok(())
}

/// Whether an answer is as it was sent, or came with an import: what a reviewer has accepted for all to see stands
/// beside it and is no answer of its own.
fn as_sent() -> SimpleExpr {
    use entity::answer::Column;
    Column::CreatedBy.is_null().or(Expr::col(Column::CreatedBy).equals(Column::ResponseId))
}

/// The answers that a response has sent.
pub async fn answers(db: &Db, response: ResponseId) -> Result<Vec<Answer>, Error> {
    use entity::answer::{Column, Entity};
    let own = Column::ResponseId.eq(response).and(Column::SupersededAt.is_null());
    Entity::find().filter(own.and(as_sent())).order_by_asc(Column::Question).all(&db.reader).await
}

/// The answers that these responses have sent.
pub async fn answers_of_all(db: &Db, responses: &[ResponseId]) -> Result<Vec<Answer>, Error> {
    use entity::answer::{Column, Entity};
    let own = Column::ResponseId.is_in(responses.iter().copied()).and(Column::SupersededAt.is_null());
    Entity::find().filter(own.and(as_sent())).order_by_asc(Column::Question).all(&db.reader).await
}

/// What is for all to see of what the organisations of a wave have answered: whose it is, and by which question. The
/// answers themselves are kept apart and shown to nobody; what they say is proposed or claimed.
pub async fn public_questions(
    db: &Db,
    wave: WaveId,
    source: SourceId,
) -> Result<HashSet<(OrganisationId, String)>, Error> {
    let text = "select organisation_id, question from proposal where wave_id = ? and visibility = 'public'
                union select coalesce(u.organisation_id, i.organisation_id), e.locator from evidence e
                left join use_claim u on u.id = e.use_claim_id left join impact_claim i on i.id = e.impact_claim_id
                where e.source_id = ? and e.visibility = 'public' and e.locator is not null
                and coalesce(u.organisation_id, i.organisation_id) is not null";
    let rows = db.reader.query_all_raw(sql(db.backend(), text, [wave.0.into(), source.0.into()])).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// The proposals that a response has made.
pub async fn proposals(db: &Db, response: ResponseId) -> Result<Vec<Proposal>, Error> {
    use entity::proposal::{Column, Entity};
    Entity::find().filter(Column::ResponseId.eq(response)).order_by_asc(Column::Id).all(&db.reader).await
}

/// The public datasets among these, with their publishers; a series is told from its editions.
pub async fn datasets(
    transaction: &Transaction,
    ids: &[DatasetId],
) -> Result<Vec<(DatasetId, OrganisationId, bool)>, Error> {
    use entity::dataset::{Column, Entity};
    let these = Column::EntityId.is_in(ids.iter().copied()).and(Column::SupersededAt.is_null());
    let public = Column::Visibility.eq(entity::vocabulary::RowVisibility::Public);
    let rows = Entity::find().filter(these.and(public)).all(transaction).await?;
    Ok(rows.into_iter().map(|row| (row.entity_id, row.publisher_id, row.is_series)).collect())
}

/// The public bodies among these.
pub async fn publishers(transaction: &Transaction, ids: &[OrganisationId]) -> Result<Vec<OrganisationId>, Error> {
    use entity::publisher_profile::{Column, Entity};
    let these = Column::OrganisationId.is_in(ids.iter().copied()).and(Column::SupersededAt.is_null());
    let public = Column::Visibility.eq(entity::vocabulary::RowVisibility::Public);
    let rows = Entity::find().filter(these.and(public)).all(transaction).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// Stores the source that the answers of a wave are cited as, unless it is there.
pub async fn insert_source(transaction: &Transaction, source: entity::source::Model) -> Result<(), Error> {
    use entity::source::Entity;
    if Entity::find_by_id(source.id).one(transaction).await?.is_none() {
        Entity::insert(source.into_active_model()).exec_without_returning(transaction).await?;
    }
    Ok(())
}
