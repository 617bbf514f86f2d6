//! What contributors propose: organisations and datasets that are not in the register, corrections, evidence, doubts.

use chrono::NaiveDate;
use entity::id::{AccountId, DatasetId, OrganisationId, OrganisationIdentifierId, OrganisationNameId};
use entity::vocabulary::{
    ActorKind, AssertedBy, ClaimStatus, Consent, DatasetAccess, DatasetStatus, DatePrecision, Dependence,
    IdentifierScheme, NameKind, OrganisationStatus, Ownership, PublisherAck, Role, RowVisibility, YesNo,
};

use super::{Desk, Plan, conflict, evidence_row, gone, worded};
use crate::app::Error;
use crate::app::review::row::Op;
use crate::domain::grade::Weighed;
use crate::domain::review::{Cited, Field, Proposed, Step, Subject};
use crate::domain::text::{by_language, fold};
use crate::store::review::{Case, facts};
use crate::store::slug::Kind;

/// What a case holds itself.
pub(in crate::app::review) fn content_of(case: &Case) -> Result<Proposed, Error> {
    let text = case.content.as_deref().unwrap_or_default();
    serde_json::from_str(text).map_err(|error| Error::Internal(error.into()))
}

impl Desk<'_> {
    pub(super) async fn proposed(&self, case: &Case) -> Result<Plan, Error> {
        match content_of(case)? {
            Proposed::Organisation { name, lang, kind, website, description, sector, area, locality, cited } => {
                let mut ops = Vec::new();
                let (source, _) = self.source(&cited, &mut ops).await?;
                let id = OrganisationId(self.ctx.id());
                let row = entity::organisation::Model {
                    website,
                    kind,
                    description: description.map(|text| worded(&lang, &text)),
                    source_id: Some(source),
                    ..self.new_organisation(id, &lang, &name).await?
                };
                ops.push(Op::Add(row.into()));
                if let Some(sector) = sector {
                    let by = self.assigner(case, id).await?;
                    self.sector(id, (&sector, by), &mut ops).await?;
                }
                if area.is_some() {
                    self.place(id, (area.as_deref(), locality), &mut ops).await?;
                }
                if let Some(hash) = &case.rfc_hash {
                    self.registered(id, hash, &mut ops).await?;
                }
                Ok(Plan { ops, made: Some(id.0), ..Plan::default() })
            }
            Proposed::Dataset { title, lang, publisher, landing_page, description, cited } => {
                if !facts::is_publisher(self.on, publisher).await? {
                    return Err(conflict("this organisation publishes no data"));
                }
                let mut ops = Vec::new();
                let (source, _) = self.source(&cited, &mut ops).await?;
                let row = entity::dataset::Model {
                    landing_page,
                    description: description.map(|text| worded(&lang, &text)),
                    source_id: Some(source),
                    ..self.new_dataset(&lang, &title, publisher).await?
                };
                let made = Some(row.entity_id.0);
                ops.push(Op::Add(row.into()));
                Ok(Plan { ops, made, ..Plan::default() })
            }
            Proposed::Correction { subject, field, value, lang, cited } => {
                let mut ops = Vec::new();
                let source = match &cited {
                    Some(cited) => Some(self.source(cited, &mut ops).await?.0),
                    None => None,
                };
                match subject {
                    Subject::Organisation(id) if field == Field::Rfc => {
                        let hash = case.rfc_hash.as_deref().ok_or_else(gone)?;
                        facts::organisation(self.on, id).await?.ok_or_else(gone)?;
                        self.registered(id, hash, &mut ops).await?;
                    }
                    Subject::Organisation(id) if matches!(field, Field::Sector | Field::Area | Field::Locality) => {
                        let by = self.assigner(case, id).await?;
                        self.correct_whereabouts((id, source), (field, value, by), &mut ops).await?;
                    }
                    Subject::Organisation(id) => {
                        self.correct_organisation((id, source), field, (&lang, &value), &mut ops).await?;
                    }
                    Subject::Dataset(id) => self.correct_dataset(id, field, (&lang, &value), &mut ops).await?,
                    Subject::UseClaim(_) | Subject::ImpactClaim(_) | Subject::Observation(_) => {
                        return Err(conflict("claims are disputed"));
                    }
                }
                Ok(Plan { ops, ..Plan::default() })
            }
            Proposed::Evidence { claim, cited } => self.more_evidence(claim, &cited).await,
            Proposed::ErrorReport { .. } | Proposed::Retraction { .. } => Ok(Plan::default()),
            Proposed::Dispute { claim, .. } => match self.status_of(claim).await? {
                ClaimStatus::Accepted => self.claim_step(claim, Step::Dispute).await,
                _ => Ok(Plan::default()),
            },
        }
    }

    /// In what role somebody assigned a code: by the roles that whoever proposed it held then. Whoever accepts it only
    /// agrees.
    async fn assigner(&self, case: &Case, organisation: OrganisationId) -> Result<AssertedBy, Error> {
        let account = case.proposer_id.filter(|_| case.proposer_kind == Some(ActorKind::Account));
        let Some(account) = account else { return Ok(AssertedBy::Contributor) };
        let grants = facts::grants_of(self.on, AccountId(account)).await?;
        let at = case.opened_at;
        let holds = |grant: &&entity::role_grant::Model| {
            grant.starts_at <= at && [grant.ends_at, grant.revoked_at].into_iter().flatten().all(|end| at < end)
        };
        let held: Vec<_> = grants.iter().filter(holds).map(|grant| (grant.role, grant.scope_id)).collect();
        let speaks = |role| held.contains(&(role, Some(organisation.0)));
        let is = |wanted| held.iter().any(|(role, _)| *role == wanted);
        Ok(if speaks(Role::OrganisationRepresentative) {
            AssertedBy::SelfReported
        } else if speaks(Role::AgencyLiaison) {
            AssertedBy::Publisher
        } else if is(Role::Curator) || is(Role::Researcher) {
            AssertedBy::Curator
        } else {
            AssertedBy::Contributor
        })
    }

    /// A doubt that was not shared: the claim stands again.
    pub(super) async fn dismissed(&self, case: &Case) -> Result<Plan, Error> {
        let Proposed::Dispute { claim, .. } = content_of(case)? else { return Ok(Plan::default()) };
        match self.status_of(claim).await? {
            ClaimStatus::Disputed => self.claim_step(claim, Step::Accept).await,
            _ => Ok(Plan::default()),
        }
    }

    /// A step of a claim of any sort.
    pub(in crate::app::review) async fn claim_step(&self, claim: Subject, step: Step) -> Result<Plan, Error> {
        match claim {
            Subject::UseClaim(id) => self.use_claim_step(id.0, step).await,
            Subject::ImpactClaim(id) => self.impact_claim_step(id.0, step).await,
            Subject::Observation(id) => self.observation_step(id, step).await,
            Subject::Organisation(_) | Subject::Dataset(_) => Err(gone()),
        }
    }

    /// The state of a claim of any sort.
    pub(in crate::app::review) async fn status_of(&self, claim: Subject) -> Result<ClaimStatus, Error> {
        let found = match claim {
            Subject::UseClaim(id) => facts::use_claim(self.on, id).await?.map(|row| row.status),
            Subject::ImpactClaim(id) => facts::impact_claim(self.on, id).await?.map(|row| row.status),
            Subject::Observation(id) => facts::observation(self.on, id).await?.map(|row| row.claim_status),
            Subject::Organisation(_) | Subject::Dataset(_) => None,
        };
        found.ok_or_else(gone)
    }

    async fn more_evidence(&self, claim: Subject, cited: &Cited) -> Result<Plan, Error> {
        let mut ops = Vec::new();
        let (source, kind) = self.source(cited, &mut ops).await?;
        let more = [Weighed { kind, polarity: cited.polarity }];
        let id = self.ctx.id();
        let grade = match claim {
            Subject::UseClaim(claim) => {
                let row = facts::use_claim(self.on, claim).await?.ok_or_else(gone)?;
                let basis = self.basis(claim.0).await?;
                let grade = basis.grade(&more, (row.publisher_ack, row.asserted_by), row.status);
                ops.push(Op::Add(evidence_row(id, (Some(claim), None), source, cited, self.at).into()));
                let graded = entity::use_claim::Model { grade, ..row.clone() };
                ops.push(Op::Replace(row.into(), graded.into()));
                Some(grade)
            }
            Subject::ImpactClaim(claim) => {
                let row = facts::impact_claim(self.on, claim).await?.ok_or_else(gone)?;
                let basis = self.basis(claim.0).await?;
                ops.push(Op::Add(evidence_row(id, (None, Some(claim)), source, cited, self.at).into()));
                Some(basis.grade(&more, (PublisherAck::None, row.asserted_by), row.status))
            }
            // A value has no grade: it is what its source says.
            Subject::Observation(observation) => {
                facts::observation(self.on, observation).await?.ok_or_else(gone)?;
                let cites = evidence_row(id, (None, None), source, cited, self.at);
                ops.push(Op::Add(entity::evidence::Model { observation_id: Some(observation), ..cites }.into()));
                None
            }
            Subject::Organisation(_) | Subject::Dataset(_) => return Err(gone()),
        };
        Ok(Plan { ops, grade, made: None })
    }

    async fn correct_organisation(
        &self,
        (id, source): (OrganisationId, Option<entity::id::SourceId>),
        field: Field,
        (lang, value): (&str, &str),
        ops: &mut Vec<Op>,
    ) -> Result<(), Error> {
        let known = facts::organisation(self.on, id).await?.ok_or_else(gone)?;
        let mut row = known.clone();
        row.source_id = source.or(known.source_id);
        match field {
            Field::Name => {
                let former = self.former_name(&known, lang);
                let names = facts::names_of(self.on, id).await?;
                if names.iter().all(|one| one.text != former.text) {
                    ops.push(Op::Add(former.into()));
                }
                row.name = worded(lang, value);
                row.folded = fold(value);
            }
            Field::Website => row.website = Some(value.to_owned()),
            Field::Description => row.description = Some(set(known.description.as_deref(), lang, value)),
            Field::Kind => row.kind = value.parse().map_err(|_| conflict("the kind is in no list"))?,
            Field::SizeBand => row.size_band = Some(value.parse().map_err(|_| conflict("the size is in no list"))?),
            Field::Founded => {
                let day = value.parse().ok().and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
                if day.is_some_and(|day| day > self.at.date_naive()) {
                    return Err(conflict("the founding date lies ahead: correct it, or reject this"));
                }
                row.founded_on = day;
                row.founded_on_precision = Some(DatePrecision::Year);
            }
            Field::Status => row.status = value.parse().map_err(|_| conflict("the status is in no list"))?,
            Field::Sector | Field::Area | Field::Locality | Field::LandingPage | Field::Licence | Field::Rfc => {
                return Err(conflict("an organisation has no such property"));
            }
        }
        ops.push(Op::Replace(known.into(), row.into()));
        Ok(())
    }

    async fn correct_dataset(
        &self,
        id: DatasetId,
        field: Field,
        (lang, value): (&str, &str),
        ops: &mut Vec<Op>,
    ) -> Result<(), Error> {
        let known = facts::dataset(self.on, id).await?.ok_or_else(gone)?;
        let mut row = known.clone();
        match field {
            Field::Name => {
                row.title = set(Some(&known.title), lang, value);
                row.folded = fold(value);
            }
            Field::Description => row.description = Some(set(known.description.as_deref(), lang, value)),
            Field::LandingPage => row.landing_page = Some(value.to_owned()),
            Field::Licence => row.licence = Some(value.to_owned()),
            Field::Status => row.status = value.parse().map_err(|_| conflict("the status is in no list"))?,
            _ => return Err(conflict("a dataset has no such property")),
        }
        ops.push(Op::Replace(known.into(), row.into()));
        Ok(())
    }

    /// Keeps the keyed hash of an RFC, which one organisation alone can have.
    async fn registered(&self, id: OrganisationId, hash: &str, ops: &mut Vec<Op>) -> Result<(), Error> {
        if facts::with_rfc(self.on, hash).await?.is_some_and(|row| row.organisation_id != id) {
            return Err(conflict("another record of the register has this RFC; reject this one, or merge the two"));
        }
        let known = facts::rfcs_of(self.on, id).await?;
        if known.iter().any(|row| row.value == hash) {
            return Ok(());
        }
        // A company has one: a new one takes the place of the one before.
        ops.extend(known.into_iter().map(|row| Op::End(row.into())));
        let row_id = OrganisationIdentifierId(self.ctx.id());
        let row = entity::organisation_identifier::Model {
            id: row_id,
            organisation_id: id,
            scheme: IdentifierScheme::RfcHmac,
            value: hash.to_owned(),
            is_verified: false,
            entity_id: row_id,
            visibility: RowVisibility::Private,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        ops.push(Op::Add(row.into()));
        Ok(())
    }

    fn former_name(&self, known: &entity::organisation::Model, lang: &str) -> entity::organisation_name::Model {
        let (lang, text) =
            by_language(&known.name).into_iter().next().unwrap_or_else(|| (lang.to_owned(), String::new()));
        let id = OrganisationNameId(self.ctx.id());
        entity::organisation_name::Model {
            id,
            organisation_id: known.entity_id,
            folded: fold(&text),
            text,
            lang,
            kind: NameKind::Alias,
            valid_from: None,
            valid_from_precision: None,
            valid_to: None,
            valid_to_precision: None,
            entity_id: id,
            visibility: RowVisibility::Public,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        }
    }

    async fn new_organisation(
        &self,
        id: OrganisationId,
        lang: &str,
        name: &str,
    ) -> Result<entity::organisation::Model, Error> {
        Ok(entity::organisation::Model {
            id,
            slug: self.free_slug(Kind::Organisation, (lang, name)).await?,
            name: worded(lang, name),
            folded: fold(name),
            legal_name: None,
            legal_form: None,
            kind: entity::vocabulary::OrganisationKind::Other,
            ownership: Ownership::Unknown,
            status: OrganisationStatus::Unknown,
            status_since: None,
            founded_on: None,
            founded_on_precision: None,
            website: None,
            description: None,
            summary: None,
            size_band: None,
            business_models: "[]".to_owned(),
            use_types: "[]".to_owned(),
            dependence: Dependence::Unknown,
            based_in_country: YesNo::Unknown,
            earns_revenue: YesNo::Unknown,
            uses_data: YesNo::Unknown,
            consent: Consent::Pending,
            source_id: None,
            stated_at: None,
            entity_id: id,
            visibility: RowVisibility::Public,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        })
    }

    /// A dataset that was not in the register.
    pub(super) async fn new_dataset(
        &self,
        lang: &str,
        title: &str,
        publisher_id: OrganisationId,
    ) -> Result<entity::dataset::Model, Error> {
        let id = DatasetId(self.ctx.id());
        Ok(entity::dataset::Model {
            id,
            slug: self.free_slug(Kind::Dataset, (lang, title)).await?,
            title: worded(lang, title),
            folded: fold(title),
            description: None,
            publisher_id,
            is_series: false,
            series_id: None,
            series_decision: None,
            edition: None,
            status: DatasetStatus::Unknown,
            access: DatasetAccess::Unknown,
            landing_page: None,
            licence: None,
            licence_url: None,
            frequency: None,
            issued_on: None,
            modified_on: None,
            metadata_modified_on: None,
            keywords: None,
            lang: None,
            has_personal_data: None,
            catalogue_id: None,
            source_id: None,
            entity_id: id,
            visibility: RowVisibility::Public,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        })
    }
}

/// A text with its wording in one language put anew.
pub(super) fn set(texts: Option<&str>, lang: &str, value: &str) -> String {
    let mut texts: std::collections::BTreeMap<String, String> =
        texts.and_then(|texts| serde_json::from_str(texts).ok()).unwrap_or_default();
    texts.insert(lang.to_owned(), value.to_owned());
    serde_json::to_string(&texts).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_other_languages() {
        assert_eq!(set(Some(r#"{"en":"a","es":"b"}"#), "es", "c"), r#"{"en":"a","es":"c"}"#);
        assert_eq!(set(None, "es", "c"), r#"{"es":"c"}"#);
    }
}
