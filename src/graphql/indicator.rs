//! Indicators and what was observed of them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::area::Area;
use super::code::Code;
use super::dataset::Dataset;
use super::language::Language;
use super::list::List;
use super::node::id;
use super::organisation::Organisation;
use super::page::{Page, PageInfo, slice};
use super::source::Source;
use super::study::Wave;
use super::vocabulary::{ChainStage, IndicatorScheme, Measure, Missing, ObservationStatus, SubjectLevel};
use crate::atlas::{self, Atlas, IndicatorIx, ObservationIx};
use crate::domain::draft::Decimal;

/// The definition of an indicator.
#[derive(Clone)]
pub struct Indicator {
    atlas: Arc<Atlas>,
    ix: IndicatorIx,
}

impl Indicator {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: IndicatorIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Indicator {
        self.atlas.indicator(self.ix)
    }
}

/// The definition of an indicator.
#[Object(serial)]
impl Indicator {
    /// Global id, `indicator:<uuid>`.
    pub async fn id(&self) -> ID {
        id("indicator", self.row().id.0)
    }

    /// Stable key, such as `population`.
    async fn key(&self) -> &str {
        self.atlas.str(self.row().key)
    }

    /// Its name.
    async fn name(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row().name, super::language::lang(ctx, lang)).value
    }

    /// What it measures.
    async fn definition(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row().definition, super::language::lang(ctx, lang)).value
    }

    /// The concept behind it, such as `revenue`.
    async fn concept(&self) -> &str {
        self.atlas.str(self.row().concept)
    }

    /// UCUM unit, ISO 4217 currency, `persons`, `index` and the like.
    async fn unit(&self) -> &str {
        self.atlas.str(self.row().unit)
    }

    /// Where it stands between data and effect.
    async fn chain_stage(&self) -> ChainStage {
        self.row().chain_stage.into()
    }

    /// What its values measure; values of different measures never add.
    async fn measure(&self) -> Measure {
        self.row().measure.into()
    }

    /// What it may be observed of.
    async fn subject_levels(&self) -> List<SubjectLevel> {
        self.row().subject_levels.iter().map(|&level| level.into()).collect()
    }

    /// How often it is observed.
    async fn frequency(&self) -> &str {
        self.atlas.str(self.row().frequency)
    }

    /// Whose definition it is.
    async fn source_scheme(&self) -> IndicatorScheme {
        self.row().source_scheme.into()
    }

    /// Its code there, such as `SP.POP.TOTL`; null where no one code is established.
    async fn source_code(&self) -> Option<&str> {
        self.row().source_code.map(|ix| self.atlas.str(ix)).filter(|code| !is_address(code))
    }

    /// Where the source publishes it.
    async fn source_url(&self) -> Option<String> {
        use entity::vocabulary::IndicatorScheme as Scheme;
        let code = self.row().source_code.map(|ix| self.atlas.str(ix))?;
        match self.row().source_scheme {
            _ if is_address(code) => Some(code.to_owned()),
            Scheme::Wdi => Some(format!("https://data.worldbank.org/indicator/{code}")),
            Scheme::InegiSaic => Some("https://www.inegi.org.mx/app/saic/".to_owned()),
            Scheme::Internal
            | Scheme::InegiBie
            | Scheme::InegiBise
            | Scheme::UnSdg
            | Scheme::OecdOurdata
            | Scheme::Asedie => None,
        }
    }

    /// Public observations loaded.
    async fn observation_count(&self) -> u32 {
        self.row().observations
    }
}

/// Whether a definition names the page of its source in the place of a code.
fn is_address(code: &str) -> bool {
    code.starts_with("https://")
}

/// One observed value, as an interval.
#[derive(Clone)]
pub struct Observation {
    atlas: Arc<Atlas>,
    ix: ObservationIx,
}

impl Observation {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: ObservationIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Observation {
        self.atlas.observation(self.ix)
    }
}

