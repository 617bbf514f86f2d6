//! Filters: words in, bitmaps out. A filter selects organisations; its claim-level conditions must hold on
//! one and the same claim, and figures then use only the claims that match.

use std::borrow::Cow;

use entity::vocabulary::{AccessMode, Criticality, Grade, Missing};
use roaring::RoaringBitmap;

use super::Atlas;
use super::claim_test::{ClaimTest, Condition, Test};
use super::handle::{ClaimIx, DatasetIx, OrgIx, StrIx, WaveIx};
use super::model::Claim;
use super::publishers::Rollup;
use super::values::{Dimension, Value};

/// What to select: alternatives inside a field, conditions across fields. Words are those of addresses:
/// codes, slugs, `unknown`, `unknown:not_asked`, for sectors `unlisted`, for publishers `unspecified`.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    pub chapter: Vec<String>,
    pub wave: Vec<String>,
    pub sector: Vec<String>,
    pub family: Vec<String>,
    pub sdg: Vec<String>,
    pub area: Vec<String>,
    pub publisher: Vec<String>,
    /// Whether a publisher stands for its descendants too.
    pub with_descendants: bool,
    /// Whether a publisher stands for its predecessors too.
    pub with_predecessors: bool,
    pub dataset: Vec<String>,
    pub theme: Vec<String>,
    pub size: Vec<String>,
    pub kind: Vec<String>,
    pub model: Vec<String>,
    pub grade: Vec<Grade>,
    pub criticality: Vec<Criticality>,
    pub access: Vec<AccessMode>,
    /// West, south, east, north; west of more than east crosses the antimeridian.
    pub bbox: Option<[f64; 4]>,
    pub text: Option<String>,
    /// Whether claims reconstructed from damaged sources count.
    pub include_recovered: bool,
    /// `None`: as stated until a relation of the root has been decided, then the root.
    pub rollup: Option<Rollup>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            chapter: Vec::new(),
            wave: Vec::new(),
            sector: Vec::new(),
            family: Vec::new(),
            sdg: Vec::new(),
            area: Vec::new(),
            publisher: Vec::new(),
            with_descendants: true,
            with_predecessors: true,
            dataset: Vec::new(),
            theme: Vec::new(),
            size: Vec::new(),
            kind: Vec::new(),
            model: Vec::new(),
            grade: Vec::new(),
            criticality: Vec::new(),
            access: Vec::new(),
            bbox: None,
            text: None,
            include_recovered: false,
            rollup: None,
        }
    }
}

impl Filter {
    /// The words of a dimension.
    pub fn words(&self, dimension: Dimension) -> &[String] {
        match dimension {
            Dimension::Sector => &self.sector,
            Dimension::Family => &self.family,
            Dimension::Sdg => &self.sdg,
            Dimension::Area => &self.area,
            Dimension::Publisher => &self.publisher,
            Dimension::Dataset => &self.dataset,
            Dimension::Size => &self.size,
            Dimension::Kind => &self.kind,
            Dimension::Model => &self.model,
            Dimension::Chapter => &self.chapter,
            Dimension::Wave => &self.wave,
            Dimension::Theme => &self.theme,
            Dimension::Grade => &[],
        }
    }

    /// The words of a dimension, to change them; `None` for grades, which are not words.
    pub fn words_mut(&mut self, dimension: Dimension) -> Option<&mut Vec<String>> {
        Some(match dimension {
            Dimension::Sector => &mut self.sector,
            Dimension::Family => &mut self.family,
            Dimension::Sdg => &mut self.sdg,
            Dimension::Area => &mut self.area,
            Dimension::Publisher => &mut self.publisher,
            Dimension::Dataset => &mut self.dataset,
            Dimension::Size => &mut self.size,
            Dimension::Kind => &mut self.kind,
            Dimension::Model => &mut self.model,
            Dimension::Chapter => &mut self.chapter,
            Dimension::Wave => &mut self.wave,
            Dimension::Theme => &mut self.theme,
            Dimension::Grade => return None,
        })
    }

