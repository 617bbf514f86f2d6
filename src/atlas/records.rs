//! Reading the records of an atlas: by handle, id, slug or code, and what hangs on each.

use entity::id::{
    AreaId, CodeId, DatasetId, ImpactClaimId, IndicatorDefinitionId, IndicatorObservationId, OrganisationId, StudyId,
    UseClaimId, WaveId,
};
use entity::vocabulary::{AreaScheme, Attribute, Consent, Decision, Missing};
use roaring::RoaringBitmap;

use super::values::{Dimension, Value};
use super::{
    Answer, Area, AreaIx, Assignment, Atlas, Batch, Claim, ClaimDetail, ClaimIx, Code, CodeIx, Dataset,
    DatasetIdentifier, DatasetIx, Designation, Distribution, Evidence, Feedback, Identifier, Impact, ImpactIx,
    Indicator, IndicatorIx, LabelIx, Lang, Location, Mapping, Name, Observation, ObservationIx, OrgIx, Organisation,
    Publisher, Relation, Response, Scheme, Source, SourceIx, StrIx, Study, StudyIx, Text, Wave, WaveIx,
};

/// A name of so many letters needs no acronym: California is not CA.
const SHORT_NAME: usize = 14;

/// Texts.
impl Atlas {
    /// A text.
    pub fn str(&self, ix: StrIx) -> &str {
        self.strings.get(ix)
    }

    /// A text that may be missing.
    pub fn maybe(&self, ix: Option<StrIx>) -> Option<&str> {
        ix.map(|ix| self.strings.get(ix))
    }

    /// A label in a language, else Spanish, English, any; the answer says which.
    pub fn label(&self, ix: LabelIx, lang: Lang) -> Text<'_> {
        self.strings.label(ix, lang)
    }

    /// All texts, for what needs every language.
    pub fn strings(&self) -> &super::Strings {
        &self.strings
    }

    /// The order of names.
    pub fn collation(&self) -> &super::Collation {
        &self.collation
    }

    /// The name of an organisation.
    pub fn name(&self, org: OrgIx, lang: Lang) -> Text<'_> {
        self.label(self.organisation(org).name, lang)
    }

    /// The title of a dataset.
    pub fn title(&self, dataset: DatasetIx, lang: Lang) -> Text<'_> {
        self.label(self.dataset(dataset).title, lang)
    }

    /// The label of a value: of a code, area, body, dataset or wave. `None` for words that the interface
    /// translates (sizes, kinds, grades, families, missing codes).
    pub fn value_label(&self, value: Value, lang: Lang) -> Option<Text<'_>> {
        Some(match value {
            Value::Code(code) => self.label(self.code_row(code).label, lang),
            Value::Goal(goal) => self.label(self.code_row(self.goal_code(goal)?).label, lang),
            Value::Area(area) => self.label(self.area(area).name, lang),
            Value::Publisher(org) => self.name(org, lang),
            Value::Dataset(dataset) => self.title(dataset, lang),
            Value::Wave(wave) => self.label(self.wave(wave).title, lang),
            Value::Chapter(chapter) => {
                let study = self.studies.iter().find(|study| study.chapter == chapter)?;
                self.label(study.title, lang)
            }
            _ => return None,
        })
    }
}

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
        self.stated_missing(org, attribute).unwrap_or_else(|| {
            let asked = self.responses.of(org).iter().any(|r| self.waves[r.wave.at()].asked.contains(&attribute));
            if asked { Missing::NoAnswer } else { Missing::NotAsked }
        })
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
        let waves = waves.chain(self.claims_of(org).iter().filter(|c| c.is_current()).filter_map(|c| c.wave));
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

/// Datasets.
impl Atlas {
    /// Every dataset, by Spanish title.
    pub fn datasets(&self) -> impl ExactSizeIterator<Item = DatasetIx> + use<> {
        (0..self.datasets.len() as u32).map(DatasetIx::new)
    }

    /// The dataset of a handle.
    pub fn dataset(&self, dataset: DatasetIx) -> &Dataset {
        &self.datasets[dataset.at()]
    }

    /// A dataset by id.
    pub fn dataset_by_id(&self, id: DatasetId) -> Option<DatasetIx> {
        self.dataset_ids.find(|at| self.datasets[at].id.cmp(&id)).map(DatasetIx::new)
    }

