//! The queue of the review: cases, and what happened to each.

pub mod facts;

use chrono::{DateTime, Utc};
use entity::id::{AccountId, OrganisationId, ReviewCaseId, StudyId, WaveId};
use entity::review_case::{Column, Entity};
use entity::vocabulary::{CaseKind, CaseStatus};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::{Db, Error, Transaction};

/// A case as it is stored.
pub type Case = entity::review_case::Model;
/// Something that happened to a case.
pub type Event = entity::review_event::Model;

/// Where something is read: in the record as it stands, or in a write under way.
#[derive(Clone, Copy, Debug)]
pub enum On<'a> {
    Record(&'a Db),
    Write(&'a Transaction),
}

impl On<'_> {
    pub(super) async fn all<E: EntityTrait>(self, select: Select<E>) -> Result<Vec<E::Model>, Error> {
        match self {
            Self::Record(db) => select.all(&db.reader).await,
            Self::Write(transaction) => select.all(transaction).await,
        }
    }

    pub(super) async fn one<E: EntityTrait>(self, select: Select<E>) -> Result<Option<E::Model>, Error> {
        match self {
            Self::Record(db) => select.one(&db.reader).await,
            Self::Write(transaction) => select.one(transaction).await,
        }
    }
}

/// Which cases are asked for; what is left out does not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that wait for a decision, or only those that have had one.
    pub is_open: Option<bool>,
    pub kinds: Vec<CaseKind>,
    pub study: Option<StudyId>,
    pub wave: Option<WaveId>,
    pub publisher: Option<OrganisationId>,
    pub organisation: Option<OrganisationId>,
    pub assignee: Option<Assignee>,
    /// Only those that somebody else has proposed: nobody decides on what they have proposed themselves.
    pub not_by: Option<AccountId>,
    /// Only those that were opened before.
    pub opened_before: Option<DateTime<Utc>>,
    pub has_problem: Option<bool>,
    pub mentions_person: Option<bool>,
    /// Only those of these studies, whatever else is asked for: what the reader may see.
    pub within: Option<Vec<StudyId>>,
}

/// Who has a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignee {
    Nobody,
    Somebody(AccountId),
}

