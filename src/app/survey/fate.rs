//! What would become of the rows of a list: each is looked up in the register, which is read once for all of them.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::id::OrganisationId;
use entity::vocabulary::{ResponseStatus, RowVisibility};

use super::standing::{self, Named};
use super::willing::may_write;
use crate::app::{Context, Error};
use crate::domain::candidate::{Candidate, Row};
use crate::domain::email::Email;
use crate::domain::participation::{Step, advance};
use crate::domain::text::{fold, in_language};
use crate::domain::violation::{Fault, Violation};
use crate::store::survey::organisation::Organisation;
use crate::store::survey::respondent::{Respondent, has_spoken};
use crate::store::survey::study::Wave;
use crate::store::survey::{invitation, letter_wish, respondent, response as responses};

/// Of an address whose owner wants no letters.
pub const NO_LETTERS: &str = "nobody may write to this address: leave it out, and hand the link over in another way";
/// Of an organisation that has refused to take part.
pub const REFUSED: &str = "this organisation has refused to take part; if it has thought again, make its link anew \
                           on the page of its response";

/// Of an organisation whose respondent has said who they are, where a list names somebody else.
pub const SPOKEN: &str = "somebody has said on its link who answers for this organisation, under another address: give \
                          that one (it is on the page of its response), or hand a new link over from there";

/// What would become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// An organisation of the register is invited; where it has been already, a link of it that can still be followed stays
    /// or is made anew.
    Known { id: OrganisationId, slug: String, before: Option<ResponseStatus>, has_link: bool },
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
    pub candidate: Candidate,
    pub fate: Fate,
    /// The organisation of the register that it is, also where the row has a problem, and how far that has come in the wave.
    pub known: Option<(String, Option<ResponseStatus>)>,
    /// Whether it can be invited by a letter: an address is given, or known from before, and may be written to.
    pub has_address: bool,
}

impl Previewed {
    /// How far the organisation has come in the wave, where it was invited before and its link can be made anew.
    pub fn invited_before(&self) -> Option<ResponseStatus> {
        match self.fate {
            Fate::Known { before, .. } => before.filter(|status| *status != ResponseStatus::Identified),
            Fate::New | Fate::Problem(_) => None,
        }
    }

    /// Whether it was, and has a link that can still be followed.
    pub fn has_link(&self) -> bool {
        matches!(self.fate, Fate::Known { has_link: true, .. })
    }
}

/// The fates of rows, in their order.
pub(super) async fn fates(ctx: &Context, wave: &Wave, rows: Vec<Row>) -> Result<Vec<Previewed>, Error> {
    let register = Register::of(ctx, wave, &rows).await?;
    let mut seen = BTreeSet::new();
    let previewed = rows.into_iter().map(|Row { line, name, candidate, mut faults }| {
        let (found, fate) = register.fate(&candidate);
        let known = found.map(|one| (one.slug.clone(), register.status.get(&one.entity_id).copied()));
        let name = match &fate {
            // Who gives the address alone is told whose it is.
            Fate::Known { id, .. } if candidate.name.is_empty() => register.name(*id, &candidate.lang).unwrap_or(name),
            _ => name,
        };
        let key = match &fate {
            Fate::Known { id, .. } => id.to_string(),
            Fate::New | Fate::Problem(_) => candidate.slug.clone().unwrap_or_else(|| fold(&candidate.name)),
        };
        // A row that is wrong in itself takes no other's place.
        let is_first = if faults.is_empty() { seen.insert(key) } else { !seen.contains(&key) };
        if let Fate::Problem(found) = &fate {
            faults.extend(found.iter().cloned());
        }
        if key_of(&candidate).is_some_and(|key| register.unwilling.contains(&key)) {
            // One sentence for all, so that nobody learns from a list who has asked to be forgotten.
            faults.push(Violation::new("email", NO_LETTERS));
        } else if register.speaks_otherwise(&fate, &candidate) {
            faults.push(Violation::new("email", SPOKEN));
        }
        if !is_first {
            faults.push(Violation::new("name", "an earlier row names this organisation").of(Fault::Taken));
        }
        let fate = if faults.is_empty() { fate } else { Fate::Problem(faults) };
        let has_address = register.has_address(&fate, &candidate);
        Previewed { line, name, candidate, fate, known, has_address }
    });
    Ok(previewed.collect())
}

/// What whoever runs the study may know of the organisations that a list names.
struct Register {
    by_slug: HashMap<String, Organisation>,
    by_name: HashMap<String, Vec<Named>>,
    /// How far those that are in the wave have come.
    status: HashMap<OrganisationId, ResponseStatus>,
    /// Those in the wave with a link that can be followed.
    linked: HashSet<OrganisationId>,
    /// Those who answer for organisations of the wave.
    answering: HashMap<OrganisationId, Respondent>,
    /// The addresses, as they are compared, of the list and of those who answer that may not be written to.
    unwilling: HashSet<String>,
}

