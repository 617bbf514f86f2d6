//! Facets: distinct organisations per value. A facet ignores its own selection; `unknown` comes last, split
//! by reason; coverage says how many of those asked have answered.

use entity::vocabulary::{Attribute, Missing};
use roaring::RoaringBitmap;

use super::Atlas;
use super::bits::Within;
use super::filter::{Compiled, Filter, Selection};
use super::handle::{FastMap, OrgIx};
use super::model::Claim;
use super::publishers::{Body, Rollup};
use super::values::{Dimension, Value};

/// Distinct organisations with one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value; `Atlas::word_of` gives its word and `Atlas::value_label` its label.
    pub value: Value,
    /// Distinct organisations.
    pub count: u64,
    /// Whether the filter names it.
    pub selected: bool,
}

/// How many of those asked have answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The property asked for.
    pub attribute: Attribute,
    /// Organisations with a value.
    pub answered: u64,
    /// All but those not asked and those it does not apply to.
    pub asked: u64,
    /// Organisations without a value, by reason, in the order of `Missing::ALL`.
    pub missing: [u64; 6],
}

impl Coverage {
    /// Of nobody yet.
    pub fn none(attribute: Attribute) -> Self {
        Self { attribute, answered: 0, asked: 0, missing: [0; 6] }
    }

    /// Counts an organisation: with a value, or why it has none.
    pub fn count(&mut self, missing: Option<Missing>) {
        match missing {
            None => self.answered += 1,
            Some(code) => self.missing[code.index()] += 1,
        }
        self.asked += u64::from(!matches!(missing, Some(Missing::NotAsked | Missing::NotApplicable)));
    }

    /// Answered / asked; `None` when nobody was asked.
    pub fn share(&self) -> Option<f64> {
        (self.asked > 0).then(|| self.answered as f64 / self.asked as f64)
    }
}

/// The values of one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The dimension.
    pub dimension: Dimension,
    /// Most first; ties in the order of the values; unlisted and unknown last.
    pub values: Vec<FacetValue>,
    /// How many of the organisations counted have a value.
    pub coverage: Coverage,
}

/// Whether a value is none of those that a dimension lists: it stands after them.
fn is_no_row(value: Value) -> bool {
    matches!(value, Value::Unlisted | Value::Unspecified)
}

/// The dimension whose lack is that of another: a family is that of a sector, so what lacks the one, lacks the other.
pub(super) fn whose_lack(dimension: Dimension) -> Dimension {
    match dimension {
        Dimension::Family => Dimension::Sector,
        other => other,
    }
}

impl Atlas {
    /// The facets of a filter. Those of the empty filter are counted once per atlas.
    pub fn facets(&self, filter: &Filter, dimensions: &[Dimension]) -> Vec<Facet> {
        if *filter == Filter::default() {
            return dimensions.iter().map(|&dimension| self.whole_facet(dimension).clone()).collect();
        }
        let compiled = self.compile(filter);
        let selection = compiled.select(self, None);
        dimensions.iter().map(|&dimension| self.facet(filter, &compiled, &selection, dimension)).collect()
    }

    /// One dimension of the empty filter.
    pub fn whole_facet(&self, dimension: Dimension) -> &Facet {
        self.whole_facets[dimension as usize].get_or_init(|| {
            let selection = Selection { organisations: self.listed.clone(), ..Selection::default() };
            self.facet(&Filter::default(), &Compiled::default(), &selection, dimension)
        })
    }

    /// Whether organisations may have said the same in several values of a dimension: waves and studies ask again.
    fn is_of_several(&self, dimension: Dimension) -> bool {
        let asks_again = matches!(dimension, Dimension::Wave | Dimension::Chapter);
        asks_again && self.waves.len() > 1
    }

    /// How many organisations a filter selects once this value alone is chosen in a dimension.
    fn choosing(&self, filter: &Filter, dimension: Dimension, value: Value) -> u64 {
        let mut alone = filter.clone();
        let is_word = alone.words_mut(dimension).map(|words| *words = vec![self.word_of(value)]).is_some();
        if is_word { self.select(&alone).organisations.len() } else { 0 }
    }