/// Prints a decimal exactly.
pub(crate) fn decimal(value: Decimal) -> String {
    let Decimal { mantissa, scale } = value;
    if scale <= 0 {
        return format!(
            "{mantissa}{}",
            if mantissa == 0 { String::new() } else { "0".repeat(usize::from(scale.unsigned_abs())) }
        );
    }
    let places = usize::from(scale.unsigned_abs());
    let digits = format!("{:0width$}", mantissa.unsigned_abs(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    format!("{}{whole}.{part}", if mantissa < 0 { "-" } else { "" })
}

/// One observed value, as an interval.
#[Object(serial)]
impl Observation {
    /// Global id, `observation:<uuid>`.
    pub async fn id(&self) -> ID {
        id("observation", self.row().id.0)
    }

    /// What was observed.
    async fn indicator(&self) -> Indicator {
        Indicator::new(&self.atlas, self.row().indicator)
    }

    /// Of which organisation, if of one.
    async fn organisation(&self) -> Option<Organisation> {
        match self.row().subject {
            atlas::Subject::Organisation(ix) => Some(Organisation::new(&self.atlas, ix)),
            _ => None,
        }
    }

    /// Of which area or country, if of one.
    async fn area(&self) -> Option<Area> {
        match self.row().subject {
            atlas::Subject::Area(ix) => Some(Area::new(&self.atlas, ix)),
            _ => None,
        }
    }

    /// Of which sector, if of one.
    async fn sector(&self) -> Option<Code> {
        match self.row().subject {
            atlas::Subject::Sector(ix) => Some(Code::new(&self.atlas, ix)),
            _ => None,
        }
    }

    /// Of which dataset, if of one.
    async fn dataset(&self) -> Option<Dataset> {
        match self.row().subject {
            atlas::Subject::Dataset(ix) => Some(Dataset::new(&self.atlas, ix)),
            _ => None,
        }
    }

    /// ISO 8601 year, quarter (`2014-Q2`) or month.
    async fn period(&self) -> &str {
        self.atlas.str(self.row().period)
    }

    /// Lower end, an exact decimal.
    async fn low(&self) -> Option<String> {
        self.row().low.map(decimal)
    }

    /// Central value, an exact decimal.
    async fn central(&self) -> Option<String> {
        self.row().central.map(decimal)
    }

    /// Upper end; null beside a lower end is an open top.
    async fn high(&self) -> Option<String> {
        self.row().high.map(decimal)
    }

    /// ISO 4217; present if and only if the unit is money.
    async fn currency(&self) -> Option<&str> {
        self.row().currency.map(|ix| self.atlas.str(ix))
    }

    /// Why there is no value.
    async fn missing(&self) -> Option<Missing> {
        self.row().missing.map(Into::into)
    }

    /// SDMX observation status.
    async fn status(&self) -> ObservationStatus {
        self.row().status.into()
    }

    /// Where it comes from.
    async fn source(&self) -> Option<Source> {
        self.row().source.map(|ix| Source::new(&self.atlas, ix))
    }

    /// The wave that it was said in.
    async fn wave(&self) -> Option<Wave> {
        self.row().wave.map(|ix| Wave::new(&self.atlas, ix))
    }
}

/// A page of observations.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ObservationConnection {
    /// All of them.
    total_count: usize,
    /// This page, with cursors.
    edges: Vec<ObservationEdge>,
    /// This page, without.
    nodes: Vec<Observation>,
    /// Where it stands.
    page_info: PageInfo,
}

/// An observation and its cursor.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ObservationEdge {
    /// Opaque: pass it as `after`.
    cursor: String,
    /// The observation.
    node: Observation,
}

impl ObservationConnection {
    pub(crate) fn of_list(atlas: &Arc<Atlas>, list: &[ObservationIx], page: &Page) -> Result<Self> {
        let slice = slice(list, page, |ix| atlas.observation(ix).id.0)?;
        let nodes: Vec<_> = slice.items.iter().map(|(_, ix)| Observation::new(atlas, *ix)).collect();
        let edges = slice
            .items
            .into_iter()
            .zip(&nodes)
            .map(|((cursor, _), node)| ObservationEdge { cursor, node: node.clone() })
            .collect();
        Ok(Self { total_count: list.len(), edges, nodes, page_info: slice.info })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_printed_exactly() {
        for (mantissa, scale, text) in [
            (12_345_678_901_234_567, 2, "123456789012345.67"),
            (5, 2, "0.05"),
            (-5, 1, "-0.5"),
            (7, 0, "7"),
            (7, -3, "7000"),
            (0, -3, "0"),
            (i64::MIN, 1, "-922337203685477580.8"),
        ] {
            assert_eq!(decimal(Decimal { mantissa, scale }), text);
        }
    }
}