    /// Whether a publisher stands for its descendants, and for its predecessors: under a roll-up that is asked for, only
    /// for those whose claims count for it there.
    pub fn reach(&self) -> (bool, bool) {
        let (descendants, predecessors) = (self.with_descendants, self.with_predecessors);
        match self.rollup {
            Some(Rollup::Publisher | Rollup::Level) => (false, false),
            // The parts of a body are those that the survey states; no succession moves what it states.
            Some(Rollup::AsStated) => (descendants, false),
            Some(Rollup::SuccessorChain) => (false, predecessors),
            None | Some(Rollup::Root) => (descendants, predecessors),
        }
    }

    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.canonical().is_empty()
    }

    /// The same filter as a query string in a fixed order: equal filters give equal strings.
    pub fn canonical(&self) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        for dimension in Dimension::ALL {
            let mut words: Vec<&str> = match dimension {
                Dimension::Grade => self.grade.iter().map(|grade| grade.as_str()).collect(),
                dimension => self.words(dimension).iter().map(String::as_str).collect(),
            };
            words.sort_unstable();
            words.dedup();
            if !words.is_empty() {
                out.append_pair(dimension.as_str(), &words.join(","));
            }
        }
        let mut list = |key: &str, mut words: Vec<&str>| {
            words.sort_unstable();
            words.dedup();
            if !words.is_empty() {
                out.append_pair(key, &words.join(","));
            }
        };
        list("criticality", self.criticality.iter().map(|value| value.as_str()).collect());
        list("access", self.access.iter().map(|value| value.as_str()).collect());
        if let Some(bbox) = self.bbox {
            out.append_pair("bbox", &bbox.map(|degrees| degrees.to_string()).join(","));
        }
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            out.append_pair("text", text);
        }
        for (key, set, value) in [
            ("withDescendants", !self.with_descendants, "false"),
            ("withPredecessors", !self.with_predecessors, "false"),
            ("includeRecovered", self.include_recovered, "true"),
        ] {
            if set {
                out.append_pair(key, value);
            }
        }
        if let Some(rollup) = self.rollup {
            out.append_pair("rollup", rollup.as_str());
        }
        out.finish()
    }
}

/// A filter whose words have become bitmaps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compiled {
    properties: Vec<(Option<Dimension>, RoaringBitmap)>,
    claims: ClaimTest,
    by_text: bool,
}

/// What a filter selects.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Organisations that may be shown.
    pub organisations: RoaringBitmap,
    /// Organisations that match and may not be shown.
    pub(crate) undisclosed: RoaringBitmap,
    /// The claims that figures use.
    pub claims: ClaimTest,
}

/// Cells of fewer undisclosed organisations say nothing of them.
pub const UNDISCLOSED_MINIMUM: u64 = 5;

impl Selection {
    /// Organisations that match and may not be shown, where they are five or more.
    pub fn undisclosed_count(&self) -> Option<u64> {
        Some(self.undisclosed.len()).filter(|&count| count >= UNDISCLOSED_MINIMUM)
    }

    /// The claims of an organisation that figures use.
    pub fn claims_of<'a>(&'a self, atlas: &'a Atlas, org: OrgIx) -> impl Iterator<Item = (ClaimIx, &'a Claim)> {
        let range = atlas.claim_range(org);
        let start = range.start as u32;
        atlas.claims[range].iter().enumerate().filter_map(move |(at, claim)| {
            self.claims.passes(atlas, claim).then_some((ClaimIx::new(start + at as u32), claim))
        })
    }

    /// Every claim that figures use, grouped by organisation.
    pub fn all_claims<'a>(&'a self, atlas: &'a Atlas) -> impl Iterator<Item = (ClaimIx, &'a Claim)> {
        self.organisations.iter().flat_map(move |org| self.claims_of(atlas, OrgIx::new(org)))
    }
}

impl Atlas {
    /// Selects what a filter asks for. A word that names nothing matches nothing.
    pub fn select(&self, filter: &Filter) -> Selection {
        self.compile(filter).select(self, None)
    }

    /// The part of what a filter selects that is among some organisations.
    pub fn select_only(&self, filter: &Filter, organisations: &[OrgIx]) -> Selection {
        let mut selection = self.select(filter);
        selection.organisations &= organisations.iter().map(|org| org.get()).collect::<RoaringBitmap>();
        selection
    }

