//! Expands claims, observations and their evidence, and checks what must hold of them.

use chrono::NaiveDate;
use entity::id::{EvidenceId, ImpactClaimId, IndicatorObservationId, OrganisationId, UseClaimId};
use entity::vocabulary::{ClaimStatus, DatePrecision, Polarity, RowVisibility};
use uuid::Uuid;

use super::expand::{Expand, child, fact, is_at_most};
use super::json;
use crate::domain::draft::{
    ClaimDraft, Decimal, EvidenceDraft, ImpactDraft, ObservationDraft, PartialDate, SubjectDraft, TargetDraft,
};

const PUBLIC: RowVisibility = RowVisibility::Public;

/// What evidence is about.
#[derive(Clone, Copy)]
enum About {
    Use(UseClaimId),
    Impact(ImpactClaimId),
}

impl Expand<'_> {
    pub(super) fn use_claim(&mut self, field: &str, organisation_id: OrganisationId, draft: &ClaimDraft) {
        let (mut dataset_id, mut series_id, mut publisher_id, mut theme_id) = (None, None, None, None);
        let target = match &draft.target {
            TargetDraft::Dataset(key) => dataset_id.insert(self.dataset_id(field, key)).0,
            TargetDraft::Series(key) => series_id.insert(self.dataset_id(field, key)).0,
            TargetDraft::Publisher(key) => publisher_id.insert(self.organisation_id(field, key)).0,
            TargetDraft::Theme(scheme, code) => match self.code(field, scheme, code) {
                Some(code) => theme_id.insert(code).0,
                None => return,
            },
        };
        let stated_publisher_id = draft.stated_publisher.as_ref().map(|key| self.organisation_id(field, key));
        let wave = self.wave(field, draft.wave.as_ref());
        let valid_from = draft.valid_from.or(opening(wave.map(|(_, opens_on)| opens_on)));
        self.period(field, valid_from, draft.valid_to);
        self.supported(field, draft.status, &draft.evidence);
        let stated = stated_publisher_id.map(|id| id.to_string()).unwrap_or_default();
        let wave_key = draft.wave.as_deref().unwrap_or_default();
        let key = format!("use/{target}/{stated}/{wave_key}/{}", draft.origin.as_str());
        let id = UseClaimId(child(organisation_id.0, &key));
        self.rows.use_claims.push(fact!(use_claim, id, PUBLIC, {
            organisation_id,
            distribution_id: None,
            dataset_id,
            series_id,
            publisher_id,
            theme_id,
            stated_publisher_id,
            via_id: None,
            purpose: draft.purpose.as_ref().map(json),
            use_type: draft.use_type,
            criticality: draft.criticality,
            access_mode: draft.access_mode,
            started_on: draft.started.map(|date| date.on),
            started_on_precision: draft.started.map(|date| date.precision),
            ended_on: None,
            ended_on_precision: None,
            first_observed_on: None,
            last_observed_on: draft.last_observed_on,
            wave_id: wave.map(|(id, _)| id),
            response_id: None,
            asserted_by: draft.asserted_by,
            origin: draft.origin,
            status: draft.status,
            grade: draft.grade,
            publisher_ack: draft.publisher_ack,
            valid_from: valid_from.map(|date| date.on),
            valid_from_precision: valid_from.map(|date| date.precision),
            valid_to: draft.valid_to.map(|date| date.on),
            valid_to_precision: draft.valid_to.map(|date| date.precision),
        }));
        self.evidence(field, About::Use(id), &draft.evidence);
    }

    pub(super) fn impact_claim(&mut self, field: &str, organisation_id: OrganisationId, draft: &ImpactDraft) {
        let code_id = draft.code.as_deref().and_then(|code| self.code(field, &draft.scheme, code));
        if draft.code.is_none() && draft.text.is_none() {
            self.fault(field, "an impact has neither code nor text");
        }
        if draft.evidence_level > 5 {
            self.fault(field, format!("there is no evidence level {}", draft.evidence_level));
        }
        self.supported(field, draft.status, &draft.evidence);
        let wave = self.wave(field, draft.wave.as_ref());
        let valid_from = opening(wave.map(|(_, opens_on)| opens_on));
        let key = format!(
            "impact/{}/{}/{}/{}/{}/{}",
            draft.scheme,
            draft.code.as_deref().or(draft.text.as_deref()).unwrap_or_default(),
            draft.direction.as_str(),
            draft.asserted_by.as_str(),
            draft.origin.as_str(),
            draft.wave.as_deref().unwrap_or_default(),
        );
        let id = ImpactClaimId(child(organisation_id.0, &key));
        self.rows.impact_claims.push(fact!(impact_claim, id, PUBLIC, {
            organisation_id,
            dataset_id: None,
            use_claim_id: None,
            dimension: draft.scheme.clone(),
            code_id,
            text: draft.text.clone(),
            direction: draft.direction,
            strength: draft.strength,
            evidence_level: i16::from(draft.evidence_level),
            rationale: draft.rationale.as_ref().map(json),
            asserted_by: draft.asserted_by,
            origin: draft.origin,
            confidence: draft.confidence,
            wave_id: wave.map(|(id, _)| id),
            status: draft.status,
            valid_from: valid_from.map(|date| date.on),
            valid_from_precision: valid_from.map(|date| date.precision),
            valid_to: None,
            valid_to_precision: None,
        }));
        self.evidence(field, About::Impact(id), &draft.evidence);
    }

    /// Invariant I2.
    fn supported(&mut self, field: &str, status: ClaimStatus, evidence: &[EvidenceDraft]) {
        let is_supported = evidence.iter().any(|evidence| evidence.polarity == Polarity::Supports);
        if status == ClaimStatus::Accepted && !is_supported {
            self.fault(field, "an accepted claim needs evidence that supports it");
        }
    }

    fn evidence(&mut self, field: &str, about: About, drafts: &[EvidenceDraft]) {
        let (claim, use_claim_id, impact_claim_id) = match about {
            About::Use(id) => (id.0, Some(id), None),
            About::Impact(id) => (id.0, None, Some(id)),
        };
        for draft in drafts {
            let source_id = self.source_id(field, &draft.source);
            if draft.quote.as_ref().is_some_and(|quote| quote.chars().count() > 300) {
                self.fault(field, "a quote has at most 300 characters");
            }
            let place = draft.identity.as_deref().or(draft.locator.as_deref()).unwrap_or_default();
            let quote = draft.quote.as_deref().unwrap_or_default();
            let key = format!("evidence/{source_id}/{}/{place}/{quote}", draft.polarity.as_str());
            let id = EvidenceId(child(claim, &key));
            self.rows.evidence.push(fact!(evidence, id, PUBLIC, {
                use_claim_id,
                impact_claim_id,
                observation_id: None,
                relation_id: None,
                source_id,
                polarity: draft.polarity,
                locator: draft.locator.clone(),
                quote: draft.quote.clone(),
            }));
        }
    }

    pub(super) fn observation(&mut self, field: &str, of: Option<OrganisationId>, draft: &ObservationDraft) {
        let Some((definition, unit)) = self.codes.indicator(&draft.indicator) else {
            return self.fault(field, format!("there is no indicator '{}'", draft.indicator));
        };
        self.values(field, draft, unit);
        let (mut organisation_id, mut code_id, mut area_id) = (None, None, None);
        let subject = match (&draft.subject, of) {
            (SubjectDraft::Itself, Some(id)) => organisation_id.insert(id).0,
            (SubjectDraft::Itself, None) => return self.fault(field, "an observation has no subject"),
            (SubjectDraft::Organisation(source, key), _) => {
                let id = Self::organisation_of(source, key);
                if !self.organisations.contains(&id) {
                    self.want("organisation", id.0, field, key);
                }
                organisation_id.insert(id).0
            }
            (SubjectDraft::Sector(scheme, code), _) => match self.code(field, scheme, code) {
                Some(id) => code_id.insert(id).0,
                None => return,
            },
            (SubjectDraft::Area(scheme, code), _) => match self.codes.area(*scheme, code) {
                Some(id) => area_id.insert(id).0,
                None => return self.fault(field, format!("there is no area '{code}' in '{}'", scheme.as_str())),
            },
        };
        let wave_id = self.wave(field, draft.wave.as_ref()).map(|(id, _)| id);
        let source_id = draft.source.as_ref().map(|key| self.source_id(field, key));
        let id = self.observation_id(definition.0, subject, draft);
        self.rows.observations.push(fact!(indicator_observation, id, draft.visibility, {
            indicator_definition_id: definition,
            organisation_id,
            code_id,
            area_id,
            dataset_id: None,
            period: draft.period.clone(),
            low_mantissa: draft.low.map(|value| value.mantissa),
            low_scale: draft.low.map(|value| value.scale),
            central_mantissa: draft.central.map(|value| value.mantissa),
            central_scale: draft.central.map(|value| value.scale),
            high_mantissa: draft.high.map(|value| value.mantissa),
            high_scale: draft.high.map(|value| value.scale),
            missing: draft.missing,
            currency: draft.currency.clone(),
            price_base: None,
            status: draft.status,
            claim_status: ClaimStatus::Accepted,
            wave_id,
            source_id,
        }));
    }

    fn observation_id(&self, definition: Uuid, subject: Uuid, draft: &ObservationDraft) -> IndicatorObservationId {
        let (wave, source) = (draft.wave.as_deref().unwrap_or_default(), draft.source.as_deref().unwrap_or_default());
        let key = format!("{definition}/{subject}/{}/{wave}/{source}", draft.period);
        IndicatorObservationId(self.id("observation", &key))
    }

    /// Invariants I3 and I7.
    fn values(&mut self, field: &str, draft: &ObservationDraft, unit: &str) {
        let field = format!("{field}: {} {}", draft.indicator, draft.period);
        let values: Vec<Decimal> = [draft.low, draft.central, draft.high].into_iter().flatten().collect();
        if values.iter().any(|value| !(0..=18).contains(&value.scale)) {
            return self.fault(&field, "a value has at most 18 decimals");
        }
        if values.windows(2).any(|pair| !is_at_most(pair[0], pair[1])) {
            self.fault(&field, "low, central and high are not in this order");
        }
        if values.is_empty() != draft.missing.is_some() {
            self.fault(&field, "an observation has either a value or the reason why it is missing");
        }
        match (&draft.currency, is_money(unit)) {
            (None, true) if !values.is_empty() => self.fault(&field, "money needs a currency"),
            (Some(currency), false) => {
                self.fault(&field, format!("'{unit}' is not money, yet the currency is {currency}"));
            }
            _ => {}
        }
    }
}

/// Whether a unit is an amount of money: an ISO 4217 code, or the word that stands for any of them.
fn is_money(unit: &str) -> bool {
    matches!(unit, "money" | "currency" | "iso4217")
        || (unit.len() == 3 && unit.chars().all(|c| c.is_ascii_uppercase()))
}

fn opening(opens_on: Option<NaiveDate>) -> Option<PartialDate> {
    opens_on.map(|on| PartialDate { on, precision: DatePrecision::Day })
}
