//! What cases are about, in words: one reading for many cases at once.

use std::collections::HashMap;

use entity::id::{
    AccountId, AreaId, CodeId, DatasetId, ImpactClaimId, IndicatorDefinitionId, IndicatorObservationId, OrganisationId,
    ProposalId, SourceId, UseClaimId, WaveId,
};
use entity::vocabulary::{ActorKind, CaseKind, Role, RowVisibility};
use serde_json::Value;
use uuid::Uuid;

use super::Case;
use super::accept::content_of;
use super::amount::{self, Unit};
use super::propose::seen;
use super::value;
use crate::app::{Context, Error};
use crate::atlas::Lang;
use crate::domain::access::Actor;
use crate::domain::review::{Field, Proposed, SECTORS, Subject, Target};
use crate::domain::text::{by_language, fold};
use crate::store::review::{On, facts};

/// A headline shows no more of a text than this.
const SHOWN: usize = 90;

/// Names of records, by id.
#[derive(Clone, Debug, Default)]
pub struct Names {
    lang: String,
    labels: HashMap<Uuid, String>,
    slugs: HashMap<Uuid, String>,
    /// Names of sectors and areas that corrections propose, by code.
    coded: HashMap<String, String>,
    /// What indicators are measured in.
    units: HashMap<Uuid, String>,
    uses: HashMap<Uuid, entity::use_claim::Model>,
    impacts: HashMap<Uuid, entity::impact_claim::Model>,
    values: HashMap<Uuid, value::Observation>,
    proposals: HashMap<Uuid, entity::proposal::Model>,
}

impl Names {
    /// Reads what the cases name.
    pub async fn of(on: On<'_>, cases: &[Case], lang: &str) -> Result<Self, Error> {
        let mut names = Self { lang: lang.to_owned(), ..Self::default() };
        let of_kind = |wanted: &[CaseKind]| -> Vec<Uuid> {
            cases.iter().filter(|case| wanted.contains(&case.kind)).filter_map(|case| case.subject_id).collect()
        };
        let claims = of_kind(&[
            CaseKind::UseClaim,
            CaseKind::ImpactClaim,
            CaseKind::Evidence,
            CaseKind::Dispute,
            CaseKind::Retraction,
        ]);
        let uses: Vec<UseClaimId> = claims.iter().copied().map(UseClaimId).collect();
        for row in facts::use_claims(on, &uses).await? {
            names.uses.insert(row.entity_id.0, row);
        }
        let impacts: Vec<ImpactClaimId> = claims.iter().copied().map(ImpactClaimId).collect();
        for row in facts::impact_claims(on, &impacts).await? {
            names.impacts.insert(row.entity_id.0, row);
        }
        let values: Vec<IndicatorObservationId> = claims.iter().copied().map(IndicatorObservationId).collect();
        for row in facts::observations(on, &values).await? {
            names.values.insert(row.entity_id.0, row);
        }
        let answers = [CaseKind::Attribute, CaseKind::Code, CaseKind::Use, CaseKind::Observation, CaseKind::Display];
        let proposals: Vec<ProposalId> = of_kind(&answers).into_iter().map(ProposalId).collect();
        for row in facts::proposals(on, &proposals).await? {
            names.proposals.insert(row.id.0, row);
        }
        let mut wanted: Vec<Uuid> = of_kind(&[CaseKind::Correction, CaseKind::Dataset]);
        for case in cases {
            wanted.extend(case.organisation_id.map(|id| id.0));
            wanted.extend(case.publisher_id.map(|id| id.0));
            wanted.extend(case.wave_id.map(|id| id.0));
            wanted.extend(case.assignee_id.map(|id| id.0));
            wanted.extend(case.decided_by.map(|id| id.0));
            wanted.extend(case.proposer_id.filter(|_| case.proposer_kind == Some(ActorKind::Account)));
        }
        for case in cases.iter().filter(|case| case.kind == CaseKind::Correction) {
            names.code(on, case).await?;
        }
        for row in names.uses.values() {
            wanted.extend(super::accept::target(row).into_iter().flatten());
        }
        wanted.extend(names.impacts.values().filter_map(|row| row.code_id).map(|id| id.0));
        wanted.extend(names.values.values().map(|row| row.indicator_definition_id.0));
        names.read(on, wanted).await?;
        Ok(names)
    }

    /// Reads what a correction calls by a code.
    async fn code(&mut self, on: On<'_>, case: &Case) -> Result<(), Error> {
        let Ok(Proposed::Correction { field, value, .. }) = content_of(case) else { return Ok(()) };
        let found = match field {
            Field::Sector => facts::code(on, SECTORS, &value).await?.map(|row| row.label),
            Field::Area => facts::area(on, &value).await?.map(|row| row.name),
            _ => None,
        };
        let found = found.map(|texts| self.worded(&texts));
        self.coded.extend(found.map(|name| (value, name)));
        Ok(())
    }

