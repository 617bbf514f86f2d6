//! What a reviewer compares: what stands in the record beside what is proposed.

use entity::id::{
    AccountId, CodeId, DatasetId, IndicatorDefinitionId, OrganisationId, OrganisationIdentifierId, ProposalId,
    SourceId, WaveId,
};
use entity::vocabulary::{Attribute, ClaimStatus, CodeRole, IdentifierScheme, ProposalKind, RowVisibility};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::On;
use crate::store::{Error, Transaction, fact};

/// The current row of a table with an entity id.
macro_rules! current {
    ($($(#[$doc:meta])* $name:ident: $table:ident by $id:ty),+ $(,)?) => {$(
        $(#[$doc])*
        pub async fn $name(on: On<'_>, id: $id) -> Result<Option<entity::$table::Model>, Error> {
            use entity::$table::{Column, Entity};
            on.one(Entity::find().filter(Column::EntityId.eq(id).and(Column::SupersededAt.is_null()))).await
        }
    )+};
}

current! {
    /// An organisation.
    organisation: organisation by OrganisationId,
    /// A dataset.
    dataset: dataset by DatasetId,
    /// A use claim.
    use_claim: use_claim by entity::id::UseClaimId,
    /// An impact claim.
    impact_claim: impact_claim by entity::id::ImpactClaimId,
    /// A value of an indicator.
    observation: indicator_observation by entity::id::IndicatorObservationId,
    /// A source.
    source: source by SourceId,
    /// An identifier.
    identifier: organisation_identifier by OrganisationIdentifierId,
}

/// Rows of a table with these entity ids.
macro_rules! of_ids {
    ($($(#[$doc:meta])* $name:ident: $table:ident by $id:ty),+ $(,)?) => {$(
        $(#[$doc])*
        pub async fn $name(on: On<'_>, ids: &[$id]) -> Result<Vec<entity::$table::Model>, Error> {
            use entity::$table::{Column, Entity};
            if ids.is_empty() {
                return Ok(Vec::new());
            }
            let these = Column::EntityId.is_in(ids.iter().copied()).and(Column::SupersededAt.is_null());
            on.all(Entity::find().filter(these)).await
        }
    )+};
}

of_ids! {
    /// Organisations.
    organisations: organisation by OrganisationId,
    /// Datasets.
    datasets: dataset by DatasetId,
    /// Sources.
    sources: source by SourceId,
    /// Waves.
    waves: wave by WaveId,
    /// Use claims.
    use_claims: use_claim by entity::id::UseClaimId,
    /// Impact claims.
    impact_claims: impact_claim by entity::id::ImpactClaimId,
    /// Values of indicators.
    observations: indicator_observation by entity::id::IndicatorObservationId,
}

/// The row that holds the keyed hash of an RFC, whosever it is.
pub async fn with_rfc(on: On<'_>, hash: &str) -> Result<Option<entity::organisation_identifier::Model>, Error> {
    use entity::organisation_identifier::{Column, Entity};
    let this = Column::Scheme.eq(IdentifierScheme::RfcHmac).and(Column::Value.eq(hash));
    on.one(Entity::find().filter(this.and(Column::SupersededAt.is_null()))).await
}

/// The keyed hashes of the RFC of an organisation: one, or two after a merge.
pub async fn rfcs_of(on: On<'_>, id: OrganisationId) -> Result<Vec<entity::organisation_identifier::Model>, Error> {
    use entity::organisation_identifier::{Column, Entity};
    let theirs = Column::OrganisationId.eq(id).and(Column::Scheme.eq(IdentifierScheme::RfcHmac));
    on.all(Entity::find().filter(theirs.and(Column::SupersededAt.is_null()))).await
}

/// The codes with these ids.
pub async fn codes(on: On<'_>, ids: &[CodeId]) -> Result<Vec<entity::code::Model>, Error> {
    use entity::code::{Column, Entity};
    on.all(Entity::find().filter(Column::Id.is_in(ids.iter().copied()))).await
}

/// The indicators with these ids.
pub async fn indicators(
    on: On<'_>,
    ids: &[IndicatorDefinitionId],
) -> Result<Vec<entity::indicator_definition::Model>, Error> {
    use entity::indicator_definition::{Column, Entity};
    on.all(Entity::find().filter(Column::Id.is_in(ids.iter().copied()))).await
}

/// The names that accounts show, by id.
pub async fn accounts(on: On<'_>, ids: &[AccountId]) -> Result<Vec<(AccountId, String)>, Error> {
    use entity::account::{Column, Entity};
    let found = on.all(Entity::find().filter(Column::Id.is_in(ids.iter().copied()))).await?;
    Ok(found.into_iter().map(|row| (row.id, row.display_name)).collect())
}

/// An account.
pub async fn account(on: On<'_>, id: AccountId) -> Result<Option<entity::account::Model>, Error> {
    on.one(entity::account::Entity::find_by_id(id)).await
}

/// The roles of an account, those that have ended included.
pub async fn grants_of(on: On<'_>, id: AccountId) -> Result<Vec<entity::role_grant::Model>, Error> {
    use entity::role_grant::{Column, Entity};
    on.all(Entity::find().filter(Column::AccountId.eq(id))).await
}

/// A proposal of an answer.
pub async fn proposal(on: On<'_>, id: ProposalId) -> Result<Option<entity::proposal::Model>, Error> {
    on.one(entity::proposal::Entity::find_by_id(id)).await
}

/// Proposals of answers.
pub async fn proposals(on: On<'_>, ids: &[ProposalId]) -> Result<Vec<entity::proposal::Model>, Error> {
    use entity::proposal::{Column, Entity};
    on.all(Entity::find().filter(Column::Id.is_in(ids.iter().copied()))).await
}

/// What an organisation has said of its own properties for all to see, and was accepted.
pub async fn accepted_attributes(on: On<'_>, id: OrganisationId) -> Result<Vec<entity::proposal::Model>, Error> {
    use entity::proposal::{Column, Entity};
    let accepted = Column::OrganisationId
        .eq(id)
        .and(Column::Kind.eq(ProposalKind::Attribute))
        .and(Column::Status.eq(ClaimStatus::Accepted))
        .and(Column::Visibility.eq(RowVisibility::Public));
    on.all(Entity::find().filter(accepted)).await
}

/// The organisation of an address.
pub async fn organisation_at(on: On<'_>, slug: &str) -> Result<Option<entity::organisation::Model>, Error> {
    use entity::organisation::{Column, Entity};
    on.one(Entity::find().filter(Column::Slug.eq(slug).and(Column::SupersededAt.is_null()))).await
}

/// The dataset of an address.
pub async fn dataset_at(on: On<'_>, slug: &str) -> Result<Option<entity::dataset::Model>, Error> {
    use entity::dataset::{Column, Entity};
    on.one(Entity::find().filter(Column::Slug.eq(slug).and(Column::SupersededAt.is_null()))).await
}

/// What an organisation has answered, whoever may see it.
pub async fn answers_of(on: On<'_>, id: OrganisationId) -> Result<Vec<entity::answer::Model>, Error> {
    use entity::{answer, response};
    let own = response::Column::OrganisationId.eq(id).and(response::Column::SupersededAt.is_null());
    let responses = on.all(response::Entity::find().filter(own)).await?;
    let ids: Vec<_> = responses.into_iter().map(|row| row.entity_id).collect();
    let theirs = answer::Column::ResponseId.is_in(ids).and(answer::Column::SupersededAt.is_null());
    on.all(answer::Entity::find().filter(theirs).order_by_asc(answer::Column::Question)).await
}

/// Stores how a proposal of an answer was decided.
pub async fn settle_proposal(
    transaction: &Transaction,
    id: ProposalId,
    status: ClaimStatus,
    decided: Option<(chrono::DateTime<chrono::Utc>, Option<Uuid>)>,
) -> Result<(), Error> {
    use entity::proposal::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::Status, Expr::val(status.as_str()))
        .col_expr(Column::DecidedAt, Expr::val(decided.map(|(at, _)| at)))
        .col_expr(Column::DecidedBy, Expr::val(decided.and_then(|(_, by)| by)))
        .filter(Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The use claims of an organisation that are current, whatever their status.
pub async fn uses_of(on: On<'_>, organisation: OrganisationId) -> Result<Vec<entity::use_claim::Model>, Error> {
    use entity::use_claim::{Column, Entity};
    let own = Column::OrganisationId.eq(organisation).and(Column::SupersededAt.is_null());
    on.all(Entity::find().filter(own).order_by_asc(Column::Id)).await
}

/// The impact claims of an organisation that are current, whatever their status.
pub async fn impacts_of(on: On<'_>, organisation: OrganisationId) -> Result<Vec<entity::impact_claim::Model>, Error> {
    use entity::impact_claim::{Column, Entity};
    let own = Column::OrganisationId.eq(organisation).and(Column::SupersededAt.is_null());
    on.all(Entity::find().filter(own).order_by_asc(Column::Id)).await
}

/// The values of indicators of an organisation that are current, whatever their status.
pub async fn observations_of(
    on: On<'_>,
    organisation: OrganisationId,
) -> Result<Vec<entity::indicator_observation::Model>, Error> {
    use entity::indicator_observation::{Column, Entity};
    let own = Column::OrganisationId.eq(organisation).and(Column::SupersededAt.is_null());
    on.all(Entity::find().filter(own).order_by_asc(Column::Period).order_by_asc(Column::Id)).await
}

/// The evidence of a claim of any sort; the other ids find nothing.
pub async fn evidence_of(on: On<'_>, claim: Uuid) -> Result<Vec<entity::evidence::Model>, Error> {
    use entity::evidence::{Column, Entity};
    let of = Column::UseClaimId.eq(claim).or(Column::ImpactClaimId.eq(claim)).or(Column::ObservationId.eq(claim));
    on.all(Entity::find().filter(of.and(Column::SupersededAt.is_null())).order_by_asc(Column::Id)).await
}

/// The verifications of a claim of either sort, the newest first.
pub async fn verifications_of(on: On<'_>, claim: Uuid) -> Result<Vec<entity::verification::Model>, Error> {
    use entity::verification::{Column, Entity};
    let of = Column::UseClaimId.eq(claim).or(Column::ImpactClaimId.eq(claim));
    let found = Entity::find().filter(of.and(Column::SupersededAt.is_null()));
    on.all(found.order_by_desc(Column::VerifiedAt).order_by_desc(Column::Id)).await
}

/// The codes that an organisation has in a role.
pub async fn codes_of(
    on: On<'_>,
    organisation: OrganisationId,
    role: CodeRole,
) -> Result<Vec<entity::organisation_code::Model>, Error> {
    use entity::organisation_code::{Column, Entity};
    let own = Column::OrganisationId.eq(organisation).and(Column::Role.eq(role)).and(Column::SupersededAt.is_null());
    on.all(Entity::find().filter(own).order_by_asc(Column::Id)).await
}

/// Why an organisation lacks a value.
pub async fn missing_of(
    on: On<'_>,
    organisation: OrganisationId,
    attribute: Attribute,
) -> Result<Option<entity::organisation_missing::Model>, Error> {
    use entity::organisation_missing::{Column, Entity};
    let own = Column::OrganisationId.eq(organisation).and(Column::Attribute.eq(attribute));
    on.one(Entity::find().filter(own.and(Column::SupersededAt.is_null()))).await
}

/// The names that an organisation bears.
pub async fn names_of(on: On<'_>, id: OrganisationId) -> Result<Vec<entity::organisation_name::Model>, Error> {
    use entity::organisation_name::{Column, Entity};
    let own = Column::OrganisationId.eq(id).and(Column::SupersededAt.is_null());
    on.all(Entity::find().filter(own).order_by_asc(Column::Id)).await
}

/// Where an organisation has its seat.
pub async fn seat_of(on: On<'_>, id: OrganisationId) -> Result<Option<entity::location::Model>, Error> {
    use entity::location::{Column, Entity};
    let own = Column::OrganisationId.eq(id).and(Column::SupersededAt.is_null());
    let seat = Column::Role.eq(entity::vocabulary::LocationRole::Hq);
    on.one(Entity::find().filter(own.and(seat))).await
}

/// The state or country with a code of ISO 3166.
pub async fn area(on: On<'_>, code: &str) -> Result<Option<entity::area::Model>, Error> {
    use entity::area::{Column, Entity};
    on.one(Entity::find().filter(iso().and(Column::Code.eq(code)))).await
}

/// Every country and state.
pub async fn countries_and_states(on: On<'_>) -> Result<Vec<entity::area::Model>, Error> {
    on.all(entity::area::Entity::find().filter(iso()).order_by_asc(entity::area::Column::Code)).await
}

fn iso() -> sea_orm::sea_query::SimpleExpr {
    use entity::vocabulary::AreaScheme;
    entity::area::Column::Scheme.is_in([AreaScheme::Country, AreaScheme::Subdivision])
}

/// The areas with these ids.
pub async fn areas(on: On<'_>, ids: &[entity::id::AreaId]) -> Result<Vec<entity::area::Model>, Error> {
    use entity::area::{Column, Entity};
    on.all(Entity::find().filter(Column::Id.is_in(ids.iter().copied()))).await
}

/// Every code of a list.
pub async fn codes_in(on: On<'_>, scheme: &str) -> Result<Vec<entity::code::Model>, Error> {
    use entity::code::{Column, Entity};
    on.all(Entity::find().filter(Column::Scheme.eq(scheme)).order_by_asc(Column::Code)).await
}

/// A value of an organisation for an indicator and a period.
pub async fn observation_of(
    on: On<'_>,
    (organisation, definition): (OrganisationId, IndicatorDefinitionId),
    period: &str,
    wave: Option<WaveId>,
) -> Result<Option<entity::indicator_observation::Model>, Error> {
    use entity::indicator_observation::{Column, Entity};
    let own = Column::OrganisationId.eq(organisation).and(Column::IndicatorDefinitionId.eq(definition));
    let then = Column::Period.eq(period).and(Column::SupersededAt.is_null());
    let wave = wave.map_or_else(|| Column::WaveId.is_null(), |wave| Column::WaveId.eq(wave));
    on.one(Entity::find().filter(own.and(then).and(wave))).await
}

/// The organisations whose name folds to this, whoever may see them.
pub async fn organisations_named(on: On<'_>, folded: &str) -> Result<Vec<entity::organisation::Model>, Error> {
    use entity::organisation::{Column, Entity};
    on.all(Entity::find().filter(Column::Folded.eq(folded).and(Column::SupersededAt.is_null())).limit(20)).await
}

/// The public bodies whose name folds to this.
pub async fn publishers_named(on: On<'_>, folded: &str) -> Result<Vec<entity::organisation::Model>, Error> {
    let mut bodies = Vec::new();
    for one in organisations_named(on, folded).await? {
        if is_publisher(on, one.entity_id).await? {
            bodies.push(one);
        }
    }
    Ok(bodies)
}

/// Whether an organisation publishes data, and everybody may know it.
pub async fn is_publisher(on: On<'_>, id: OrganisationId) -> Result<bool, Error> {
    use entity::publisher_profile::{Column, Entity};
    let own = Column::OrganisationId.eq(id).and(Column::SupersededAt.is_null());
    let public = Column::Visibility.eq(entity::vocabulary::RowVisibility::Public);
    Ok(on.one(Entity::find().filter(own.and(public))).await?.is_some())
}

/// How many current rows hang on an organisation or dataset: what stands on them cannot be taken away.
pub async fn dependants(transaction: &Transaction, id: Uuid) -> Result<u64, Error> {
    use entity::use_claim::{Column, Entity};
    let of = Column::OrganisationId
        .eq(id)
        .or(Column::DatasetId.eq(id))
        .or(Column::SeriesId.eq(id))
        .or(Column::PublisherId.eq(id));
    let claims = Entity::find().filter(of.and(Column::SupersededAt.is_null())).count(transaction).await?;
    let impacts = entity::impact_claim::Entity::find()
        .filter(
            entity::impact_claim::Column::OrganisationId
                .eq(id)
                .and(entity::impact_claim::Column::SupersededAt.is_null()),
        )
        .count(transaction)
        .await?;
    Ok(claims + impacts)
}

/// A code of a list.
pub async fn code(on: On<'_>, scheme: &str, code: &str) -> Result<Option<entity::code::Model>, Error> {
    use entity::code::{Column, Entity};
    on.one(Entity::find().filter(Column::Scheme.eq(scheme).and(Column::Code.eq(code)))).await
}

/// An indicator.
pub async fn indicator(on: On<'_>, key: &str) -> Result<Option<entity::indicator_definition::Model>, Error> {
    use entity::indicator_definition::{Column, Entity};
    on.one(Entity::find().filter(Column::Key.eq(key))).await
}

/// A source with an address, as it was recorded before.
pub async fn source_at(on: On<'_>, url: &str) -> Result<Option<entity::source::Model>, Error> {
    use entity::source::{Column, Entity};
    let same = Column::Url.eq(url).and(Column::SupersededAt.is_null()).and(Column::StudyId.is_null());
    on.one(Entity::find().filter(same).order_by_asc(Column::Id)).await
}

/// The most rows of one statement, for those who read by ids.
pub const MOST: usize = fact::ROWS;