    /// Its themes.
    pub fn themes_of(&self, dataset: DatasetIx) -> &[CodeIx] {
        self.dataset_themes.of(dataset)
    }

    /// Its identifiers.
    pub fn dataset_identifiers_of(&self, dataset: DatasetIx) -> &[DatasetIdentifier] {
        self.dataset_identifiers.of(dataset)
    }

    /// Its files and services.
    pub fn distributions_of(&self, dataset: DatasetIx) -> &[Distribution] {
        self.distributions.of(dataset)
    }

    /// What users say about it, the newest first.
    pub fn feedback_of(&self, dataset: DatasetIx) -> &[Feedback] {
        self.feedback.of(dataset)
    }

    /// Its ratings, for a mean: they are never shown one by one.
    pub(crate) fn ratings_of(&self, dataset: DatasetIx) -> &[u8] {
        self.ratings.of(dataset)
    }

    /// Its official designations.
    pub fn designations_of(&self, dataset: DatasetIx) -> &[Designation] {
        self.designations.of(dataset)
    }

    /// The editions of a series, proposed ones included; `Dataset::series` says whether each is decided.
    pub fn editions_of(&self, series: DatasetIx) -> &[DatasetIx] {
        self.editions.of(series)
    }

    /// The datasets of one publisher, by title.
    pub fn datasets_of(&self, publisher: OrgIx) -> &[DatasetIx] {
        self.publisher_datasets.of(publisher)
    }

    /// The distinct datasets an organisation uses, in order of publisher and title; a series and its edition
    /// are one.
    pub fn datasets_used_by(&self, org: OrgIx) -> Vec<DatasetIx> {
        let claims = self.claims_of(org).iter().filter(|claim| claim.figures(false) && !claim.is_covered());
        let mut datasets: Vec<DatasetIx> = claims.filter_map(|claim| claim.dataset).collect();
        datasets.dedup();
        datasets
    }

    /// The organisations that use a dataset.
    pub fn dataset_users(&self, dataset: DatasetIx) -> RoaringBitmap {
        self.organisations_with(Dimension::Dataset, Value::Dataset(dataset))
    }

    /// Whether an edition is decided to belong to its series.
    pub fn accepted_series(&self, dataset: DatasetIx) -> Option<DatasetIx> {
        self.dataset(dataset).series.filter(|(_, decision)| *decision == Decision::Accepted).map(|(series, _)| series)
    }
}

/// Claims.
impl Atlas {
    /// How many claims count.
    pub fn claim_count(&self) -> usize {
        self.claims.iter().filter(|claim| claim.is_current()).count()
    }

    /// The claim of a handle.
    pub fn claim(&self, claim: ClaimIx) -> &Claim {
        &self.claims[claim.at()]
    }

    /// The rest of a claim.
    pub fn claim_detail(&self, claim: ClaimIx) -> &ClaimDetail {
        &self.details[claim.at()]
    }

    /// A claim by id.
    pub fn claim_by_id(&self, id: UseClaimId) -> Option<ClaimIx> {
        self.claim_ids.find(|at| self.details[at].id.cmp(&id)).map(ClaimIx::new)
    }

    /// The place of an organisation's claims.
    pub(crate) fn claim_range(&self, org: OrgIx) -> std::ops::Range<usize> {
        self.claim_groups.range(org)
    }

    /// Its claims, countable or not, by publisher and dataset.
    pub fn claims_of(&self, org: OrgIx) -> &[Claim] {
        &self.claims[self.claim_range(org)]
    }

    /// The same as handles.
    pub fn claim_handles_of(&self, org: OrgIx) -> impl ExactSizeIterator<Item = ClaimIx> + use<> {
        let range = self.claim_range(org);
        (range.start as u32..range.end as u32).map(ClaimIx::new)
    }

    /// The claims on a dataset, by the names of the organisations.
    pub fn claims_on(&self, dataset: DatasetIx) -> &[ClaimIx] {
        self.dataset_claims.of(dataset)
    }

    /// The claims that name a publisher or a dataset of it.
    pub fn claims_naming(&self, publisher: OrgIx) -> &[ClaimIx] {
        self.publisher_claims.of(publisher)
    }

