//! An organisation: a reuser, a public body, or both.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::area::{Area, Location};
use super::claim::{ImpactClaim, UseClaimConnection};
use super::code::{Code, CodeAssignment, family_of};
use super::dataset::DatasetConnection;
use super::figure::{GradeCount, Rollup};
use super::indicator::Observation;
use super::language::{Language, lang};
use super::list::List;
use super::node::id;
use super::organisation_parts::{
    Answer, Identifier, MissingFact, Name, PublisherUse, Relation, Response, SdgLink, resolver,
};
use super::page::{Page, first_of};
use super::peers::{DataOfPeers, Peer};
use super::publisher::Publisher;
use super::scalar::{DateTime, PartialDate};
use super::source::{Attribution, Source, Text};
use super::vocabulary::{
    BusinessModel, Dependence, Grade, Missing, OrganisationKind, OrganisationStatus, Ownership, UseType,
};
use crate::analysis;
use crate::atlas::{Atlas, OrgIx};

/// An organisation that reuses government data, a public body, or both. Its sector, size and place, and what it uses,
/// are as last recorded by the day that is asked for: a filter that names a study or a wave chooses organisations, and
/// changes nothing of what stands in them.
#[derive(Clone)]
pub struct Organisation {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) ix: OrgIx,
}

impl Organisation {
    /// The organisation of a handle.
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: OrgIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &crate::atlas::Organisation {
        self.atlas.organisation(self.ix)
    }
}

/// An organisation that reuses government data, a public body, or both. Its sector, size and place, and what it uses,
/// are as last recorded by the day that is asked for: a filter that names a study or a wave chooses organisations, and
/// changes nothing of what stands in them.
#[Object(serial)]
impl Organisation {
    /// Global id, `organisation:<uuid>`.
    pub async fn id(&self) -> ID {
        id("organisation", self.row().id.0)
    }

    /// Stable word in its address.
    async fn slug(&self) -> &str {
        self.atlas.str(self.row().slug)
    }

