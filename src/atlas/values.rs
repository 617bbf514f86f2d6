//! One bitmap of organisations per value of each dimension, and one per reason why a value is missing.
//! Both listed and undisclosed reusers are in them; whoever shows names intersects with the listed ones.

use std::collections::BTreeMap;

use entity::vocabulary::{Attribute, CodeRole, Grade, Missing, OrganisationKind, SizeBand};
use roaring::RoaringBitmap;

use super::Atlas;
use super::column::Column;
use super::handle::{AreaIx, CodeIx, DatasetIx, OrgIx, StrIx, WaveIx};
use super::model::{Assignment, Response};
use crate::domain::participation::is_set_aside;

/// What organisations are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    Sector,
    Family,
    Sdg,
    Area,
    Publisher,
    Dataset,
    Size,
    Kind,
    Model,
    Grade,
    Chapter,
    Wave,
    Theme,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 13] = [
        Self::Sector,
        Self::Family,
        Self::Sdg,
        Self::Area,
        Self::Publisher,
        Self::Dataset,
        Self::Size,
        Self::Kind,
        Self::Model,
        Self::Grade,
        Self::Chapter,
        Self::Wave,
        Self::Theme,
    ];

    /// The word for it: the name of its filter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sector => "sector",
            Self::Family => "family",
            Self::Sdg => "sdg",
            Self::Area => "area",
            Self::Publisher => "publisher",
            Self::Dataset => "dataset",
            Self::Size => "size",
            Self::Kind => "kind",
            Self::Model => "model",
            Self::Grade => "grade",
            Self::Chapter => "chapter",
            Self::Wave => "wave",
            Self::Theme => "theme",
        }
    }

    /// The property that a wave asks for.
    pub const fn attribute(self) -> Attribute {
        match self {
            Self::Sector | Self::Family => Attribute::Sector,
            Self::Sdg => Attribute::Sdg,
            Self::Area => Attribute::Area,
            Self::Publisher | Self::Grade | Self::Chapter | Self::Wave => Attribute::Publisher,
            Self::Dataset => Attribute::Dataset,
            Self::Size => Attribute::Size,
            Self::Kind => Attribute::Kind,
            Self::Model => Attribute::BusinessModel,
            Self::Theme => Attribute::DataType,
        }
    }

    /// Whether somebody is asked for it. Nobody is for a grade, a wave or a study: who has a use has its grade, and who
    /// took part has its wave. Their own coverage would be of everybody, whatever was answered, under the name of the
    /// question for publishers. What a count by one of them leaves open is what its selection leaves open: it has that
    /// coverage, in the numbers that every other figure of the selection has.
    pub const fn is_asked(self) -> bool {
        !matches!(self, Self::Grade | Self::Wave | Self::Chapter)
    }

    /// Whether it is a property of claims rather than of organisations.
    pub const fn is_of_claims(self) -> bool {
        matches!(self, Self::Publisher | Self::Dataset | Self::Grade | Self::Wave | Self::Theme)
    }

    /// Whether an organisation has one value at most; of areas, the one that has a row of its own.
    const fn is_single(self) -> bool {
        matches!(self, Self::Sector | Self::Family | Self::Area | Self::Size | Self::Kind)
    }

    /// Whether `unknown` is one of its values.
    pub const fn has_unknown(self) -> bool {
        !matches!(self, Self::Family | Self::Grade | Self::Chapter | Self::Wave)
    }
}

/// One value of a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// A sector or theme.
    Code(CodeIx),
    /// A family of sectors.
    Family(StrIx),
    /// A Sustainable Development Goal, 1 to 17.
    Goal(u8),
    /// An area.
    Area(AreaIx),
    /// A body.
    Publisher(OrgIx),
    /// A level of government, under the roll-up `LEVEL`: place in `PublisherLevel::ALL`.
    Level(u8),
    /// A dataset.
    Dataset(DatasetIx),
    /// A size band.
    Size(SizeBand),
    /// A kind of organisation.
    Kind(OrganisationKind),
    /// A business model.
    Model(entity::vocabulary::BusinessModel),
    /// A grade of evidence.
    Grade(Grade),
    /// A chapter.
    Chapter(StrIx),
    /// A wave.
    Wave(WaveIx),
    /// Answered, outside the list.
    Unlisted,
    /// Answered, and no single body named: "several sources of the federal government".
    Unspecified,
    /// Not there, with the reason.
    Unknown(Missing),
}

/// The bitmaps of one dimension.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) values: BTreeMap<Value, RoaringBitmap>,
    pub(crate) unlisted: RoaringBitmap,
    pub(crate) missing: [RoaringBitmap; 6],
}

