//! What answers say that is no claim yet: properties, codes, values, data that is not listed, consent to be shown.

use chrono::{Datelike, NaiveDate};
use entity::id::{
    AnswerId, DatasetFeedbackId, EvidenceId, IndicatorObservationId, OrganisationCodeId, ProposalId, UseClaimId,
};
use entity::vocabulary::{
    AssertedBy, Attribute, ClaimStatus, CodeRole, Confidence, Consent, DatePrecision, Grade, ObservationStatus, Origin,
    Polarity, ProposalKind, PublisherAck, RowVisibility, UseType,
};
use serde_json::Value;
use uuid::Uuid;

use super::proposed::set;
use super::{Desk, Plan, conflict, gone, worded};
use crate::app::Error;
use crate::app::review::row::Op;
use crate::app::survey::claims::{held_from, rating_of};
use crate::app::survey::study::source_of;
use crate::domain::instrument::{Named, Use, take_language};
use crate::domain::review::Target;
use crate::domain::text::{by_language, fold};
use crate::store::review::facts;

/// The question under which an example of use is shown, the same for all studies; no instrument that ships asks by it.
const EXAMPLE: &str = "example_uses";

type Proposal = entity::proposal::Model;
type Organisation = entity::organisation::Model;

impl Desk<'_> {
    pub(super) async fn answer(&self, id: Uuid) -> Result<Plan, Error> {
        let proposal = facts::proposal(self.on, ProposalId(id)).await?.ok_or_else(gone)?;
        let organisation = facts::organisation(self.on, proposal.organisation_id).await?.ok_or_else(gone)?;
        let mut content: Value =
            serde_json::from_str(&proposal.content).map_err(|error| Error::Internal(error.into()))?;
        let lang = take_language(&mut content);
        match proposal.kind {
            ProposalKind::Display => self.display(&proposal, organisation, &content).await,
            // What only those who run the study may see is taken note of and written nowhere else.
            _ if proposal.visibility == RowVisibility::Private => Ok(Plan::default()),
            ProposalKind::Attribute => self.attribute(&proposal, organisation, (&content, lang)).await,
            ProposalKind::Code => self.code(&proposal, &organisation, &content).await,
            ProposalKind::Observation => self.observation(&proposal, &content).await,
            ProposalKind::Use => self.unlisted(&proposal, (&content, lang)).await,
            ProposalKind::Rating | ProposalKind::Request => Err(conflict("ratings and requests are decided elsewhere")),
        }
    }

    /// Whether the organisation may be shown: with its consent it is in the register for all to see; without it, it is
    /// counted where enough others are. A website from the list of those who invite, or from the form of those who put
    /// themselves forward, stays unseen before the organisation has confirmed it.
    async fn display(&self, proposal: &Proposal, known: Organisation, content: &Value) -> Result<Plan, Error> {
        let consent = if content["given"].as_bool().unwrap_or_default() { Consent::Yes } else { Consent::No };
        // Whoever was in no register before is there by this survey.
        let source_id = known.source_id.or_else(|| Some(source_of(proposal.wave_id)));
        let mut shown = Organisation { consent, source_id, visibility: RowVisibility::Public, ..known.clone() };
        if known.visibility != RowVisibility::Public && known.website.is_some() {
            let accepted = facts::accepted_attributes(self.on, known.entity_id).await?;
            let says = |row: &Proposal| {
                let said: Value = serde_json::from_str(&row.content).unwrap_or_default();
                said["field"] == "website" && said["values"][0].as_str() == known.website.as_deref()
            };
            if !accepted.iter().any(says) {
                shown.website = None;
            }
        }
        Ok(Plan { ops: vec![Op::Replace(known.into(), shown.into())], ..Plan::default() })
    }

    async fn attribute(
        &self,
        proposal: &Proposal,
        known: Organisation,
        (content, lang): (&Value, &str),
    ) -> Result<Plan, Error> {
        hides_nothing(proposal, &known)?;
        let values: Vec<String> = serde_json::from_value(content["values"].clone()).unwrap_or_default();
        let first = values.first().cloned().unwrap_or_default();
        let mut row = Organisation { stated_at: Some(proposal.created_at), ..known.clone() };
        let mut ops = Vec::new();
        let attribute = match content["field"].as_str().unwrap_or_default() {
            "name" => {
                // A name that stands already keeps the language it stands in.
                if !says(&known.name, &first) {
                    row.name = worded(lang, &first);
                    row.folded = fold(&first);
                }
                None
            }
            "website" => {
                row.website = Some(first);
                None
            }
            "description" => {
                row.description = Some(set(known.description.as_deref(), lang, &first));
                Some(Attribute::Description)
            }
            "purpose" => {
                // An example is no description: it stands where imported ones do, as what was answered in its wave.
                ops.push(Op::Add(self.example(proposal, first).into()));
                Some(Attribute::ExampleUses)
            }
            "founded" => {
                let day = partial(&first).ok_or_else(|| conflict("the founding date cannot be read"))?;
                // Whoever is founded later is in no list until then.
                if day.0 > self.at.date_naive() {
                    return Err(conflict("the founding date lies ahead: correct it, or reject this"));
                }
                (row.founded_on, row.founded_on_precision) = (Some(day.0), Some(day.1));
                Some(Attribute::Founded)
            }
            "kind" => {
                row.kind = first.parse().map_err(|_| conflict("the kind is in no list"))?;
                Some(Attribute::Kind)
            }
            "size_band" => {
                row.size_band = Some(first.parse().map_err(|_| conflict("the size is in no list"))?);
                Some(Attribute::Size)
            }
            "business_models" => {
                row.business_models = listed(&values)?;
                Some(Attribute::BusinessModel)
            }
            "use_types" => {
                row.use_types = listed(&values)?;
                Some(Attribute::UseType)
            }
            field @ ("area" | "locality") => {
                let said = if field == "area" { (Some(first.as_str()), None) } else { (None, Some(first.clone())) };
                let mut seated = Vec::new();
                self.place(proposal.organisation_id, said, &mut seated).await?;
                return Ok(Plan { ops: seated, ..Plan::default() });
            }
            other => return Err(Error::Conflict(format!("the record has no place for '{other}'"))),
        };
        if ops.is_empty() {
            ops.push(Op::Replace(known.into(), row.into()));
        }
        self.known_now(proposal.organisation_id, attribute, &mut ops).await?;
        Ok(Plan { ops, ..Plan::default() })
    }

    /// An example of use as it is shown once it is accepted; what was sent stays as it was sent beside it.
    fn example(&self, proposal: &Proposal, text: String) -> entity::answer::Model {
        let id = AnswerId(self.ctx.id());
        entity::answer::Model {
            id,
            response_id: proposal.response_id,
            question: EXAMPLE.to_owned(),
            value: Some(text),
            missing: None,
            entity_id: id,
            visibility: proposal.visibility,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        }
    }

    async fn code(&self, proposal: &Proposal, known: &Organisation, content: &Value) -> Result<Plan, Error> {
        hides_nothing(proposal, known)?;
        let (scheme, code) = (text(content, "scheme"), text(content, "code"));
        let role: CodeRole =
            serde_json::from_value(content["role"].clone()).map_err(|error| Error::Internal(error.into()))?;
        let listed = facts::code(self.on, scheme, code).await?.ok_or_else(|| conflict("the code is in no list"))?;
        let stands = facts::codes_of(self.on, proposal.organisation_id, role).await?;
        if stands.iter().any(|row| row.code_id == Some(listed.id)) {
            return Ok(Plan::default());
        }
        let id = OrganisationCodeId(self.ctx.id());
        let row = entity::organisation_code::Model {
            id,
            organisation_id: proposal.organisation_id,
            scheme: scheme.to_owned(),
            code_id: Some(listed.id),
            text: None,
            role,
            assigned_by: AssertedBy::SelfReported,
            confidence: Confidence::High,
            wave_id: Some(proposal.wave_id),
            entity_id: id,
            visibility: RowVisibility::Public,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        let is_only = role == CodeRole::ReuseSectorPrimary;
        let mut ops = match stands.into_iter().next().filter(|_| is_only) {
            Some(before) => {
                let kept = (before.id, before.entity_id);
                vec![Op::Replace(
                    before.into(),
                    entity::organisation_code::Model { id: kept.0, entity_id: kept.1, ..row }.into(),
                )]
            }
            None => vec![Op::Add(row.into())],
        };
        let what = match role {
            CodeRole::ReuseSectorPrimary => Some(Attribute::Sector),
            CodeRole::RevenueSource => Some(Attribute::RevenueSource),
            _ => None,
        };
        self.known_now(proposal.organisation_id, what, &mut ops).await?;
        Ok(Plan { ops, ..Plan::default() })
    }

    async fn observation(&self, proposal: &Proposal, content: &Value) -> Result<Plan, Error> {
        let key = text(content, "indicator");
        let definition = facts::indicator(self.on, key).await?;
        let definition = definition.ok_or_else(|| Error::Conflict(format!("there is no indicator '{key}'")))?;
        let period = text(content, "period");
        let wave = Some(proposal.wave_id);
        let stands = facts::observation_of(self.on, (proposal.organisation_id, definition.id), period, wave).await?;
        let is_share = content["isShare"].as_bool().unwrap_or_default();
        // A share is kept in basis points: hundredths of a percent.
        let scale = |value: Option<i64>| value.map(|_| if is_share { 2_i16 } else { 0 });
        let (low, high) = (content["low"].as_i64(), content["high"].as_i64());
        let id = stands.as_ref().map_or_else(|| IndicatorObservationId(self.ctx.id()), |row| row.id);
        let row = entity::indicator_observation::Model {
            id,
            indicator_definition_id: definition.id,
            organisation_id: Some(proposal.organisation_id),
            code_id: None,
            area_id: None,
            dataset_id: None,
            period: period.to_owned(),
            low_mantissa: low,
            low_scale: scale(low),
            central_mantissa: None,
            central_scale: None,
            high_mantissa: high,
            high_scale: scale(high),
            missing: None,
            currency: content["currency"].as_str().map(str::to_owned),
            price_base: None,
            status: ObservationStatus::Normal,
            claim_status: ClaimStatus::Accepted,
            wave_id: wave,
            source_id: Some(source_of(proposal.wave_id)),
            entity_id: id,
            visibility: proposal.visibility,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        let ops = if let Some(before) = stands {
            vec![Op::Replace(before.into(), row.into())]
        } else {
            let evidence = EvidenceId(self.ctx.id());
            let evidence = entity::evidence::Model {
                observation_id: Some(id),
                ..self.answered_evidence(evidence, proposal, None)
            };
            vec![Op::Add(row.into()), Op::Add(evidence.into())]
        };
        Ok(Plan { ops, ..Plan::default() })
    }

    fn answered_evidence(
        &self,
        id: EvidenceId,
        proposal: &Proposal,
        use_claim_id: Option<UseClaimId>,
    ) -> entity::evidence::Model {
        entity::evidence::Model {
            id,
            use_claim_id,
            impact_claim_id: None,
            observation_id: None,
            relation_id: None,
            source_id: source_of(proposal.wave_id),
            polarity: Polarity::Supports,
            locator: Some(proposal.question.clone()),
            quote: None,
            entity_id: id,
            visibility: proposal.visibility,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        }
    }

    /// A use of data that was not in the register: of the dataset or body that the reviewer names, or of the body that
    /// bears the name which was written. Where a body is named, the dataset enters the register under it.
    async fn unlisted(&self, proposal: &Proposal, (content, lang): (&Value, &str)) -> Result<Plan, Error> {
        let used: Use = serde_json::from_value(content.clone()).map_err(|error| Error::Internal(error.into()))?;
        let Named::Unlisted(title) = &used.what else { return Err(conflict("this data is in the register")) };
        let mut ops = Vec::new();
        let target = match self.target {
            Some(target) => target,
            None => Target::Publisher(self.publisher_named(used.publisher.as_deref()).await?),
        };
        let (dataset, is_series) = match target {
            Target::Dataset(id) => {
                let known = facts::dataset(self.on, id).await?.ok_or_else(|| conflict("there is no such dataset"))?;
                (id, known.is_series)
            }
            Target::Publisher(publisher) => {
                if !facts::is_publisher(self.on, publisher).await? {
                    return Err(conflict("this organisation publishes no data"));
                }
                let source_id = Some(source_of(proposal.wave_id));
                let row = entity::dataset::Model { source_id, ..self.new_dataset(lang, title, publisher).await? };
                let id = row.entity_id;
                ops.push(Op::Add(row.into()));
                (id, false)
            }
        };
        let id = UseClaimId(self.ctx.id());
        let since = used.since.and_then(|year| NaiveDate::from_ymd_opt(year.into(), 1, 1));
        let wave = facts::waves(self.on, &[proposal.wave_id]).await?.pop().ok_or_else(gone)?;
        let (valid_from, valid_from_precision) = held_from(since, wave.opens_on);
        let day = proposal.created_at.date_naive();
        let claim = entity::use_claim::Model {
            id,
            organisation_id: proposal.organisation_id,
            distribution_id: None,
            dataset_id: Some(dataset).filter(|_| !is_series),
            series_id: Some(dataset).filter(|_| is_series),
            publisher_id: None,
            theme_id: None,
            stated_publisher_id: None,
            via_id: None,
            purpose: None,
            use_type: UseType::Unknown,
            criticality: used.criticality,
            access_mode: used.access,
            started_on: since,
            started_on_precision: since.map(|_| DatePrecision::Year),
            ended_on: None,
            ended_on_precision: None,
            first_observed_on: Some(day),
            last_observed_on: Some(day),
            wave_id: Some(proposal.wave_id),
            response_id: Some(proposal.response_id),
            asserted_by: AssertedBy::SelfReported,
            origin: Origin::Declared,
            status: ClaimStatus::Accepted,
            grade: Grade::C,
            publisher_ack: PublisherAck::None,
            valid_from: Some(valid_from),
            valid_from_precision: Some(valid_from_precision),
            valid_to: None,
            valid_to_precision: None,
            entity_id: id,
            visibility: proposal.visibility,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        ops.push(Op::Add(claim.into()));
        let evidence = EvidenceId(self.ctx.id());
        ops.push(Op::Add(self.answered_evidence(evidence, proposal, Some(id)).into()));
        // What was thought of it had no dataset to stand with before.
        if let Some(rating) = used.rating {
            let said = (proposal.organisation_id, proposal.response_id, None);
            let thought = (dataset, i16::from(rating));
            let row = rating_of(DatasetFeedbackId(self.ctx.id()), said, thought, proposal.created_at);
            ops.push(Op::Add(row.into()));
        }
        Ok(Plan { ops, grade: Some(Grade::C), made: None })
    }

    async fn publisher_named(&self, name: Option<&str>) -> Result<entity::id::OrganisationId, Error> {
        let named = match name {
            Some(name) => facts::publishers_named(self.on, &fold(name)).await?,
            None => Vec::new(),
        };
        match named.as_slice() {
            [one] => Ok(one.entity_id),
            _ => Err(conflict("say which dataset or body of the register is meant")),
        }
    }
}

/// What is said only for sums cannot stand on the profile of an organisation that is shown.
fn hides_nothing(proposal: &Proposal, known: &Organisation) -> Result<(), Error> {
    let is_hidden = known.consent == Consent::No || known.visibility != RowVisibility::Public;
    if proposal.visibility == RowVisibility::Public || is_hidden {
        return Ok(());
    }
    Err(conflict("decide first whether this organisation may be shown: this is for sums only"))
}

/// Whether a text says this in some language.
fn says(texts: &str, said: &str) -> bool {
    by_language(texts).values().any(|text| text == said)
}

fn listed(values: &[String]) -> Result<String, Error> {
    serde_json::to_string(values).map_err(|error| Error::Internal(error.into()))
}

fn text<'v>(content: &'v Value, key: &str) -> &'v str {
    content[key].as_str().unwrap_or_default()
}

/// A date as it was answered: a year, a month or a day.
fn partial(text: &str) -> Option<(NaiveDate, DatePrecision)> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok());
    let year: i32 = parts.first()?.parse().ok()?;
    let (month, day) = (number(1), number(2));
    let precision = match parts.len() {
        1 => DatePrecision::Year,
        2 => DatePrecision::Month,
        3 => DatePrecision::Day,
        _ => return None,
    };
    let found = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    (found.year() > 1000).then_some((found, precision))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_were_given() {
        for (text, day, precision) in [
            ("2014", "2014-01-01", DatePrecision::Year),
            ("2014-05", "2014-05-01", DatePrecision::Month),
            ("2014-05-31", "2014-05-31", DatePrecision::Day),
        ] {
            assert_eq!(partial(text), Some((day.parse().unwrap(), precision)));
        }
        for bad in ["", "x", "2014-13", "14", "2014-1-1-1"] {
            assert_eq!(partial(bad), None, "{bad}");
        }
    }
}