    /// The themes of a claim: the one it names, or those of its dataset.
    pub fn claim_themes(&self, claim: &Claim) -> impl Iterator<Item = CodeIx> {
        let of_dataset = claim.dataset.map_or(&[][..], |dataset| self.dataset_themes.of(dataset));
        claim.theme.into_iter().chain(of_dataset.iter().copied())
    }

    /// The evidence of a claim.
    pub fn evidence_of(&self, claim: ClaimIx) -> &[Evidence] {
        self.claim_evidence.of(claim)
    }

    /// The impact claim of a handle.
    pub fn impact(&self, impact: ImpactIx) -> &Impact {
        &self.impacts[impact.at()]
    }

    /// An impact claim by id.
    pub fn impact_by_id(&self, id: ImpactClaimId) -> Option<ImpactIx> {
        self.impact_ids.find(|at| self.impacts[at].id.cmp(&id)).map(ImpactIx::new)
    }

    /// An organisation's impact claims.
    pub fn impacts_of(&self, org: OrgIx) -> &[Impact] {
        &self.impacts[self.impact_groups.range(org)]
    }

    /// The same as handles.
    pub fn impact_handles_of(&self, org: OrgIx) -> impl ExactSizeIterator<Item = ImpactIx> + use<> {
        let range = self.impact_groups.range(org);
        (range.start as u32..range.end as u32).map(ImpactIx::new)
    }

    /// The evidence of an impact claim.
    pub fn impact_evidence_of(&self, impact: ImpactIx) -> &[Evidence] {
        self.impact_evidence.of(impact)
    }
}

/// Codes, areas, studies, indicators.
impl Atlas {
    /// Every code scheme.
    pub fn schemes(&self) -> &[Scheme] {
        &self.schemes
    }

    /// Every code, by scheme and place.
    pub fn codes(&self) -> impl ExactSizeIterator<Item = CodeIx> + use<> {
        (0..self.codes.len() as u32).map(CodeIx::new)
    }

    /// The codes of one scheme, in its order.
    pub fn codes_of(&self, scheme: &str) -> impl Iterator<Item = CodeIx> {
        self.codes().filter(move |&code| self.str(self.code_row(code).scheme) == scheme)
    }

    /// The code of a handle.
    pub fn code_row(&self, code: CodeIx) -> &Code {
        &self.codes[code.at()]
    }

    /// A code by scheme and code.
    pub fn code(&self, scheme: &str, code: &str) -> Option<CodeIx> {
        let found = self.code_words.find(|at| {
            let row = &self.codes[at];
            self.str(row.scheme).cmp(scheme).then_with(|| self.str(row.code).cmp(code))
        });
        found.map(CodeIx::new)
    }

    /// A code by id.
    pub fn code_by_id(&self, id: CodeId) -> Option<CodeIx> {
        self.codes().find(|&ix| self.code_row(ix).id == id)
    }

    /// The code of a goal, 1 to 17.
    pub fn goal_code(&self, goal: u8) -> Option<CodeIx> {
        self.code("sdg", &goal.to_string())
    }

    /// Its mappings to other schemes.
    pub fn mappings_of(&self, code: CodeIx) -> &[Mapping] {
        self.mappings.of(code)
    }

    /// Every area, by scheme and code.
    pub fn areas(&self) -> impl ExactSizeIterator<Item = AreaIx> + use<> {
        (0..self.areas.len() as u32).map(AreaIx::new)
    }

    /// The area of a handle.
    pub fn area(&self, area: AreaIx) -> &Area {
        &self.areas[area.at()]
    }

    /// An area by code, such as `MX` or `MX-JAL`.
    pub fn area_by_code(&self, code: &str) -> Option<AreaIx> {
        self.area_codes.find(|at| self.str(self.areas[at].code).cmp(code)).map(AreaIx::new)
    }

    /// An area by id.
    pub fn area_by_id(&self, id: AreaId) -> Option<AreaIx> {
        self.areas().find(|&ix| self.area(ix).id == id)
    }

    /// The areas inside one.
    pub fn area_children(&self, area: AreaIx) -> &[AreaIx] {
        self.area_children.of(area)
    }