impl Table {
    pub(crate) fn add(&mut self, value: Value, org: OrgIx) {
        let at = org.get();
        match value {
            Value::Unlisted => self.unlisted.insert(at),
            Value::Unknown(code) => self.missing[code.index()].insert(at),
            value => self.values.entry(value).or_default().insert(at),
        };
    }

    pub(crate) fn get(&self, value: Value) -> Option<&RoaringBitmap> {
        match value {
            Value::Unlisted => Some(&self.unlisted),
            Value::Unknown(code) => Some(&self.missing[code.index()]),
            value => self.values.get(&value),
        }
    }
}

/// The bitmaps of every dimension.
#[derive(Debug, Default)]
pub(crate) struct Values {
    tables: Vec<Table>,
    /// The same as columns, for the dimensions in which an organisation has one value.
    columns: Vec<Option<Column>>,
    /// Goals by crosswalk, level 0, of those who do not declare them: never added to declared ones.
    pub(crate) inferred: BTreeMap<u8, RoaringBitmap>,
    /// Linked to a goal by a rule over nothing but answers recovered from damage in their source: counted apart.
    pub(crate) recovered: BTreeMap<u8, RoaringBitmap>,
    /// Declared goals at evidence level `k` or more, `[k - 1]`.
    pub(crate) goal_levels: BTreeMap<u8, [RoaringBitmap; 5]>,
    /// Users of a body alone, without descendants and predecessors.
    pub(crate) publisher_alone: BTreeMap<OrgIx, RoaringBitmap>,
    /// Those of whom a wave says anything: by a response, or by a claim that counts, also one that makes nobody a user.
    pub(crate) heard: BTreeMap<WaveIx, RoaringBitmap>,
    /// Those answering, invited or desk-researched in a wave, with or without claims.
    pub(crate) responders: BTreeMap<WaveIx, RoaringBitmap>,
}

impl Values {
    /// The bitmaps of one dimension.
    pub(crate) fn of(&self, dimension: Dimension) -> &Table {
        &self.tables[dimension as usize]
    }

    /// The column of a dimension in which an organisation has one value.
    pub(crate) fn column(&self, dimension: Dimension) -> Option<&Column> {
        self.columns[dimension as usize].as_ref()
    }

    /// Lays the columns: those with a row of their own are the values that `is_shown` lets pass.
    pub(crate) fn lay_columns(&mut self, atlas: &Atlas, is_shown: impl Fn(Value) -> bool) {
        let column =
            |&dimension: &Dimension| dimension.is_single().then(|| Column::new(atlas, self.of(dimension), &is_shown));
        self.columns = Dimension::ALL.iter().map(column).collect();
    }

    /// Fills the bitmaps for the reusers of an atlas that is complete but for them.
    pub(crate) fn build(atlas: &Atlas, reusers: &RoaringBitmap) -> Self {
        let mut values = Self { tables: Dimension::ALL.iter().map(|_| Table::default()).collect(), ..Self::default() };
        for org in reusers.iter().map(OrgIx::new) {
            values.add_properties(atlas, org);
            values.add_claims(atlas, org);
            values.add_goals(atlas, org);
            values.add_waves(atlas, org);
        }
        values
    }

    fn add(&mut self, dimension: Dimension, value: Value, org: OrgIx) {
        self.tables[dimension as usize].add(value, org);
    }

    fn unknown(&mut self, atlas: &Atlas, dimension: Dimension, org: OrgIx) {
        let code = atlas.missing_code(org, dimension.attribute());
        self.add(dimension, Value::Unknown(code), org);
    }

    fn add_properties(&mut self, atlas: &Atlas, org: OrgIx) {
        let row = atlas.organisation(org);
        match (row.sector, row.sector_text) {
            (Some(code), _) => self.add(Dimension::Sector, Value::Code(code), org),
            (None, Some(_)) if atlas.stated_missing(org, Attribute::Sector).is_none() => {
                self.add(Dimension::Sector, Value::Unlisted, org);
            }
            _ => self.unknown(atlas, Dimension::Sector, org),
        }
        self.add(Dimension::Family, Value::Family(atlas.family(org)), org);
        match row.area {
            Some(area) => {
                for area in atlas.area_chain(area) {
                    self.add(Dimension::Area, Value::Area(area), org);
                }
            }
            None => self.unknown(atlas, Dimension::Area, org),
        }
        match row.size_band {
            Some(band) => self.add(Dimension::Size, Value::Size(band), org),
            None => self.unknown(atlas, Dimension::Size, org),
        }
        // `kind` always has a word in the record, so only a stated reason makes it unknown.
        if atlas.stated_missing(org, Attribute::Kind).is_some() {
            self.unknown(atlas, Dimension::Kind, org);
        } else {
            self.add(Dimension::Kind, Value::Kind(row.kind), org);
        }
        if row.business_models.is_empty() {
            self.unknown(atlas, Dimension::Model, org);
        }
        for model in row.business_models.iter() {
            self.add(Dimension::Model, Value::Model(model), org);
        }
    }

