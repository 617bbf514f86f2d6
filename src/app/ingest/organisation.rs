//! Expands an organisation: its facts, names, codes, place, responses and answers.

use entity::id::{
    AnswerId, LocationId, OrganisationCodeId, OrganisationId, OrganisationIdentifierId, OrganisationMissingId,
    OrganisationNameId, ResponseId,
};
use entity::vocabulary::{CodeRole, IdentifierScheme, RowVisibility};

use super::expand::{Expand, child, fact};
use super::json;
use crate::domain::draft::lang_text;
use crate::domain::draft::{
    CodeDraft, IdentifierDraft, Known, LocationDraft, NameDraft, OrganisationDraft, ResponseDraft,
};
use crate::domain::text::{fold, slug};

const PUBLIC: RowVisibility = RowVisibility::Public;

impl Expand<'_> {
    /// An organisation with all that hangs on it.
    pub(super) fn organisation(&mut self, draft: &OrganisationDraft) {
        let id = self.deliver(&draft.key);
        let source_id = self.source_id(&draft.key, &draft.source);
        if draft.name.trim().is_empty() {
            self.fault(&draft.key, "an organisation needs a name");
        }
        self.rows.organisations.push(fact!(organisation, id, PUBLIC, {
            slug: slug(&draft.lang, &draft.name),
            name: json(&lang_text(&draft.lang, draft.name.clone())),
            folded: fold(&draft.name),
            legal_name: None,
            legal_form: draft.legal_form.clone(),
            kind: draft.kind,
            ownership: draft.ownership,
            status: draft.status,
            status_since: None,
            founded_on: draft.founded.map(|date| date.on),
            founded_on_precision: draft.founded.map(|date| date.precision),
            website: draft.website.clone(),
            description: draft.description.as_ref().map(json),
            summary: draft.summary.as_ref().map(json),
            size_band: draft.size_band,
            business_models: json(&draft.business_models),
            use_types: json(&draft.use_types),
            dependence: draft.dependence,
            based_in_country: draft.based_in_country,
            earns_revenue: draft.earns_revenue,
            uses_data: draft.uses_data,
            consent: draft.consent,
            source_id: Some(source_id),
            stated_at: draft.recorded_at,
        }));
        self.names(id, &draft.names);
        self.identifiers(id, &draft.identifiers);
        self.organisation_codes(draft, id);
        if let Some(location) = &draft.location {
            self.location(&draft.key, id, location);
        }
        for (attribute, missing) in &draft.missing {
            let row = OrganisationMissingId(child(id.0, &format!("missing/{}", attribute.as_str())));
            self.rows.missing.push(fact!(organisation_missing, row, PUBLIC, {
                organisation_id: id,
                attribute: *attribute,
                missing: *missing,
            }));
        }
        for response in &draft.responses {
            self.response(&draft.key, id, response);
        }
        for (number, claim) in (1..).zip(&draft.claims) {
            self.use_claim(&format!("{}: use {number}", draft.key), id, claim);
        }
        for (number, impact) in (1..).zip(&draft.impacts) {
            self.impact_claim(&format!("{}: impact {number}", draft.key), id, impact);
        }
        for observation in &draft.observations {
            self.observation(&draft.key, Some(id), observation);
        }
    }

    pub(super) fn names(&mut self, organisation_id: OrganisationId, names: &[NameDraft]) {
        for name in names {
            let key = format!("name/{}/{}/{}", name.kind.as_str(), name.lang, name.text);
            let id = OrganisationNameId(child(organisation_id.0, &key));
            self.rows.names.push(fact!(organisation_name, id, PUBLIC, {
                organisation_id,
                text: name.text.clone(),
                folded: fold(&name.text),
                lang: name.lang.clone(),
                kind: name.kind,
                valid_from: None,
                valid_from_precision: None,
                valid_to: None,
                valid_to_precision: None,
            }));
        }
    }

    /// An identifier is its own key within the source, so that it can move from one record to another.
    /// A web domain may be shared, and is keyed by its organisation.
    pub(super) fn identifiers(&mut self, organisation_id: OrganisationId, identifiers: &[IdentifierDraft]) {
        for identifier in identifiers {
            let key = format!("{}/{}", identifier.scheme.as_str(), identifier.value);
            let id = match identifier.scheme {
                IdentifierScheme::Domain => child(organisation_id.0, &format!("identifier/{key}")),
                _ => self.id("identifier", &key),
            };
            let id = OrganisationIdentifierId(id);
            self.rows.identifiers.push(fact!(organisation_identifier, id, PUBLIC, {
                organisation_id,
                scheme: identifier.scheme,
                value: identifier.value.clone(),
                is_verified: false,
            }));
        }
    }

    fn organisation_codes(&mut self, draft: &OrganisationDraft, organisation_id: OrganisationId) {
        let primary = |code: &&CodeDraft| code.role == CodeRole::ReuseSectorPrimary;
        if draft.codes.iter().filter(primary).count() > 1 {
            self.fault(&draft.key, "an organisation has at most one primary sector");
        }
        for code in &draft.codes {
            let code_id = code.code.as_deref().and_then(|value| self.code(&draft.key, &code.scheme, value));
            if code.code.is_none() && code.text.is_none() {
                self.fault(&draft.key, format!("a code of '{}' has neither code nor text", code.scheme));
            }
            let wave_id = self.wave(&draft.key, code.wave.as_ref()).map(|(id, _)| id);
            // The primary sector is one row, so that another sector replaces it in place.
            let key = match code.role {
                CodeRole::ReuseSectorPrimary => "code/reuse_sector_primary".to_owned(),
                role => {
                    let value = code.code.as_deref().or(code.text.as_deref()).unwrap_or_default();
                    format!("code/{}/{}/{}/{value}", role.as_str(), code.scheme, code.assigned_by.as_str())
                }
            };
            let id = OrganisationCodeId(child(organisation_id.0, &key));
            self.rows.codes.push(fact!(organisation_code, id, PUBLIC, {
                organisation_id,
                scheme: code.scheme.clone(),
                code_id,
                text: code.text.clone(),
                role: code.role,
                assigned_by: code.assigned_by,
                confidence: code.confidence,
                wave_id,
            }));
        }
    }

    fn location(&mut self, field: &str, organisation_id: OrganisationId, draft: &LocationDraft) {
        let area_id = draft.area.as_ref().and_then(|(scheme, code)| {
            let found = self.codes.area(*scheme, code);
            if found.is_none() {
                self.fault(field, format!("there is no area '{code}' in '{}'", scheme.as_str()));
            }
            found
        });
        let is_inside = |degrees: Option<f64>, limit: f64| degrees.is_none_or(|d| d.abs() <= limit);
        if draft.latitude.is_some() != draft.longitude.is_some()
            || !is_inside(draft.latitude, 90.0)
            || !is_inside(draft.longitude, 180.0)
        {
            self.fault(field, "the point is not on the globe");
        }
        let id = LocationId(child(organisation_id.0, &format!("location/{}", draft.role.as_str())));
        self.rows.locations.push(fact!(location, id, PUBLIC, {
            organisation_id,
            role: draft.role,
            address: None,
            locality: draft.locality.clone(),
            postal_code: draft.postal_code.clone(),
            area_id,
            latitude: draft.latitude,
            longitude: draft.longitude,
            precision: draft.precision,
        }));
    }

    fn response(&mut self, field: &str, organisation_id: OrganisationId, draft: &ResponseDraft) {
        let Some((wave_id, _)) = self.wave(field, Some(&draft.wave)) else { return };
        let response_id = response_id(organisation_id, &draft.wave);
        self.rows.responses.push(fact!(response, response_id, PUBLIC, {
            wave_id,
            organisation_id,
            channel: draft.channel,
            status: draft.status,
            completed_by: draft.completed_by,
        }));
        for answer in &draft.answers {
            let id = AnswerId(child(response_id.0, &format!("answer/{}", answer.question)));
            let (value, missing) = match &answer.value {
                Known::Value(value) => (Some(value.clone()), None),
                Known::Missing(missing) => (None, Some(*missing)),
            };
            self.rows.answers.push(fact!(answer, id, answer.visibility, {
                response_id,
                question: answer.question.clone(),
                value,
                missing,
            }));
        }
    }
}

fn response_id(organisation: OrganisationId, wave: &str) -> ResponseId {
    ResponseId(child(organisation.0, &format!("response/{wave}")))
}