    /// Reads the names of more records, whatever they are.
    pub async fn read(&mut self, on: On<'_>, mut wanted: Vec<Uuid>) -> Result<(), Error> {
        wanted.retain(|id| !self.labels.contains_key(id));
        wanted.sort_unstable();
        wanted.dedup();
        for ids in wanted.chunks(facts::MOST) {
            let organisations: Vec<_> = ids.iter().copied().map(OrganisationId).collect();
            for row in facts::organisations(on, &organisations).await? {
                self.labels.insert(row.entity_id.0, self.worded(&row.name));
                self.slugs.insert(row.entity_id.0, row.slug);
            }
            let datasets: Vec<_> = ids.iter().copied().map(DatasetId).collect();
            for row in facts::datasets(on, &datasets).await? {
                self.labels.insert(row.entity_id.0, self.worded(&row.title));
                self.slugs.insert(row.entity_id.0, row.slug);
            }
            let codes: Vec<_> = ids.iter().copied().map(CodeId).collect();
            for row in facts::codes(on, &codes).await? {
                self.labels.insert(row.id.0, self.worded(&row.label));
            }
            let indicators: Vec<_> = ids.iter().copied().map(IndicatorDefinitionId).collect();
            for row in facts::indicators(on, &indicators).await? {
                self.labels.insert(row.id.0, self.worded(&row.name));
                self.units.insert(row.id.0, row.unit);
            }
            let waves: Vec<_> = ids.iter().copied().map(WaveId).collect();
            for row in facts::waves(on, &waves).await? {
                self.labels.insert(row.entity_id.0, self.worded(&row.title));
            }
            let accounts: Vec<_> = ids.iter().copied().map(AccountId).collect();
            for (id, name) in facts::accounts(on, &accounts).await? {
                self.labels.insert(id.0, name);
            }
            let areas: Vec<_> = ids.iter().copied().map(AreaId).collect();
            for row in facts::areas(on, &areas).await? {
                self.labels.insert(row.id.0, self.worded(&row.name));
            }
            let sources: Vec<_> = ids.iter().copied().map(SourceId).collect();
            for row in facts::sources(on, &sources).await? {
                self.labels.insert(row.entity_id.0, row.title);
            }
        }
        Ok(())
    }

    /// The name of a record.
    pub fn label(&self, id: Uuid) -> Option<&str> {
        self.labels.get(&id).map(String::as_str)
    }

    /// The last part of the address of a record.
    pub fn slug(&self, id: Uuid) -> Option<&str> {
        self.slugs.get(&id).map(String::as_str)
    }

    /// The answer's proposal behind a case.
    pub fn proposal(&self, case: &Case) -> Option<&entity::proposal::Model> {
        self.proposals.get(&case.subject_id?)
    }

    /// A text in the reader's language, or in the one there is.
    pub fn worded(&self, json: &str) -> String {
        let texts = by_language(json);
        let of = |lang: &str| texts.get(lang);
        let found = of(&self.lang).or_else(|| of("es")).or_else(|| texts.values().next());
        found.cloned().unwrap_or_else(|| json.to_owned())
    }

    /// A number of a recorded value with its unit, from what `amount::together` keeps of it.
    pub(super) fn amount(&self, kept: &Value) -> String {
        let indicator = kept["indicator"].as_str().and_then(|text| text.parse::<Uuid>().ok());
        let unit = indicator.and_then(|id| self.units.get(&id)).map(String::as_str);
        let unit = match (kept["currency"].as_str(), unit) {
            (Some(currency), _) => Unit::Money(currency),
            (None, Some("%" | "percent")) => Unit::Percent,
            (None, _) => Unit::Other,
        };
        let scale = kept["scale"].as_u64().and_then(|scale| u32::try_from(scale).ok()).unwrap_or_default();
        amount::worded(self.reads(), (kept["mantissa"].as_i64().unwrap_or_default(), scale), unit)
    }

    fn reads(&self) -> Lang {
        if self.lang == "en" { Lang::EN } else { Lang::ES }
    }

    /// What a case is about, in a line.
    pub fn headline(&self, case: &Case) -> String {
        let text = match case.kind {
            CaseKind::UseClaim | CaseKind::ImpactClaim => self.claim(case.subject_id),
            CaseKind::Attribute | CaseKind::Code | CaseKind::Use | CaseKind::Observation | CaseKind::Display => {
                self.proposal(case).map(|proposal| answered(self.reads(), proposal))
            }
            _ => content_of(case).ok().map(|content| self.proposed(&content)),
        };
        cut(&text.unwrap_or_default())
    }

    fn claim(&self, id: Option<Uuid>) -> Option<String> {
        let id = id?;
        if let Some(row) = self.uses.get(&id) {
            let target = super::accept::target(row).into_iter().flatten().next()?;
            return self.label(target).map(str::to_owned);
        }
        if let Some(row) = self.values.get(&id) {
            return Some(value::line(self, row));
        }
        let row = self.impacts.get(&id)?;
        row.code_id.and_then(|code| self.label(code.0)).map(str::to_owned).or_else(|| row.text.clone())
    }