    /// The values that a word of a filter stands for; `unknown` stands for all six.
    pub fn values_of_word(&self, dimension: Dimension, word: &str) -> Vec<Value> {
        if dimension.has_unknown() {
            if word == "unknown" {
                return Missing::ALL.iter().map(|&code| Value::Unknown(code)).collect();
            }
            if let Some(code) = word.strip_prefix("unknown:") {
                return code.parse().map(Value::Unknown).into_iter().collect();
            }
        }
        let value = match dimension {
            Dimension::Sector | Dimension::Theme if word == "unlisted" => Some(Value::Unlisted),
            Dimension::Sector => self.code("od500_category", word).map(Value::Code),
            Dimension::Theme => {
                let code = self.code("od500_data_type", word);
                code.filter(|_| code != self.unspecified_theme).map(Value::Code)
            }
            Dimension::Family => self.families.iter().copied().find(|&f| self.str(f) == word).map(Value::Family),
            Dimension::Sdg => word.parse().ok().filter(|goal| (1..=17).contains(goal)).map(Value::Goal),
            Dimension::Area => self.area_by_code(word).map(Value::Area),
            Dimension::Publisher if word == "unspecified" => Some(Value::Unspecified),
            Dimension::Publisher => self.organisation_by_slug(word).map(Value::Publisher),
            Dimension::Dataset => self.dataset_by_slug(word).map(Value::Dataset),
            Dimension::Size => word.parse().ok().map(Value::Size),
            Dimension::Kind => word.parse().ok().map(Value::Kind),
            Dimension::Model => word.parse().ok().map(Value::Model),
            Dimension::Grade => word.parse().ok().map(Value::Grade),
            Dimension::Chapter => self.chapters.iter().copied().find(|&c| self.str(c) == word).map(Value::Chapter),
            Dimension::Wave => self.wave_by_slug(word).map(Value::Wave),
        };
        value.into_iter().collect()
    }

    /// The word that a value has in filters.
    pub fn word_of(&self, value: Value) -> String {
        match value {
            Value::Code(code) => self.str(self.code_row(code).code).to_owned(),
            Value::Family(word) | Value::Chapter(word) => self.str(word).to_owned(),
            Value::Goal(goal) => goal.to_string(),
            Value::Area(area) => self.str(self.area(area).code).to_owned(),
            Value::Publisher(org) => self.str(self.organisation(org).slug).to_owned(),
            Value::Level(level) => entity::vocabulary::PublisherLevel::ALL[usize::from(level)].as_str().to_owned(),
            Value::Dataset(dataset) => self.str(self.dataset(dataset).slug).to_owned(),
            Value::Size(band) => band.as_str().to_owned(),
            Value::Kind(kind) => kind.as_str().to_owned(),
            Value::Model(model) => model.as_str().to_owned(),
            Value::Grade(grade) => grade.as_str().to_owned(),
            Value::Wave(wave) => self.str(self.wave(wave).slug).to_owned(),
            Value::Unlisted => "unlisted".to_owned(),
            Value::Unspecified => "unspecified".to_owned(),
            Value::Unknown(code) => format!("unknown:{}", code.as_str()),
        }
    }