    /// Its name, in the language asked for where it has one.
    async fn name(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row().name, super::language::lang(ctx, lang)).value
    }

    /// The language that `name` is in, ISO 639-1.
    async fn name_lang(&self, ctx: &Context<'_>) -> String {
        self.atlas.label(self.row().name, lang(ctx, None)).lang.to_string()
    }

    /// Every name it bears or bore.
    async fn names(&self) -> List<Name> {
        Name::list(&self.atlas, self.ix).into()
    }

    /// What sort of organisation it is.
    async fn kind(&self) -> OrganisationKind {
        self.row().kind.into()
    }

    /// The same in words.
    async fn kind_label(&self, ctx: &Context<'_>, lang: Option<Language>) -> &'static str {
        crate::texts::label(super::language::lang(ctx, lang), "api.kind", self.row().kind.as_str())
    }

    /// Who owns it.
    async fn ownership(&self) -> Ownership {
        self.row().ownership.into()
    }

    /// Whether it still works.
    async fn status(&self) -> OrganisationStatus {
        self.row().status.into()
    }

    /// Legal form as recorded, such as `S.A. de C.V.`.
    async fn legal_form(&self) -> Option<&str> {
        self.row().legal_form.map(|ix| self.atlas.str(ix))
    }

    /// When it was founded.
    async fn founded(&self) -> Option<PartialDate> {
        self.row().founded.map(PartialDate)
    }

    /// Its website, http or https.
    async fn website(&self) -> Option<&str> {
        self.row().website.map(|ix| self.atlas.str(ix))
    }

    /// What it says of itself; plain text.
    async fn description(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<Text> {
        Text::of(&self.atlas, self.row().description, super::language::lang(ctx, lang))
    }

    /// The same in a sentence.
    async fn summary(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<Text> {
        Text::of(&self.atlas, self.row().summary, super::language::lang(ctx, lang))
    }

    /// Full-time employees: `1-10`, `11-50`, `51-200`, `201-500`, `501-1000`, `1001-5000`, `5001-10000`, `10001+`.
    async fn size_band(&self) -> Option<&'static str> {
        self.row().size_band.map(entity::vocabulary::SizeBand::as_str)
    }

    /// Why there is no size band.
    async fn size_missing(&self) -> Option<Missing> {
        self.row()
            .size_band
            .is_none()
            .then(|| self.atlas.missing_code(self.ix, entity::vocabulary::Attribute::Size).into())
    }

    /// Whom it sells to or serves.
    async fn business_models(&self) -> List<BusinessModel> {
        self.row().business_models.iter().map(Into::into).collect()
    }

    /// What it uses data for.
    async fn use_types(&self) -> List<UseType> {
        self.row().use_types.iter().map(Into::into).collect()
    }

    /// How much it depends on open data as a whole.
    async fn dependence(&self) -> Dependence {
        self.row().dependence.into()
    }

    /// Its primary reuse sector.
    async fn sector(&self) -> Option<Code> {
        self.row().sector.map(|ix| Code::new(&self.atlas, ix))
    }

    /// What it says of its sector, when that is outside the list.
    async fn sector_text(&self) -> Option<&str> {
        self.row().sector_text.map(|ix| self.atlas.str(ix))
    }

    /// Why it has no sector.
    async fn sector_missing(&self) -> Option<Missing> {
        let row = self.row();
        (row.sector.is_none() && row.sector_text.is_none())
            .then(|| self.atlas.missing_code(self.ix, entity::vocabulary::Attribute::Sector).into())
    }

    /// Sector family, for colour: research data finance business media land place public; null without a sector.
    async fn family(&self) -> Option<&str> {
        family_of(&self.atlas, self.row().sector)
    }

    /// Every code assigned to it, with who assigned it.
    async fn codes(&self) -> List<CodeAssignment> {
        self.atlas.assignments_of(self.ix).iter().map(|row| CodeAssignment::new(&self.atlas, row)).collect()
    }

    /// Its main location.
    async fn location(&self) -> Option<Location> {
        self.atlas.locations_of(self.ix).first().map(|row| Location::new(&self.atlas, row))
    }

    /// The area of its main location.
    async fn area(&self) -> Option<Area> {
        self.row().area.map(|ix| Area::new(&self.atlas, ix))
    }

    /// Distinct publishers it uses; under the default roll-up unless another is asked for. By its newest claims,
    /// whichever study or wave a filter names.
    async fn publishers_used(&self, rollup: Option<Rollup>) -> usize {
        match rollup.and_then(Rollup::asked) {
            None => self.row().publishers_used as usize,
            rollup => self.atlas.publishers_used(self.ix, rollup).len(),
        }
    }

    /// Why it names no publisher; null when it names one, and when its source says that there is no single one.
    async fn publishers_missing(&self) -> Option<Missing> {
        (self.row().publishers_used == 0 && !self.atlas.names_no_body(self.ix))
            .then(|| self.atlas.missing_code(self.ix, entity::vocabulary::Attribute::Publisher).into())
    }

    /// Whether it uses data of which its source says that they are of no single body.
    async fn publishers_unspecified(&self) -> bool {
        self.atlas.names_no_body(self.ix)
    }

    /// Distinct datasets it uses; an accepted edition counts with its series. By its newest claims, whichever study or
    /// wave a filter names.
    async fn datasets_used(&self) -> u32 {
        self.row().datasets_used
    }

    /// Why it names no dataset; null when it names one.
    async fn datasets_missing(&self) -> Option<Missing> {
        (self.row().datasets_used == 0)
            .then(|| self.atlas.missing_code(self.ix, entity::vocabulary::Attribute::Dataset).into())
    }

    /// Counted use claims; the newest, whichever study or wave a filter names.
    async fn claim_count(&self) -> u32 {
        self.row().claim_count
    }

    /// Counted use claims that name a publisher or its data; the others name a type of data only.
    async fn publisher_claim_count(&self) -> usize {
        let claims = self.atlas.claims_of(self.ix).iter();
        claims.filter(|claim| claim.figures(false) && (claim.publisher.is_some() || claim.stated.is_some())).count()
    }

    /// The publishers it uses, most claims first.
    async fn publishers(
        &self,
        #[graphql(default_with = "Some(50)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        rollup: Option<Rollup>,
    ) -> List<PublisherUse> {
        self.atlas
            .publishers_used(self.ix, rollup.and_then(Rollup::asked))
            .into_iter()
            .take(first_of(first, 50))
            .map(|row| PublisherUse { atlas: Arc::clone(&self.atlas), row })
            .collect()
    }

    /// The datasets it uses.
    async fn datasets(
        &self,
        #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<DatasetConnection> {
        DatasetConnection::of_organisation(
            &self.atlas,
            self.ix,
            &self.atlas.datasets_used_by(self.ix),
            &Page { first: first_of(first, 5), after },
        )
    }

    /// Its use claims, newest wave first; those that are disputed or superseded too, marked as not countable.
    async fn claims(
        &self,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<UseClaimConnection> {
        UseClaimConnection::of_range(
            &self.atlas,
            self.atlas.claim_handles_of(self.ix),
            &Page { first: first_of(first, 20), after },
        )
    }

    /// Its impact claims.
    async fn impacts(&self) -> List<ImpactClaim> {
        self.atlas.impact_handles_of(self.ix).map(|ix| ImpactClaim::new(&self.atlas, ix)).collect()
    }

    /// Goals it declares, and apart from them those inferred by a published rule.
    async fn sdgs(&self) -> List<SdgLink> {
        self.atlas
            .impact_handles_of(self.ix)
            .filter_map(|impact| {
                let goal = self.atlas.impact(impact).goal?;
                Some(SdgLink { atlas: Arc::clone(&self.atlas), impact, goal: self.atlas.goal_code(goal)? })
            })
            .collect()
    }

    /// What is not known of it, and why.
    async fn missing(&self) -> List<MissingFact> {
        self.atlas.missing_of(self.ix).iter().map(|&(attribute, code)| MissingFact { attribute, code }).collect()
    }

    /// Its identifiers.
    async fn identifiers(&self) -> List<Identifier> {
        self.atlas
            .identifiers_of(self.ix)
            .iter()
            .map(|row| {
                let value = self.atlas.str(row.value).to_owned();
                Identifier {
                    url: resolver(row.scheme, &value),
                    scheme: row.scheme.into(),
                    verified: row.verified,
                    value,
                }
            })
            .collect()
    }

    /// Its relations to other organisations, proposed ones included.
    async fn relations(&self) -> List<Relation> {
        self.atlas
            .relations_of(self.ix)
            .iter()
            .filter(|row| self.atlas.is_shown(row.other))
            .map(|row| Relation { atlas: Arc::clone(&self.atlas), row: row.clone() })
            .collect()
    }

    /// Its part in each wave.
    async fn responses(&self) -> List<Response> {
        self.atlas
            .responses_of(self.ix)
            .iter()
            .map(|row| Response { atlas: Arc::clone(&self.atlas), row: row.clone() })
            .collect()
    }

    /// Its public answers: those that it may be shown with and that somebody has looked through. `example_uses` is an
    /// example of what it does with the data, in its own words.
    async fn answers(&self) -> List<Answer> {
        self.atlas
            .answers_of(self.ix)
            .iter()
            .map(|row| Answer { atlas: Arc::clone(&self.atlas), row: row.clone() })
            .collect()
    }

    /// Public observations of it.
    async fn observations(
        &self,
        #[graphql(default_with = "Some(50)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
    ) -> List<Observation> {
        self.atlas
            .observations_of(self.ix)
            .iter()
            .take(first_of(first, 50))
            .map(|&ix| Observation::new(&self.atlas, ix))
            .collect()
    }

    /// Organisations like it, those that share data with it first, each with its reasons; at most 20.
    #[graphql(complexity = "200 + first.unwrap_or(5).max(0) as usize * child_complexity")]
    async fn peers(
        &self,
        #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 20))] first: Option<i32>,
    ) -> List<Peer> {
        analysis::peers::peers(&self.atlas, self.ix, first_of(first, 5))
            .into_iter()
            .map(|row| Peer { atlas: Arc::clone(&self.atlas), of: self.ix, row })
            .collect()
    }

    /// What the organisations most like it use that it does not; `among` is at most 20 of them.
    #[graphql(complexity = "200 + child_complexity")]
    async fn data_of_peers(
        &self,
        #[graphql(default_with = "Some(5)", validator(minimum = 1, maximum = 20))] among: Option<i32>,
    ) -> DataOfPeers {
        DataOfPeers::new(&self.atlas, self.ix, first_of(among, 5))
    }

    /// The best grade among its counted claims; the newest, whichever study or wave a filter names.
    async fn best_grade(&self) -> Option<Grade> {
        self.atlas.best_grade(self.ix).map(Into::into)
    }

    /// Its counted claims by grade.
    async fn grade_counts(&self) -> List<GradeCount> {
        GradeCount::of(self.atlas.claim_handles_of(self.ix).filter_map(|ix| {
            let claim = self.atlas.claim(ix);
            claim.is_current().then_some(claim.grade)
        }))
        .into()
    }

    /// Whether it publishes data too.
    async fn is_publisher(&self) -> bool {
        self.atlas.publisher(self.ix).is_some()
    }

    /// The same body as a publisher.
    async fn publisher(&self) -> Option<Publisher> {
        self.atlas.publisher(self.ix).map(|_| Publisher::new(&self.atlas, self.ix))
    }

    /// The source that its facts come from.
    async fn source(&self) -> Option<Source> {
        self.row().source.map(|ix| Source::new(&self.atlas, ix))
    }

    /// Whom to name when showing it, and under which licence.
    async fn attribution(&self) -> Attribution {
        Attribution::of(&self.atlas, self.atlas.study_behind(self.ix))
    }

    /// When its record last changed.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.row().updated_at)
    }

    /// The chapters of the studies it takes part in.
    async fn chapters(&self) -> List<&str> {
        self.atlas.chapters_of(self.ix).into_iter().map(|ix| self.atlas.str(ix)).collect()
    }
}