    fn proposed(&self, content: &Proposed) -> String {
        let claim = |subject: &Subject| match subject {
            Subject::UseClaim(id) => self.claim(Some(id.0)).unwrap_or_default(),
            Subject::ImpactClaim(id) => self.claim(Some(id.0)).unwrap_or_default(),
            Subject::Observation(id) => self.claim(Some(id.0)).unwrap_or_default(),
            Subject::Organisation(id) => self.label(id.0).unwrap_or_default().to_owned(),
            Subject::Dataset(id) => self.label(id.0).unwrap_or_default().to_owned(),
        };
        match content {
            Proposed::Organisation { name, .. } => name.clone(),
            Proposed::Dataset { title, .. } => title.clone(),
            Proposed::Correction { subject, field: Field::Rfc, .. } => format!("{}: RFC", claim(subject)),
            Proposed::Correction { subject, field: Field::Sector | Field::Area, value, .. } => {
                format!("{}: {}", claim(subject), self.coded.get(value).unwrap_or(value))
            }
            Proposed::Correction { subject, value, .. } => format!("{}: {value}", claim(subject)),
            Proposed::Evidence { claim: of, cited } => format!("{}: {}", claim(of), cited.title),
            Proposed::ErrorReport { path, text } => format!("{path}: {text}"),
            Proposed::Dispute { claim: of, reason } | Proposed::Retraction { claim: of, reason } => {
                format!("{}: {reason}", claim(of))
            }
        }
    }
}

/// What an answer's proposal says, in a line.
fn answered(lang: Lang, proposal: &entity::proposal::Model) -> String {
    let content: Value = serde_json::from_str(&proposal.content).unwrap_or_default();
    let word = |key: &str| content[key].as_str().unwrap_or_default().to_owned();
    match proposal.kind {
        entity::vocabulary::ProposalKind::Attribute => {
            let values: Vec<String> = serde_json::from_value(content["values"].clone()).unwrap_or_default();
            format!("{}: {}", word("field"), values.join(", "))
        }
        entity::vocabulary::ProposalKind::Code => format!("{}: {}", word("scheme"), word("code")),
        entity::vocabulary::ProposalKind::Observation => {
            format!("{}: {}", word("indicator"), amount::answered(lang, &content))
        }
        entity::vocabulary::ProposalKind::Use => {
            let title = content["what"]["unlisted"].as_str().unwrap_or_default();
            let publisher = word("publisher");
            if publisher.is_empty() { title.to_owned() } else { format!("{title} ({publisher})") }
        }
        entity::vocabulary::ProposalKind::Display => {
            let given = if content["given"].as_bool().unwrap_or_default() { "yes" } else { "no" };
            format!("{}: {given}", proposal.question)
        }
        _ => proposal.question.clone(),
    }
}

fn cut(text: &str) -> String {
    let line = crate::domain::text::one_line(text);
    if line.chars().count() <= SHOWN {
        return line;
    }
    let mut short: String = line.chars().take(SHOWN).collect();
    short.push('…');
    short
}

/// What an address of this site shows, such as `/datasets/presupuesto`, or the one organisation of that name: it may be
/// recorded and have no page yet. What the actor may not see is not there: nobody learns by asking whether somebody has been
/// invited, or has asked not to be shown.
pub async fn target_at(ctx: &Context, actor: &Actor, address: &str) -> Result<Option<Target>, Error> {
    let on = On::Record(&ctx.db);
    let path = address.trim().split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
    let (Some(slug), Some(kind)) = (parts.next(), parts.next()) else { return named(ctx, actor, address).await };
    match kind {
        "datasets" => {
            let found = facts::dataset_at(on, slug).await?;
            let is_seen = |row: &entity::dataset::Model| {
                row.visibility == RowVisibility::Public || actor.is(Role::Curator, ctx.now())
            };
            Ok(found.filter(is_seen).map(|row| Target::Dataset(row.entity_id)))
        }
        "publishers" | "organisations" => {
            let Some(row) = facts::organisation_at(on, slug).await? else { return Ok(None) };
            match seen(on, actor, row.entity_id, ctx.now()).await {
                Ok(()) => Ok(Some(Target::Publisher(row.entity_id))),
                Err(Error::NotFound) => Ok(None),
                Err(error) => Err(error),
            }
        }
        _ => Ok(None),
    }
}

/// The one organisation of a name, or with the last part of an address, that the actor may see.
async fn named(ctx: &Context, actor: &Actor, typed: &str) -> Result<Option<Target>, Error> {
    let on = On::Record(&ctx.db);
    let mut rows = facts::organisations_named(on, &fold(typed)).await?;
    rows.extend(facts::organisation_at(on, typed.trim()).await?);
    let mut found: Vec<OrganisationId> = Vec::new();
    for row in rows {
        match seen(on, actor, row.entity_id, ctx.now()).await {
            Ok(()) if !found.contains(&row.entity_id) => found.push(row.entity_id),
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(match found.as_slice() {
        [one] => Some(Target::Publisher(*one)),
        _ => None,
    })
}

/// Which record an address of this site shows to an actor.
pub async fn subject_at(ctx: &Context, actor: &Actor, address: &str) -> Result<Option<Subject>, Error> {
    Ok(target_at(ctx, actor, address).await?.map(|target| match target {
        Target::Dataset(id) => Subject::Dataset(id),
        Target::Publisher(id) => Subject::Organisation(id),
    }))
}
