//! Organisations and publishers, and what hangs on each.

use entity::id::OrganisationId;
use entity::vocabulary::{Attribute, Consent, Missing, Origin};
use roaring::RoaringBitmap;

use crate::atlas::values::{Dimension, Value};
use crate::atlas::{
    Answer, Assignment, Atlas, Claim, ClaimIx, CodeIx, Identifier, Lang, Location, Name, OrgIx, Organisation,
    Publisher, Relation, Response, StrIx, WaveIx,
};
use crate::domain::instrument::is_for_sums;

/// A name of so many letters needs no acronym: California is not CA.
const SHORT_NAME: usize = 14;

/// Organisations and publishers.
impl Atlas {
    /// Every organisation, public bodies included.
    pub fn organisations(&self) -> impl ExactSizeIterator<Item = OrgIx> + use<> {
        (0..self.organisations.len() as u32).map(OrgIx::new)
    }

    /// Reusers that may be shown.
    pub fn listed(&self) -> &RoaringBitmap {
        &self.listed
    }

    /// Reusers that may be shown and have a claim that figures use.
    pub fn active(&self) -> &RoaringBitmap {
        &self.active
    }

    /// The organisation of a handle.
    pub fn organisation(&self, org: OrgIx) -> &Organisation {
        &self.organisations[org.at()]
    }

    /// Whether an organisation may be shown: consent `no` hides it everywhere but as a public body.
    pub fn is_shown(&self, org: OrgIx) -> bool {
        self.organisation(org).consent != Consent::No || self.publisher_slots.contains_key(&org)
    }

    /// An organisation by id.
    pub fn organisation_by_id(&self, id: OrganisationId) -> Option<OrgIx> {
        self.organisation_ids.find(|at| self.organisations[at].id.cmp(&id)).map(OrgIx::new)
    }

    /// An organisation by slug, old slugs included.
    pub fn organisation_by_slug(&self, slug: &str) -> Option<OrgIx> {
        let found = self.organisation_slugs.find(|at| self.str(self.organisations[at].slug).cmp(slug));
        found.map(OrgIx::new).or_else(|| {
            let id = self.redirects.get(&(true, slug.to_owned()))?;
            self.organisation_by_id((*id).into())
        })
    }

    /// Its names, of every kind and time.
    pub fn names_of(&self, org: OrgIx) -> &[Name] {
        self.names.of(org)
    }

    /// Its identifiers.
    pub fn identifiers_of(&self, org: OrgIx) -> &[Identifier] {
        self.identifiers.of(org)
    }

    /// Its locations, headquarters first.
    pub fn locations_of(&self, org: OrgIx) -> &[Location] {
        self.locations.of(org)
    }

    /// Its relations, from both ends.
    pub fn relations_of(&self, org: OrgIx) -> &[Relation] {
        self.relations.of(org)
    }

    /// Its codes, newest wave first.
    pub fn assignments_of(&self, org: OrgIx) -> &[Assignment] {
        self.assignments.of(org)
    }

    /// Why some of its properties have no value, as stated.
    pub fn missing_of(&self, org: OrgIx) -> &[(Attribute, Missing)] {
        self.missing.of(org)
    }

    /// The stated reason why a property has no value.
    pub fn stated_missing(&self, org: OrgIx, attribute: Attribute) -> Option<Missing> {
        self.missing.of(org).iter().find(|(of, _)| *of == attribute).map(|(_, code)| *code)
    }

    /// The reason why a property has no value: as stated, else whether one of its waves asked for it.
    pub fn missing_code(&self, org: OrgIx, attribute: Attribute) -> Missing {
        self.stated_missing(org, attribute).unwrap_or_else(|| self.unsaid(attribute, self.waves_of(org)))
    }

    /// Why nothing is said of a property after some waves. What a wave that is answered here asks for sums alone is withheld,
    /// answered or not: a blank would say of one organisation that it left it blank.
    pub(in crate::atlas) fn unsaid(&self, attribute: Attribute, waves: impl Iterator<Item = WaveIx>) -> Missing {
        let mut asked = waves.map(|wave| self.wave(wave)).filter(|wave| wave.asked.contains(&attribute)).peekable();
        if asked.peek().is_none() {
            Missing::NotAsked
        } else if is_for_sums(attribute) && asked.any(|wave| wave.returned.is_some()) {
            Missing::Suppressed
        } else {
            Missing::NoAnswer
        }
    }