    pub(crate) fn compile(&self, filter: &Filter) -> Compiled {
        let mut compiled = Compiled::default();
        compiled.claims.include_recovered = filter.include_recovered;
        let elsewhere = self.elsewhere(filter);
        for dimension in Dimension::ALL {
            let words = filter.words(dimension);
            if words.is_empty() {
                continue;
            }
            let values: Vec<Value> = words.iter().flat_map(|word| self.values_of_word(dimension, word)).collect();
            if dimension.is_of_claims() {
                let condition = self.condition(filter, dimension, &values, &elsewhere);
                compiled.claims.conditions.push(condition);
            } else {
                let sets = values.iter().filter_map(|&value| self.with_value(dimension, value, &elsewhere));
                let union = sets.fold(RoaringBitmap::new(), |all, set| all | set.as_ref());
                if dimension == Dimension::Chapter {
                    compiled.claims.conditions.extend(self.of_chapters(&values, &union));
                }
                compiled.properties.push((Some(dimension), union));
            }
        }
        let bits = |indices: &mut dyn Iterator<Item = usize>| indices.fold(0_u8, |bits, index| bits | 1 << index);
        if !filter.grade.is_empty() {
            let any = filter
                .grade
                .iter()
                .filter_map(|&grade| self.values.of(Dimension::Grade).get(Value::Grade(grade)))
                .fold(RoaringBitmap::new(), |a, b| a | b);
            let test = Test::Grade(bits(&mut filter.grade.iter().map(|grade| grade.index())));
            compiled.claims.conditions.push(Condition::plain(Some(Dimension::Grade), test, Some(any)));
        }
        if !filter.criticality.is_empty() {
            let test = Test::Criticality(bits(&mut filter.criticality.iter().map(|value| value.index())));
            compiled.claims.conditions.push(Condition::plain(None, test, None));
        }
        if !filter.access.is_empty() {
            let test = Test::Access(bits(&mut filter.access.iter().map(|value| value.index())));
            compiled.claims.conditions.push(Condition::plain(None, test, None));
        }
        let conditions = &mut compiled.claims.conditions;
        // The bitmaps leave recovered claims out, and but for that of waves they hold the newest claims alone: where others
        // count, they cannot stand for the claims.
        let takes_recovered = filter.include_recovered && self.has_recovered;
        let takes_older = self.has_displaced && conditions.iter().any(Condition::is_of_waves);
        for condition in conditions.iter_mut() {
            if takes_recovered || takes_older && !condition.is_of_waves() {
                condition.any = None;
            }
        }
        if let Some(bbox) = filter.bbox {
            compiled.properties.push((None, self.organisations_in(bbox)));
        }
        if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            compiled.properties.push((None, self.organisations_matching(text)));
            compiled.by_text = true;
        }
        compiled
    }

    /// An organisation that several chapters know answers for each in its own waves: what it said in those of another
    /// chapter is not counted. `None` where all of these chapters are known to these alone, which is the rule.
    fn of_chapters(&self, chosen: &[Value], members: &RoaringBitmap) -> Option<Condition> {
        let is_chosen = |chapter: StrIx| chosen.contains(&Value::Chapter(chapter));
        let table = self.values.of(Dimension::Chapter);
        let others = self.chapters.iter().filter(|&&chapter| !is_chosen(chapter));
        let elsewhere = others.filter_map(|&chapter| table.get(Value::Chapter(chapter)));
        if elsewhere.into_iter().all(|known| members.is_disjoint(known)) {
            return None;
        }
        let of_others = self.waves().filter(|&wave| !is_chosen(self.study(self.wave(wave).study).chapter));
        let test = Test::NotOfWaves(of_others.map(WaveIx::get).collect());
        let alone = members.clone();
        Some(Condition { alone, ..Condition::plain(Some(Dimension::Chapter), test, Some(members.clone())) })
    }

    /// The organisations with a value, apart from what they said in some waves; `None` where nobody has it.
    fn with_value(
        &self,
        dimension: Dimension,
        value: Value,
        elsewhere: &RoaringBitmap,
    ) -> Option<Cow<'_, RoaringBitmap>> {
        match value {
            Value::Unknown(code) if !elsewhere.is_empty() => Some(Cow::Owned(self.lacking(dimension, code, elsewhere))),
            value => self.values.of(dimension).get(value).map(Cow::Borrowed),
        }
    }

    fn condition(
        &self,
        filter: &Filter,
        dimension: Dimension,
        values: &[Value],
        elsewhere: &RoaringBitmap,
    ) -> Condition {
        let set = |value: &Value| self.with_value(dimension, *value, elsewhere);
        let table = self.values.of(dimension);
        // What says that an organisation names nothing listed is of the organisation, not of one of its claims.
        let (reasons, named): (Vec<Value>, Vec<Value>) =
            values.iter().partition(|value| matches!(value, Value::Unknown(_) | Value::Unlisted | Value::Unspecified));
        let unknown = reasons.iter().filter_map(set).fold(RoaringBitmap::new(), |all, of| all | of.as_ref());
        // Who names no single body has a claim all the same, which has to meet the other conditions.
        let silent = reasons.iter().filter(|value| **value != Value::Unspecified);
        let mut alone = silent.filter_map(set).fold(RoaringBitmap::new(), |all, of| all | of.as_ref());
        let mut any: Option<RoaringBitmap> =
            Some(named.iter().filter_map(|&value| table.get(value)).fold(unknown.clone(), |a, b| a | b));
        let test = match dimension {
            Dimension::Publisher => {
                let (test, exact) = self.publisher_test(filter, &named);
                if !exact {
                    any = None;
                }
                test
            }
            Dimension::Dataset => Test::Dataset(numbers(&named, |value| match value {
                Value::Dataset(dataset) => Some(dataset.get()),
                _ => None,
            })),
            Dimension::Wave => {
                for &value in &named {
                    // A wave of another chapter than those that the filter names is none of it.
                    if let Value::Wave(wave) = value
                        && !elsewhere.contains(wave.get())
                        && let Some(responders) = self.values.responders.get(&wave)
                    {
                        alone |= responders;
                    }
                }
                Test::Wave(numbers(&named, |value| match value {
                    Value::Wave(wave) => Some(wave.get()),
                    _ => None,
                }))
            }
            _ => Test::Theme(numbers(&named, |value| match value {
                Value::Code(code) => Some(code.get()),
                _ => None,
            })),
        };
        Condition { dimension: Some(dimension), test, unknown, alone, any }
    }

    /// The test of some publishers, and whether the dimension's bitmaps say the same.
    fn publisher_test(&self, filter: &Filter, named: &[Value]) -> (Test, bool) {
        let mut bodies = RoaringBitmap::new();
        for value in named {
            if let Value::Publisher(org) = value {
                bodies.extend(self.named_with(*org, filter).into_iter().map(OrgIx::get));
            }
        }
        let exact = filter.rollup.is_none() && filter.reach() == (true, true);
        (Test::Publisher { bodies, stated: filter.stated() }, exact)
    }

    /// Whether a roll-up counts a body where it counts the one that the body is below: who has two successors, or a
    /// successor beside its parent, is below both and counts for one.
    pub(super) fn counts_with(&self, rollup: Option<Rollup>, body: OrgIx, above: OrgIx) -> bool {
        let last = |of: OrgIx| self.hierarchy.successor(of).unwrap_or(of);
        match rollup {
            Some(Rollup::Root) => self.root_of(body) == self.root_of(above),
            Some(Rollup::SuccessorChain) => last(body) == last(above),
            _ => true,
        }
    }
}