/// Cases of some kinds that wait for a decision, but one, the latest first.
pub async fn waiting(db: &Db, kinds: &[CaseKind], but: ReviewCaseId, most: u64) -> Result<Vec<Case>, Error> {
    Entity::find()
        .filter(Column::Status.is_in(OPEN))
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .filter(Column::Id.ne(but))
        .order_by_desc(Column::OpenedAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(&db.reader)
        .await
}

const OPEN: [CaseStatus; 3] = [CaseStatus::Open, CaseStatus::UnderReview, CaseStatus::Asked];

fn narrowed(filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if let Some(is_open) = filter.is_open {
        all = all.add(if is_open { Column::Status.is_in(OPEN) } else { Column::Status.is_not_in(OPEN) });
    }
    if !filter.kinds.is_empty() {
        all = all.add(Column::Kind.is_in(filter.kinds.iter().copied()));
    }
    if let Some(studies) = &filter.within {
        all = all.add(Column::StudyId.is_in(studies.iter().copied()));
    }
    all.add_option(filter.study.map(|id| Column::StudyId.eq(id)))
        .add_option(filter.wave.map(|id| Column::WaveId.eq(id)))
        .add_option(filter.publisher.map(|id| Column::PublisherId.eq(id)))
        .add_option(filter.organisation.map(|id| Column::OrganisationId.eq(id)))
        .add_option(filter.opened_before.map(|at| Column::OpenedAt.lt(at)))
        .add_option(filter.not_by.map(|id| Column::ProposerId.is_null().or(Column::ProposerId.ne(id.0))))
        .add_option(filter.mentions_person.map(|is| Column::MentionsPerson.eq(is)))
        .add_option(filter.has_problem.map(
            |has| {
                if has { Column::Problem.is_not_null() } else { Column::Problem.is_null() }
            },
        ))
        .add_option(filter.assignee.map(|assignee| match assignee {
            Assignee::Nobody => Column::AssigneeId.is_null(),
            Assignee::Somebody(id) => Column::AssigneeId.eq(id),
        }))
}

/// The cases after one of them, the oldest first.
pub async fn page(
    db: &Db,
    filter: &Filter,
    after: Option<(DateTime<Utc>, ReviewCaseId)>,
    first: u64,
) -> Result<Vec<Case>, Error> {
    let mut found = Entity::find().filter(narrowed(filter));
    if let Some((at, id)) = after {
        found = found.filter(Column::OpenedAt.gt(at).or(Column::OpenedAt.eq(at).and(Column::Id.gt(id))));
    }
    found.order_by_asc(Column::OpenedAt).order_by_asc(Column::Id).limit(first).all(&db.reader).await
}

/// The case before one of them.
pub async fn previous(
    db: &Db,
    filter: &Filter,
    (at, id): (DateTime<Utc>, ReviewCaseId),
) -> Result<Option<Case>, Error> {
    let before = Column::OpenedAt.lt(at).or(Column::OpenedAt.eq(at).and(Column::Id.lt(id)));
    let found = Entity::find().filter(narrowed(filter)).filter(before);
    found.order_by_desc(Column::OpenedAt).order_by_desc(Column::Id).one(&db.reader).await
}

/// The studies that cases come from, with their titles.
pub async fn studies(db: &Db) -> Result<Vec<(StudyId, String)>, Error> {
    let cases = Entity::find().filter(Column::StudyId.is_not_null());
    let ids: Vec<Option<StudyId>> =
        cases.select_only().column(Column::StudyId).distinct().into_tuple().all(&db.reader).await?;
    let found = entity::study::Entity::find()
        .filter(entity::study::Column::EntityId.is_in(ids.into_iter().flatten()))
        .filter(entity::study::Column::SupersededAt.is_null())
        .all(&db.reader)
        .await?;
    Ok(found.into_iter().map(|study| (study.entity_id, study.title)).collect())
}

/// How many there are.
pub async fn count(db: &Db, filter: &Filter) -> Result<u64, Error> {
    Entity::find().filter(narrowed(filter)).count(&db.reader).await
}

/// How many of each kind there are.
pub async fn counts(db: &Db, filter: &Filter) -> Result<Vec<(CaseKind, i64)>, Error> {
    let any_kind = Filter { kinds: Vec::new(), ..filter.clone() };
    Entity::find()
        .filter(narrowed(&any_kind))
        .select_only()
        .column(Column::Kind)
        .column_as(Column::Id.count(), "number")
        .group_by(Column::Kind)
        .order_by_asc(Column::Kind)
        .into_tuple()
        .all(&db.reader)
        .await
}

/// A case.
pub async fn case(on: On<'_>, id: ReviewCaseId) -> Result<Option<Case>, Error> {
    on.one(Entity::find_by_id(id)).await
}

/// The cases of these ids.
pub async fn cases(on: On<'_>, ids: &[ReviewCaseId]) -> Result<Vec<Case>, Error> {
    on.all(Entity::find().filter(Column::Id.is_in(ids.iter().copied()))).await
}

/// The cases about a record, the newest first.
pub async fn of_subject(on: On<'_>, subject: Uuid) -> Result<Vec<Case>, Error> {
    on.all(Entity::find().filter(Column::SubjectId.eq(subject)).order_by_desc(Column::Id)).await
}

/// The cases of one kind about an organisation, the newest first.
pub async fn of_kind(on: On<'_>, organisation: OrganisationId, kind: CaseKind) -> Result<Vec<Case>, Error> {
    let these = Column::OrganisationId.eq(organisation).and(Column::Kind.eq(kind));
    on.all(Entity::find().filter(these).order_by_desc(Column::Id)).await
}

/// What somebody has proposed, the newest first.
pub async fn proposed_by(db: &Db, proposer: Uuid, first: u64) -> Result<Vec<Case>, Error> {
    let own = Entity::find().filter(Column::ProposerId.eq(proposer));
    own.order_by_desc(Column::OpenedAt).order_by_desc(Column::Id).limit(first).all(&db.reader).await
}

/// What is said of an organisation, the newest first.
pub async fn about(db: &Db, organisation: OrganisationId, first: u64) -> Result<Vec<Case>, Error> {
    let own = Entity::find().filter(Column::OrganisationId.eq(organisation));
    own.order_by_desc(Column::OpenedAt).order_by_desc(Column::Id).limit(first).all(&db.reader).await
}

/// Stores new cases.
pub async fn insert(transaction: &Transaction, cases: Vec<Case>) -> Result<(), Error> {
    let rows: Vec<_> = cases.into_iter().map(IntoActiveModel::into_active_model).collect();
    for chunk in rows.chunks(super::fact::ROWS) {
        Entity::insert_many(chunk.to_vec()).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Puts `after` in the place of the case as it was read; `false` where somebody else was quicker.
pub async fn replace(transaction: &Transaction, before: &Case, after: Case) -> Result<bool, Error> {
    let id = after.id;
    let mut row = after.into_active_model().reset_all();
    row.id = sea_orm::ActiveValue::NotSet;
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(id).and(Column::Version.eq(before.version)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes down what happened.
pub async fn note(transaction: &Transaction, event: Event) -> Result<(), Error> {
    entity::review_event::Entity::insert(event.into_active_model())
        .exec_without_returning(transaction)
        .await
        .map(|_| ())
}

/// What happened to a case, in order.
pub async fn events(on: On<'_>, case: ReviewCaseId) -> Result<Vec<Event>, Error> {
    use entity::review_event::{Column, Entity};
    on.all(Entity::find().filter(Column::CaseId.eq(case)).order_by_asc(Column::Number)).await
}