    /// Whether it uses data and its source names no single body whose data it is: an answer, and no publisher.
    pub fn names_no_body(&self, org: OrgIx) -> bool {
        self.values.of(Dimension::Publisher).get(Value::Unspecified).is_some_and(|set| set.contains(org.get()))
    }

    /// The waves that it took part in, some of them several times: those with a response of it, and those in which it
    /// declared a use, whose response may not have been validated yet.
    pub fn waves_of(&self, org: OrgIx) -> impl Iterator<Item = WaveIx> + '_ {
        let declares = |claim: &ClaimIx| self.claim_detail(*claim).origin == Origin::Declared;
        let declared = self.claim_handles_of(org).filter(declares).map(|claim| self.claim(claim));
        let declared = declared.filter(|claim| claim.is_countable()).filter_map(|claim| claim.wave);
        self.responses.of(org).iter().map(|response| response.wave).chain(declared)
    }

    /// Its parts in waves.
    pub fn responses_of(&self, org: OrgIx) -> &[Response] {
        self.responses.of(org)
    }

    /// Every response.
    pub fn responses(&self) -> &[Response] {
        self.responses.all()
    }

    /// Its public answers.
    pub fn answers_of(&self, org: OrgIx) -> &[Answer] {
        self.answers.of(org)
    }

    /// The family of its primary sector; `none` without one.
    pub fn family(&self, org: OrgIx) -> StrIx {
        let family = self.organisation(org).sector.and_then(|code| self.code_row(code).family);
        family.unwrap_or_else(|| self.no_family())
    }

    fn no_family(&self) -> StrIx {
        // The builder puts it there; an atlas without families has no texts either.
        self.families.iter().copied().find(|&family| self.str(family) == "none").unwrap_or(self.families[0])
    }

    /// Every family, in the order of legends.
    pub fn families(&self) -> &[StrIx] {
        &self.families
    }

    /// The chapters it belongs to, through its waves.
    pub fn chapters_of(&self, org: OrgIx) -> Vec<StrIx> {
        let waves = self.responses.of(org).iter().map(|r| r.wave);
        let waves = waves.chain(self.claims_of(org).iter().filter(|c| c.is_countable()).filter_map(|c| c.wave));
        let mut chapters: Vec<StrIx> = Vec::new();
        for wave in waves {
            let chapter = self.study(self.wave(wave).study).chapter;
            if !chapters.contains(&chapter) {
                chapters.push(chapter);
            }
        }
        chapters
    }

    /// The acronym of a publisher that no other publisher bears.
    pub fn own_acronym(&self, publisher: OrgIx) -> Option<&str> {
        let acronym = self.publisher(publisher)?.acronym?;
        (!self.shared_acronyms.contains(publisher.get())).then(|| self.str(acronym))
    }

    /// What a publisher is called where room is short: by its acronym, where no other bears it and its name is long.
    pub fn short_name(&self, publisher: OrgIx, lang: Lang) -> &str {
        let name = self.name(publisher, lang).value;
        self.own_acronym(publisher).filter(|_| name.chars().count() > SHORT_NAME).unwrap_or(name)
    }

    /// What makes it a publisher, if it is one.
    pub fn publisher(&self, org: OrgIx) -> Option<&Publisher> {
        self.publisher_slots.get(&org).map(|&slot| &self.publishers[slot as usize])
    }

    /// Every publisher with its users, most first, then by name.
    pub fn publisher_users(&self) -> &[(OrgIx, u32)] {
        &self.publisher_users
    }

    /// The organisations that use a publisher's data, those of its descendants and predecessors included.
    pub fn users_of(&self, publisher: OrgIx) -> RoaringBitmap {
        let users = self.values.of(Dimension::Publisher).get(Value::Publisher(publisher));
        users.map_or_else(RoaringBitmap::new, |users| users & &self.listed)
    }

    /// The organisations that use the data of exactly this publisher.
    pub fn users_of_alone(&self, publisher: OrgIx) -> RoaringBitmap {
        let users = self.values.publisher_alone.get(&publisher);
        users.map_or_else(RoaringBitmap::new, |users| users & &self.listed)
    }

    /// The organisations that may be shown and have a value.
    pub fn organisations_with(&self, dimension: Dimension, value: Value) -> RoaringBitmap {
        let set = self.values.of(dimension).get(value);
        set.map_or_else(RoaringBitmap::new, |set| set & &self.listed)
    }

    /// Whether any of some organisations has a value.
    pub fn has_any(&self, dimension: Dimension, value: Value, organisations: &RoaringBitmap) -> bool {
        self.values.of(dimension).get(value).is_some_and(|set| !set.is_disjoint(organisations))
    }

    /// The organisations that may be shown and are linked to a goal by a published rule only. Those that nothing but
    /// answers recovered from damage in their source link to it are among them where they are wanted.
    pub fn goal_inferred(&self, goal: u8, include_recovered: bool) -> RoaringBitmap {
        let inferred = self.values.inferred.get(&goal).map_or_else(RoaringBitmap::new, |set| set & &self.listed);
        if include_recovered { inferred | self.goal_recovered(goal) } else { inferred }
    }

    /// The organisations that may be shown and that nothing but recovered answers link to a goal.
    pub fn goal_recovered(&self, goal: u8) -> RoaringBitmap {
        self.values.recovered.get(&goal).map_or_else(RoaringBitmap::new, |set| set & &self.listed)
    }

    /// The organisations that may be shown and declare a goal at some evidence level (1 to 5) or more.
    pub fn goal_declared(&self, goal: u8, level: u8) -> RoaringBitmap {
        let at = usize::from(level.clamp(1, 5)) - 1;
        self.values.goal_levels.get(&goal).map_or_else(RoaringBitmap::new, |levels| &levels[at] & &self.listed)
    }

    /// Those answering, invited or desk-researched in a wave.
    pub fn responders(&self, wave: WaveIx) -> RoaringBitmap {
        self.values.responders.get(&wave).map_or_else(RoaringBitmap::new, |set| set & &self.listed)
    }

    /// The goals that an organisation declares.
    pub fn goals_of(&self, org: OrgIx) -> Vec<u8> {
        let mut goals: Vec<u8> = self
            .impacts_of(org)
            .iter()
            .filter(|impact| impact.is_declared())
            .filter_map(|impact| impact.goal)
            .collect();
        goals.sort_unstable();
        goals.dedup();
        goals
    }

    /// The section of an organisation's industry (ISIC): as assigned, else as its sector suggests.
    pub fn industry_section(&self, org: OrgIx) -> Option<StrIx> {
        let isic = |code: &CodeIx| self.str(self.code_row(*code).scheme) == "isic4";
        let assigned = self
            .assignments_of(org)
            .iter()
            .filter(|assignment| assignment.role == entity::vocabulary::CodeRole::IndustryPrimary)
            .find_map(|assignment| assignment.code.filter(isic));
        let suggested = || {
            let sector = self.organisation(org).sector?;
            self.mappings_of(sector).iter().map(|mapping| mapping.to).find(isic)
        };
        let mut code = assigned.or_else(suggested)?;
        // Sections are the topmost codes; the scheme is at most five levels deep.
        for _ in 0..8 {
            match self.code_row(code).parent {
                Some(parent) => code = parent,
                None => break,
            }
        }
        Some(self.code_row(code).code)
    }

    /// The bodies that a claim counts for under the default roll-up: those above the one named, and above the
    /// one stated while that is undecided.
    pub(crate) fn counts_for<'a>(&'a self, claim: &'a Claim) -> impl Iterator<Item = OrgIx> + 'a {
        let stated = claim.stated.filter(|_| claim.publisher.is_some() && self.counts_as_stated(claim));
        let named = claim.publisher.map_or(&[][..], |body| self.hierarchy.up.of(body));
        let above = stated.filter(|&body| !named.contains(&body)).map_or(&[][..], |body| self.hierarchy.up.of(body));
        named.iter().chain(above.iter().filter(move |body| !named.contains(body))).copied()
    }
}