    fn facet(&self, filter: &Filter, compiled: &Compiled, selection: &Selection, dimension: Dimension) -> Facet {
        let own = compiled.restricts(dimension).then(|| compiled.select(self, Some(dimension)));
        let selection = own.as_ref().unwrap_or(selection);
        // What a facet lists can be put into the filter.
        let mut counts = if self.is_of_several(dimension) && !filter.is_empty() {
            // Whoever chooses one of them asks what was said there, also where another has said it again.
            let values = self.values.of(dimension).values.keys();
            let chosen = values.map(|&value| (value, self.choosing(filter, dimension, value)));
            chosen.filter(|&(_, count)| count > 0).collect()
        } else {
            self.count_by(selection, dimension, filter.rollup.map(Rollup::of_bodies))
        };
        let selected: Vec<Value> = match dimension {
            Dimension::Grade => filter.grade.iter().map(|&grade| Value::Grade(grade)).collect(),
            dimension => filter.words(dimension).iter().flat_map(|w| self.values_of_word(dimension, w)).collect(),
        };
        // A value that is selected is always shown, so that it can be taken back: also a body below the root, or
        // a country whose states have the rows.
        for &value in &selected {
            if !matches!(value, Value::Unknown(_)) && !counts.iter().any(|(of, _)| *of == value) {
                counts.push((value, self.choosing(filter, dimension, value)));
            }
        }
        counts.sort_unstable_by(|(a, x), (b, y)| is_no_row(*a).cmp(&is_no_row(*b)).then(y.cmp(x)).then(a.cmp(b)));
        let coverage = if dimension.is_asked() {
            self.coverage_of(filter, &selection.organisations, dimension)
        } else {
            // A facet passes over its own words: what was said elsewhere than in its waves or studies counts too.
            let mut others = filter.clone();
            others.words_mut(dimension).into_iter().for_each(Vec::clear);
            self.coverage_left_open(&others, selection, Dimension::Publisher)
        };
        let mut values: Vec<FacetValue> = counts
            .into_iter()
            .map(|(value, count)| FacetValue { value, count, selected: selected.contains(&value) })
            .collect();
        if dimension.has_unknown() {
            for (&code, &count) in Missing::ALL.iter().zip(&coverage.missing) {
                let value = Value::Unknown(code);
                let selected = selected.contains(&value);
                if count > 0 || selected {
                    values.push(FacetValue { value, count, selected });
                }
            }
        }
        Facet { dimension, values, coverage }
    }

    /// How many of some organisations have a value in a dimension.
    pub fn coverage(&self, organisations: &RoaringBitmap, dimension: Dimension) -> Coverage {
        let mut missing = [0; 6];
        let of = whose_lack(dimension);
        if let Some(column) = self.values.column(of) {
            for (value, count) in column.count(organisations) {
                if let Value::Unknown(code) = value {
                    missing[code.index()] = count;
                }
            }
        } else if of.has_unknown() {
            let table = self.values.of(of);
            for (count, set) in missing.iter_mut().zip(&table.missing) {
                *count = set.intersection_len(organisations);
            }
        }
        let all = organisations.len();
        let out = missing[Missing::NotAsked.index()] + missing[Missing::NotApplicable.index()];
        Coverage {
            attribute: dimension.attribute(),
            answered: all - missing.iter().sum::<u64>(),
            asked: all - out,
            missing,
        }
    }

    /// Distinct organisations of a selection per value; values without any are left out.
    pub fn count_by(&self, selection: &Selection, dimension: Dimension, rollup: Option<Rollup>) -> Vec<(Value, u64)> {
        let mut counts = self.count_listed(selection, dimension, rollup);
        // In a column they are a value as the others.
        if self.values.column(dimension).is_none() {
            let unlisted = self.values.of(dimension).unlisted.intersection_len(&selection.organisations);
            counts.extend((unlisted > 0).then_some((Value::Unlisted, unlisted)));
        }
        counts
    }

    fn count_listed(&self, selection: &Selection, dimension: Dimension, rollup: Option<Rollup>) -> Vec<(Value, u64)> {
        let of_claims = dimension.is_of_claims();
        let by_body = dimension == Dimension::Publisher && rollup.is_some();
        if of_claims && (by_body || !selection.claims.is_plain()) {
            return self.count_claims(selection, dimension, rollup);
        }
        if let Some(column) = self.values.column(dimension) {
            let mut counts = column.count(&selection.organisations);
            counts.retain(|(value, _)| !matches!(value, Value::Unknown(_)));
            return counts;
        }
        let table = self.values.of(dimension);
        // An intersection costs as much as some thirty organisations' claims.
        if of_claims && 32 * table.values.len() as u64 > selection.organisations.len() {
            return self.count_claims(selection, dimension, rollup);
        }
        let within = Within::new(&selection.organisations, self.organisations.len());
        let listed = table.values.iter().filter(|&(&value, _)| self.is_facet_value(value));
        listed.map(|(&value, set)| (value, within.count(set))).filter(|&(_, count)| count > 0).collect()
    }