    fn add_claims(&mut self, atlas: &Atlas, org: OrgIx) {
        let mut unspecified = false;
        let (mut named_publisher, mut named_dataset, mut named_theme) = (false, false, false);
        let counted = atlas.claims_of(org).iter().filter(|claim| claim.may_figure(false));
        for claim in counted {
            // A wave has the uses that were said in it, also those that a newer wave has said again.
            if let Some(wave) = claim.wave {
                self.add(Dimension::Wave, Value::Wave(wave), org);
            }
            if !claim.is_current() {
                continue;
            }
            unspecified |= atlas.is_unspecified(claim);
            if let Some(publisher) = claim.publisher {
                named_publisher = true;
                self.publisher_alone.entry(publisher).or_default().insert(org.get());
                for body in atlas.counts_for(claim) {
                    self.add(Dimension::Publisher, Value::Publisher(body), org);
                }
            }
            if let Some(dataset) = claim.dataset {
                named_dataset = true;
                self.add(Dimension::Dataset, Value::Dataset(dataset), org);
            }
            for theme in atlas.claim_themes(claim) {
                named_theme = true;
                self.add(Dimension::Theme, Value::Code(theme), org);
            }
            self.add(Dimension::Grade, Value::Grade(claim.grade), org);
        }
        match (named_publisher, unspecified) {
            (true, _) => {}
            (false, true) => self.add(Dimension::Publisher, Value::Unspecified, org),
            (false, false) => self.unknown(atlas, Dimension::Publisher, org),
        }
        if !named_dataset {
            self.unknown(atlas, Dimension::Dataset, org);
        }
        let answers_outside = |of: &Assignment| of.role == CodeRole::DataType && of.code.is_none() && of.text.is_some();
        match (named_theme, atlas.assignments_of(org).iter().any(answers_outside)) {
            (true, _) => {}
            (false, true) => self.add(Dimension::Theme, Value::Unlisted, org),
            (false, false) => self.unknown(atlas, Dimension::Theme, org),
        }
    }

    fn add_goals(&mut self, atlas: &Atlas, org: OrgIx) {
        let declared = atlas.goals_of(org);
        let mut recovered = Vec::new();
        for impact in atlas.impacts_of(org) {
            let Some(goal) = impact.goal else { continue };
            if impact.is_declared() {
                self.add(Dimension::Sdg, Value::Goal(goal), org);
                let levels = self.goal_levels.entry(goal).or_default();
                for level in levels.iter_mut().take(usize::from(impact.evidence_level)) {
                    level.insert(org.get());
                }
            } else if declared.contains(&goal) {
                // What it says itself needs no rule.
            } else if impact.is_inferred() && impact.is_recovered() {
                recovered.push(goal);
            } else if impact.is_inferred() {
                self.inferred.entry(goal).or_default().insert(org.get());
            }
        }
        for goal in recovered {
            if !self.inferred.get(&goal).is_some_and(|set| set.contains(org.get())) {
                self.recovered.entry(goal).or_default().insert(org.get());
            }
        }
        if declared.is_empty() {
            self.unknown(atlas, Dimension::Sdg, org);
        }
    }

    fn add_waves(&mut self, atlas: &Atlas, org: OrgIx) {
        for wave in atlas.responses_of(org).iter().filter(|r| takes_part(r)).map(|r| r.wave) {
            self.responders.entry(wave).or_default().insert(org.get());
            self.add(Dimension::Wave, Value::Wave(wave), org);
        }
        let said = atlas.claims_of(org).iter().filter(|claim| claim.is_countable()).filter_map(|claim| claim.wave);
        for wave in atlas.responses_of(org).iter().map(|response| response.wave).chain(said) {
            self.heard.entry(wave).or_default().insert(org.get());
        }
        for chapter in atlas.chapters_of(org) {
            self.add(Dimension::Chapter, Value::Chapter(chapter), org);
        }
    }
}

/// Whether a response makes its organisation a reuser of the wave.
pub(crate) fn takes_part(response: &Response) -> bool {
    !is_set_aside(response.status)
}