fn numbers(values: &[Value], number: impl Fn(Value) -> Option<u32>) -> RoaringBitmap {
    values.iter().filter_map(|&value| number(value)).collect()
}

impl Compiled {
    /// Selects, leaving one dimension's own conditions out if asked (a facet ignores its own selection).
    pub(crate) fn select(&self, atlas: &Atlas, without: Option<Dimension>) -> Selection {
        let ignored = |dimension: Option<Dimension>| without.is_some() && dimension == without;
        let mut base: Option<RoaringBitmap> = None;
        let mut narrow = |set: &RoaringBitmap| match &mut base {
            Some(base) => *base &= set,
            None => base = Some(set & &atlas.reusers),
        };
        for (dimension, set) in &self.properties {
            if !ignored(*dimension) {
                narrow(set);
            }
        }
        let claims = ClaimTest {
            conditions: self.claims.conditions.iter().filter(|c| !ignored(c.dimension)).cloned().collect(),
            include_recovered: self.claims.include_recovered,
        };
        for condition in &claims.conditions {
            if let Some(any) = &condition.any {
                narrow(any);
            }
        }
        let exact = match claims.conditions.as_slice() {
            [] => true,
            [only] => only.any.is_some(),
            _ => false,
        };
        let mut matching = base.unwrap_or_else(|| atlas.reusers.clone());
        if !exact {
            matching = matching.iter().filter(|&org| claims.lets_pass(atlas, OrgIx::new(org))).collect();
        }
        let undisclosed = if self.by_text { RoaringBitmap::new() } else { &matching - &atlas.listed };
        matching &= &atlas.listed;
        Selection { organisations: matching, undisclosed, claims }
    }

    /// Whether a dimension has a condition.
    pub(crate) fn restricts(&self, dimension: Dimension) -> bool {
        self.properties.iter().any(|(of, _)| *of == Some(dimension))
            || self.claims.conditions.iter().any(|condition| condition.dimension == Some(dimension))
    }
}

/// The datasets and waves that words name, for callers that list them.
impl Atlas {
    /// A dataset by slug, old slugs included.
    pub fn dataset_by_slug(&self, slug: &str) -> Option<DatasetIx> {
        let found = self.dataset_slugs.find(|at| self.str(self.datasets[at].slug).cmp(slug));
        found.map(DatasetIx::new).or_else(|| {
            let id = self.redirects.get(&(false, slug.to_owned()))?;
            self.dataset_by_id((*id).into())
        })
    }

    /// A wave by slug.
    pub fn wave_by_slug(&self, slug: &str) -> Option<WaveIx> {
        self.waves.iter().position(|wave| self.str(wave.slug) == slug).map(|at| WaveIx::new(at as u32))
    }
}
