//! Why a property has no value, as the organisation itself said: "I don't know" and "I prefer not to say" enter the
//! record when the response is validated, where nothing else is known of the property.

use entity::id::{OrganisationId, OrganisationMissingId};
use entity::vocabulary::{Attribute, ClaimStatus, CodeRole, Missing, OrganisationKind, RowVisibility};

use super::published::Published;
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::instrument::{ConsentTo, Instrument, Target, Value, tells_why};
use crate::store::review::{On, facts};
use crate::store::survey::response::Response;
use crate::store::survey::sent::{self, Answer};

/// Writes down what a validated response says of values that are lacking. Only what was asked for all to see is told,
/// and only of an organisation that has consented to be shown.
pub(super) async fn record(ctx: &Context, write: &mut Write<'_>, response: &Response) -> Result<(), Error> {
    let published: &Published = &ctx.instruments;
    let Some(instrument) = published.of_response(&ctx.db, response.entity_id).await? else { return Ok(()) };
    let answers = sent::answers(&ctx.db, response.entity_id).await?;
    if !may_be_shown(&instrument, &answers) {
        return Ok(());
    }
    let organisation = response.organisation_id;
    for (attribute, missing) in lacking(&instrument, &answers) {
        if is_known(On::Write(write.transaction()), organisation, attribute).await? {
            continue;
        }
        let before = facts::missing_of(On::Write(write.transaction()), organisation, attribute).await?;
        match before {
            Some(row) if row.missing == missing => {}
            Some(row) => {
                let after = entity::organisation_missing::Model { missing, ..row.clone() };
                write.replace(row, after, organisation.0).await?;
            }
            None => {
                let id = OrganisationMissingId(ctx.id());
                let row = entity::organisation_missing::Model {
                    id,
                    organisation_id: organisation,
                    attribute,
                    missing,
                    entity_id: id,
                    visibility: RowVisibility::Public,
                    recorded_at: write.at(),
                    superseded_at: None,
                    import_batch_id: None,
                    created_by: None,
                };
                write.add(row, organisation.0).await?;
            }
        }
    }
    Ok(())
}

fn may_be_shown(instrument: &Instrument, answers: &[Answer]) -> bool {
    let display = Target::Consent { of: ConsentTo::Display };
    let question = instrument.questions().find(|question| question.maps_to == display);
    let given = question.and_then(|question| answers.iter().find(|answer| answer.question == question.key));
    let value = given.and_then(|answer| serde_json::from_str(answer.value.as_deref()?).ok());
    value == Some(Value::Consent(true))
}

/// The properties to which somebody said why they have no value.
fn lacking(instrument: &Instrument, answers: &[Answer]) -> Vec<(Attribute, Missing)> {
    let of = |answer: &Answer| {
        let missing = answer.missing?;
        Some((tells_why(instrument.question(&answer.question)?, answer.visibility, missing)?, missing))
    };
    answers.iter().filter_map(of).collect()
}

/// Whether the record has a value of a property, from wherever.
async fn is_known(on: On<'_>, id: OrganisationId, attribute: Attribute) -> Result<bool, Error> {
    let own = facts::organisation(on, id).await?.ok_or(Error::NotFound)?;
    let has_code = async |role| Ok::<_, Error>(!facts::codes_of(on, id, role).await?.is_empty());
    let says = |list: &str| list != "[]";
    Ok(match attribute {
        Attribute::Kind => own.kind != OrganisationKind::Other,
        Attribute::Size => own.size_band.is_some(),
        Attribute::Founded => own.founded_on.is_some(),
        Attribute::Description => own.description.is_some(),
        Attribute::BusinessModel => says(&own.business_models),
        Attribute::UseType => says(&own.use_types),
        Attribute::Area => facts::seat_of(on, id).await?.is_some_and(|seat| seat.area_id.is_some()),
        Attribute::Sector => has_code(CodeRole::ReuseSectorPrimary).await?,
        Attribute::RevenueSource => has_code(CodeRole::RevenueSource).await?,
        Attribute::DataType => has_code(CodeRole::DataType).await?,
        Attribute::Publisher | Attribute::Dataset => {
            facts::uses_of(on, id).await?.iter().any(|claim| claim.status == ClaimStatus::Accepted)
        }
        Attribute::Sdg => has_impact(on, id, "sdg").await?,
        Attribute::DataImpact => has_impact(on, id, "od500_data_impact").await?,
        Attribute::SocialImpact => has_impact(on, id, "od500_social_impact").await?,
        Attribute::ExampleUses | Attribute::SourceCount => {
            let question = attribute.as_str();
            let answers = facts::answers_of(on, id).await?;
            answers.iter().any(|one| one.question == question && one.value.is_some())
        }
        // What is told for sums alone is told of nobody.
        Attribute::FinancialInfo | Attribute::Criticality | Attribute::UsedSince | Attribute::IfStopped => true,
    })
}

async fn has_impact(on: On<'_>, id: OrganisationId, dimension: &str) -> Result<bool, Error> {
    let impacts = facts::impacts_of(on, id).await?;
    Ok(impacts.iter().any(|claim| claim.dimension == dimension && claim.status == ClaimStatus::Accepted))
}