    /// An area and those around it, up to the country.
    pub fn area_chain(&self, area: AreaIx) -> Vec<AreaIx> {
        let mut chain = vec![area];
        while let Some(parent) = chain.last().and_then(|&last| self.area(last).parent) {
            if chain.contains(&parent) {
                break;
            }
            chain.push(parent);
        }
        chain
    }

    /// The first-level area that one lies in, or itself when it is a country.
    pub fn area_unit(&self, area: AreaIx) -> AreaIx {
        let first_level = |ix: &AreaIx| matches!(self.area(*ix).scheme, AreaScheme::Subdivision | AreaScheme::InegiEnt);
        let chain = self.area_chain(area);
        chain.iter().copied().rfind(first_level).unwrap_or(area)
    }

    /// Every study.
    pub fn studies(&self) -> impl ExactSizeIterator<Item = StudyIx> + use<> {
        (0..self.studies.len() as u32).map(StudyIx::new)
    }

    /// The study of a handle.
    pub fn study(&self, study: StudyIx) -> &Study {
        &self.studies[study.at()]
    }

    /// A study by id.
    pub fn study_by_id(&self, id: StudyId) -> Option<StudyIx> {
        self.studies().find(|&ix| self.study(ix).id == id)
    }

    /// A study by slug.
    pub fn study_by_slug(&self, slug: &str) -> Option<StudyIx> {
        self.studies().find(|&ix| self.str(self.study(ix).slug) == slug)
    }

    /// The chapters loaded.
    pub fn chapters(&self) -> &[StrIx] {
        &self.chapters
    }

    /// Every wave, oldest first.
    pub fn waves(&self) -> impl ExactSizeIterator<Item = WaveIx> + use<> {
        (0..self.waves.len() as u32).map(WaveIx::new)
    }

    /// The wave of a handle.
    pub fn wave(&self, wave: WaveIx) -> &Wave {
        &self.waves[wave.at()]
    }

    /// A wave by id.
    pub fn wave_by_id(&self, id: WaveId) -> Option<WaveIx> {
        self.waves().find(|&ix| self.wave(ix).id == id)
    }

    /// Every source.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = SourceIx> + use<> {
        (0..self.sources.len() as u32).map(SourceIx::new)
    }

    /// The source of a handle.
    pub fn source(&self, source: SourceIx) -> &Source {
        &self.sources[source.at()]
    }

    /// Every indicator, by key.
    pub fn indicators(&self) -> impl ExactSizeIterator<Item = IndicatorIx> + use<> {
        (0..self.indicators.len() as u32).map(IndicatorIx::new)
    }

    /// The indicator of a handle.
    pub fn indicator(&self, indicator: IndicatorIx) -> &Indicator {
        &self.indicators[indicator.at()]
    }

    /// An indicator by key.
    pub fn indicator_by_key(&self, key: &str) -> Option<IndicatorIx> {
        self.indicators().find(|&ix| self.str(self.indicator(ix).key) == key)
    }

    /// An indicator by id.
    pub fn indicator_by_id(&self, id: IndicatorDefinitionId) -> Option<IndicatorIx> {
        self.indicators().find(|&ix| self.indicator(ix).id == id)
    }

    /// Every public observation, by indicator and period.
    pub fn observations(&self) -> impl ExactSizeIterator<Item = ObservationIx> + use<> {
        (0..self.observations.len() as u32).map(ObservationIx::new)
    }

    /// The observation of a handle.
    pub fn observation(&self, observation: ObservationIx) -> &Observation {
        &self.observations[observation.at()]
    }

    /// A public observation by id.
    pub fn observation_by_id(&self, id: IndicatorObservationId) -> Option<ObservationIx> {
        self.observation_ids.find(|at| self.observations[at].id.cmp(&id)).map(ObservationIx::new)
    }

    /// An organisation's public observations.
    pub fn observations_of(&self, org: OrgIx) -> &[ObservationIx] {
        self.organisation_observations.of(org)
    }

    /// Values that are `aggregate_only`: for `analysis::value` alone, which applies the disclosure rule.
    pub(crate) fn sealed_observations(&self) -> &[Observation] {
        &self.sealed
    }

    /// Finished imports.
    pub fn batches(&self) -> &[Batch] {
        &self.batches
    }
}