    /// Whether a value has a row of its own: of the bodies, those that the default roll-up counts.
    fn is_facet_value(&self, value: Value) -> bool {
        match value {
            Value::Publisher(org) => self.default_bodies.contains(org.get()),
            _ => true,
        }
    }

    fn count_claims(&self, selection: &Selection, dimension: Dimension, rollup: Option<Rollup>) -> Vec<(Value, u64)> {
        let mut counts: FastMap<Value, u64> = FastMap::default();
        let mut seen: Vec<Value> = Vec::new();
        let unspecified = self.values.of(Dimension::Publisher).get(Value::Unspecified);
        for org in selection.organisations.iter().map(OrgIx::new) {
            seen.clear();
            let mut has_claim = false;
            // A wave has also what a newer one has said again.
            let is_counted = |claim: &&Claim| match dimension {
                Dimension::Wave => selection.claims.passes_in_its_wave(self, claim),
                _ => selection.claims.passes(self, claim),
            };
            for claim in self.claims_of(org).iter().filter(is_counted) {
                has_claim = true;
                self.claim_values(claim, dimension, rollup, &mut |value| {
                    if !seen.contains(&value) {
                        seen.push(value);
                    }
                });
            }
            if dimension == Dimension::Wave && selection.claims.lets_pass_alone(org) {
                for wave in self.responses_of(org).iter().filter(|r| super::values::takes_part(r)).map(|r| r.wave) {
                    if !seen.contains(&Value::Wave(wave)) && !selection.claims.leaves_out(wave) {
                        seen.push(Value::Wave(wave));
                    }
                }
            }
            // That it names no single body is said of an organisation, by whichever of its claims it is found.
            seen.retain(|&value| value != Value::Unspecified);
            if dimension == Dimension::Publisher && has_claim && unspecified.is_some_and(|set| set.contains(org.get()))
            {
                seen.push(Value::Unspecified);
            }
            for &value in &seen {
                *counts.entry(value).or_default() += 1;
            }
        }
        counts.into_iter().collect()
    }

    /// Whether a claim has a value of a claim-level dimension under the default roll-up.
    pub fn claim_has(&self, claim: &Claim, dimension: Dimension, value: Value) -> bool {
        if let (Dimension::Publisher, Value::Publisher(body)) = (dimension, value) {
            return self.counts_for(claim).any(|counted| counted == body);
        }
        let mut found = false;
        self.claim_values(claim, dimension, None, &mut |of| found |= of == value);
        found
    }

    /// Whether the default roll-up counts anything for a body: facets give such bodies a row.
    pub fn is_default_body(&self, body: OrgIx) -> bool {
        self.default_bodies.contains(body.get())
    }

    /// The bodies that the default roll-up counts, with their distinct users, most first.
    pub fn publishers_counted(&self) -> impl Iterator<Item = (OrgIx, u32)> {
        self.publisher_users().iter().copied().filter(|&(org, users)| users > 0 && self.is_default_body(org))
    }

    /// The values of a claim in a claim-level dimension.
    fn claim_values(&self, claim: &Claim, dimension: Dimension, rollup: Option<Rollup>, each: &mut impl FnMut(Value)) {
        match dimension {
            Dimension::Publisher if self.is_unspecified(claim) => each(Value::Unspecified),
            Dimension::Publisher if rollup.is_none() => self
                .counts_for(claim)
                .filter(|body| self.default_bodies.contains(body.get()))
                .for_each(|body| each(Value::Publisher(body))),
            Dimension::Publisher => match self.body(claim, rollup) {
                Some(Body::Organisation(body)) => each(Value::Publisher(body)),
                Some(Body::Level(level)) => each(Value::Level(level)),
                None => {}
            },
            Dimension::Dataset => claim.dataset.into_iter().for_each(|dataset| each(Value::Dataset(dataset))),
            Dimension::Theme => self.claim_themes(claim).for_each(|theme| each(Value::Code(theme))),
            Dimension::Grade => each(Value::Grade(claim.grade)),
            Dimension::Wave => claim.wave.into_iter().for_each(|wave| each(Value::Wave(wave))),
            _ => {}
        }
    }
}