impl Register {
    async fn of(ctx: &Context, wave: &Wave, rows: &[Row]) -> Result<Self, Error> {
        let candidates = || rows.iter().map(|row| &row.candidate);
        let slugs: Vec<String> = candidates().filter_map(|one| one.slug.clone()).collect();
        let names = candidates().filter(|one| one.slug.is_none()).map(|one| fold(&one.name)).collect::<BTreeSet<_>>();
        let names: Vec<String> = names.into_iter().collect();
        let by_slug = standing::at_slugs(ctx, wave, &slugs).await?;
        let by_name = standing::of_names(ctx, wave, &names).await?;
        let named = by_name.values().flatten().flat_map(Named::all);
        let ids: Vec<_> = by_slug.values().chain(named).map(|one| one.entity_id).collect();
        let own = responses::of_those(&ctx.db, wave.entity_id, &ids).await?;
        let status = own.iter().map(|row| (row.organisation_id, row.status)).collect();
        let whose: HashMap<_, _> = own.iter().map(|row| (row.entity_id, row.organisation_id)).collect();
        let asked: Vec<_> = whose.keys().copied().collect();
        let linked = invitation::followable(&ctx.db, &asked, ctx.now()).await?;
        let linked = linked.iter().map(|response| whose[response]).collect();
        let answering = respondent::of_all(&ctx.db, &asked).await?;
        let answering: HashMap<_, _> = answering.shown.into_iter().map(|row| (whose[&row.response_id], row)).collect();
        let keys = candidates().filter_map(key_of).chain(answering.values().map(|one| one.email_key.clone()));
        let keys: Vec<String> = keys.collect::<BTreeSet<_>>().into_iter().collect();
        let unwilling = letter_wish::unwilling(&ctx.db, wave.study_id, &keys).await?;
        Ok(Self { by_slug, by_name, status, linked, answering, unwilling })
    }

    /// The organisation of the register that a row is, and what would become of it.
    fn fate(&self, candidate: &Candidate) -> (Option<&Organisation>, Fate) {
        let problem = |field, message: &str| (None, Fate::Problem(vec![Violation::new(field, message)]));
        if let Some(slug) = &candidate.slug {
            return match self.by_slug.get(slug) {
                Some(found) => self.known(found),
                None => problem("organisation", "the register has no organisation of this address"),
            };
        }
        let same = self.by_name.get(&fold(&candidate.name)).map_or(&[] as &[Named], Vec::as_slice);
        let host = |text: &Option<String>| text.as_deref().and_then(host_of);
        let wanted = host(&candidate.website);
        let is_there = |named: &&Named| wanted.is_some() && named.all().any(|one| host(&one.website) == wanted);
        let by_host: Vec<_> = same.iter().filter(is_there).collect();
        let again: Vec<_> = same.iter().filter(|one| self.is_again(one, candidate)).collect();
        match (same, by_host.as_slice(), again.as_slice()) {
            ([], ..) => (None, Fate::New),
            (_, [one], _) | (_, _, [one]) => self.known(&one.stands),
            // A name alone is not enough to tell: whoever runs the study decides.
            _ => problem("name", "the register has this name; give its address in the column 'organisation'"),
        }
    }

    /// Whether a row is the one by which an organisation of the same name is in the wave already: the same person answers
    /// for it. One that nobody sees yet has no address to be named by, so that none and none are the same too.
    fn is_again(&self, found: &Named, candidate: &Candidate) -> bool {
        let mut known = found.all().filter_map(|one| self.answering.get(&one.entity_id)).map(|one| &one.email_key);
        self.status.contains_key(&found.stands.entity_id)
            && match key_of(candidate) {
                Some(key) => known.any(|one| *one == key),
                None => known.next().is_none() && found.stands.visibility != RowVisibility::Public,
            }
    }

    /// Whether somebody else than a row names has said that they answer for its organisation.
    fn speaks_otherwise(&self, fate: &Fate, candidate: &Candidate) -> bool {
        let Fate::Known { id, .. } = fate else { return false };
        let other = |one: &Respondent| has_spoken(one) && key_of(candidate).is_some_and(|key| key != one.email_key);
        self.answering.get(id).is_some_and(other)
    }

    /// Whether a letter would reach whoever is to answer, and may be written.
    fn has_address(&self, fate: &Fate, candidate: &Candidate) -> bool {
        let known = match fate {
            Fate::Known { id, .. } => self.answering.get(id),
            Fate::New => None,
            Fate::Problem(_) => return false,
        };
        match key_of(candidate) {
            Some(key) if known.is_none_or(|one| one.email_key != key) => !self.unwilling.contains(&key),
            _ => may_write(known, known.is_some_and(|one| self.unwilling.contains(&one.email_key))),
        }
    }

    /// What the register calls an organisation that was found by its address.
    fn name(&self, id: OrganisationId, lang: &str) -> Option<String> {
        let found = self.by_slug.values().find(|one| one.entity_id == id)?;
        in_language(&found.name, lang)
    }

    fn known<'r>(&self, found: &'r Organisation) -> (Option<&'r Organisation>, Fate) {
        let before = self.status.get(&found.entity_id).copied();
        if before == Some(ResponseStatus::Refused) {
            return (Some(found), Fate::Problem(vec![Violation::new("organisation", REFUSED)]));
        }
        if before.is_some_and(|status| advance(status, Step::Invite).is_err()) {
            let message = "this organisation is in the wave already, and what it sent or what was decided stays";
            return (Some(found), Fate::Problem(vec![Violation::new("organisation", message).of(Fault::Taken)]));
        }
        let has_link = self.linked.contains(&found.entity_id);
        (Some(found), Fate::Known { id: found.entity_id, slug: found.slug.clone(), before, has_link })
    }
}

/// The address of whoever is to answer, as it is compared.
fn key_of(candidate: &Candidate) -> Option<String> {
    let email = Email::parse("email", candidate.email.as_deref()?).ok()?;
    Some(email.key().to_owned())
}

fn host_of(website: &str) -> Option<String> {
    let url = url::Url::parse(website).ok()?;
    Some(url.host_str()?.trim_start_matches("www.").to_owned())
}
