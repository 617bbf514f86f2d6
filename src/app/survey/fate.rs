//! What would become of the rows of a list: each is looked up in the register, which is read once for all of them.

use std::collections::{BTreeSet, HashMap};

use entity::id::OrganisationId;
use entity::vocabulary::{ResponseStatus, RowVisibility};

use crate::app::{Context, Error};
use crate::domain::candidate::{Candidate, Row};
use crate::domain::participation::{Step, advance};
use crate::domain::text::{fold, in_language};
use crate::domain::violation::{Fault, Violation};
use crate::store::survey::organisation::{self as organisations, Organisation};
use crate::store::survey::response as responses;
use crate::store::survey::study::Wave;

/// What would become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// An organisation of the register is invited; where it has been already, its link is made anew.
    Known { id: OrganisationId, slug: String, before: Option<ResponseStatus> },
    /// A new organisation is recorded, which nobody sees yet, and invited.
    New,
    /// Nothing, because of this.
    Problem(Vec<Violation>),
}

/// A row and what would become of it.
#[derive(Clone, Debug)]
pub struct Previewed {
    pub line: u64,
    /// What it calls the organisation, also where the row has a problem.
    pub name: String,
    pub candidate: Option<Candidate>,
    pub fate: Fate,
}

impl Previewed {
    /// How far the organisation has come in the wave, where it was invited before and its link can be made anew.
    pub fn invited_before(&self) -> Option<ResponseStatus> {
        match self.fate {
            Fate::Known { before, .. } => before.filter(|status| *status != ResponseStatus::Identified),
            Fate::New | Fate::Problem(_) => None,
        }
    }
}

/// The fates of rows, in their order.
pub(super) async fn fates(ctx: &Context, wave: &Wave, rows: Vec<Row>) -> Result<Vec<Previewed>, Error> {
    let register = Register::of(ctx, wave, &rows).await?;
    let mut seen = BTreeSet::new();
    let previewed = rows.into_iter().map(|Row { line, name, read }| match read {
        Err(faults) => Previewed { line, name, candidate: None, fate: Fate::Problem(faults) },
        Ok(candidate) => {
            let fate = register.fate(&candidate);
            let name = match &fate {
                // Who gives the address alone is told whose it is.
                Fate::Known { id, .. } if candidate.name.is_empty() => {
                    register.name(*id, &candidate.lang).unwrap_or(name)
                }
                _ => name,
            };
            let key = match &fate {
                Fate::Known { id, .. } => id.to_string(),
                Fate::New | Fate::Problem(_) => fold(&candidate.name),
            };
            let fate = if seen.insert(key) {
                fate
            } else {
                let twice = Violation::new("name", "an earlier row names this organisation").of(Fault::Taken);
                Fate::Problem(vec![twice])
            };
            Previewed { line, name, candidate: Some(candidate), fate }
        }
    });
    Ok(previewed.collect())
}

/// What whoever runs the study may know of the organisations that a list names.
struct Register {
    by_slug: HashMap<String, Organisation>,
    by_name: HashMap<String, Vec<Organisation>>,
    /// How far those that are in the wave have come.
    status: HashMap<OrganisationId, ResponseStatus>,
}

impl Register {
    async fn of(ctx: &Context, wave: &Wave, rows: &[Row]) -> Result<Self, Error> {
        let candidates = || rows.iter().filter_map(|row| row.read.as_ref().ok());
        let slugs: Vec<String> = candidates().filter_map(|one| one.slug.clone()).collect();
        let names = candidates().filter(|one| one.slug.is_none()).map(|one| fold(&one.name)).collect::<BTreeSet<_>>();
        let names: Vec<String> = names.into_iter().collect();
        let by_slug = visible(ctx, wave, organisations::by_slugs(&ctx.db, &slugs).await?).await?;
        let named = visible(ctx, wave, organisations::of_names(&ctx.db, &names).await?).await?;
        let ids: Vec<_> = by_slug.iter().chain(&named).map(|one| one.entity_id).collect();
        let status = responses::statuses_of(&ctx.db, wave.entity_id, &ids).await?.into_iter().collect();
        let mut by_name: HashMap<String, Vec<Organisation>> = HashMap::new();
        for one in named {
            by_name.entry(one.folded.clone()).or_default().push(one);
        }
        Ok(Self { by_slug: by_slug.into_iter().map(|one| (one.slug.clone(), one)).collect(), by_name, status })
    }

    fn fate(&self, candidate: &Candidate) -> Fate {
        let problem = |field, message: &str| Fate::Problem(vec![Violation::new(field, message)]);
        if let Some(slug) = &candidate.slug {
            return match self.by_slug.get(slug) {
                Some(found) => self.known(found),
                None => problem("organisation", "the register has no organisation of this address"),
            };
        }
        let same = self.by_name.get(&fold(&candidate.name)).map_or(&[] as &[Organisation], Vec::as_slice);
        let host = |text: &Option<String>| text.as_deref().and_then(host_of);
        let wanted = host(&candidate.website);
        let by_host: Vec<_> = same.iter().filter(|one| wanted.is_some() && host(&one.website) == wanted).collect();
        match (same, by_host.as_slice()) {
            ([], _) => Fate::New,
            (_, [one]) => self.known(one),
            // A name alone is not enough to tell: whoever runs the study decides.
            _ => problem("name", "the register has this name; give its address in the column 'organisation'"),
        }
    }

    /// What the register calls an organisation that was found by its address.
    fn name(&self, id: OrganisationId, lang: &str) -> Option<String> {
        let found = self.by_slug.values().find(|one| one.entity_id == id)?;
        in_language(&found.name, lang)
    }

    fn known(&self, found: &Organisation) -> Fate {
        let before = self.status.get(&found.entity_id).copied();
        if before.is_some_and(|status| advance(status, Step::Invite).is_err()) {
            let message = "this organisation is in the wave already, and what it sent or what was decided stays";
            return Fate::Problem(vec![Violation::new("organisation", message).of(Fault::Taken)]);
        }
        Fate::Known { id: found.entity_id, slug: found.slug.clone(), before }
    }
}

/// The public ones, and those in a wave of the study: what another study has found is not told.
async fn visible(ctx: &Context, wave: &Wave, mut found: Vec<Organisation>) -> Result<Vec<Organisation>, Error> {
    let is_public = |one: &Organisation| one.visibility == RowVisibility::Public;
    let hidden: Vec<_> = found.iter().filter(|one| !is_public(one)).map(|one| one.entity_id).collect();
    if !hidden.is_empty() {
        let own = responses::of_study(&ctx.db, wave.study_id, &hidden).await?;
        found.retain(|one| is_public(one) || own.contains(&one.entity_id));
    }
    Ok(found)
}

fn host_of(website: &str) -> Option<String> {
    let url = url::Url::parse(website).ok()?;
    Some(url.host_str()?.trim_start_matches("www.").to_owned())
}
