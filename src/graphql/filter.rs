//! The filter that every list and figure takes: the words of an explorer address, checked and resolved.

use async_graphql::{Context, Enum, Error, ErrorExtensions, InputObject, Result};

use super::figure::Rollup;
use super::scalar::{Date, DateTime};
use super::vocabulary::{AccessMode, Criticality, Grade};
use crate::atlas::{self, Atlas, Fault, Refusal};

/// Selects organisations. Values of one field are alternatives, fields are conditions. `unknown` is a value of
/// sector, area, size, kind, model, publisher, dataset, theme and sdg; `unknown:not_asked` and the like name one reason.
/// Conditions on claims (publisher, dataset, theme, grade, wave, criticality, access) must hold on one and the same
/// claim, and figures then use only the claims that match.
#[derive(Clone, Debug, InputObject)]
pub struct Filter {
    /// Chapters: `mx`, `us`, `kr`, `au`, `sample`; a study that was begun here is its own, by its slug.
    pub chapter: Option<Vec<String>>,
    /// Slugs of waves.
    pub wave: Option<Vec<String>>,
    /// Codes of `od500_category`: the primary reuse sector; `unlisted` for answers outside the list.
    pub sector: Option<Vec<String>>,
    /// Sector families: research data finance business media land place public none.
    pub family: Option<Vec<String>>,
    /// Goals `1` to `17`, declared with evidence level 1 or more.
    pub sdg: Option<Vec<String>>,
    /// ISO 3166 codes of areas, such as `MX` or `MX-JAL`: main location.
    pub area: Option<Vec<String>>,
    /// Slugs of publishers; `unspecified` for organisations whose uses name no single body, and one at least says so.
    pub publisher: Option<Vec<String>>,
    /// Whether a publisher stands for its descendants too.
    #[graphql(default = true)]
    pub with_descendants: bool,
    /// Whether a publisher stands for its predecessors too.
    #[graphql(default = true)]
    pub with_predecessors: bool,
    /// Slugs of datasets.
    pub dataset: Option<Vec<String>>,
    /// Codes of `od500_data_type`; `unlisted` for answers outside the list alone.
    pub theme: Option<Vec<String>>,
    /// Size bands: `1-10` to `10001+`.
    pub size: Option<Vec<String>>,
    /// Kinds of organisation in lower case, such as `civil_society`.
    pub kind: Option<Vec<String>>,
    /// Business models in lower case: `b2b b2c b2g b2n other`.
    pub model: Option<Vec<String>>,
    /// Grades of evidence.
    pub grade: Option<Vec<Grade>>,
    /// How much the use matters.
    pub criticality: Option<Vec<Criticality>>,
    /// How the data is obtained.
    pub access: Option<Vec<AccessMode>>,
    /// West, south, east, north in degrees; west above east crosses the antimeridian.
    pub bbox: Option<Vec<f64>>,
    /// Words of names and descriptions, begun or whole, accents ignored; at most 200 characters.
    pub text: Option<String>,
    /// Whether claims reconstructed from damaged sources count.
    #[graphql(default = false)]
    pub include_recovered: bool,
    /// How bodies are added up; by default as the survey states it until a relation has been decided, then the root. Where
    /// it is given, a publisher stands for those alone whose uses count for it there: under `PUBLISHER` for itself.
    pub rollup: Option<Rollup>,
    /// The day the facts are valid on; today by default, and where it has not come yet.
    pub as_of: Option<Date>,
    /// What had been recorded by then; now by default.
    pub known_at: Option<DateTime>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            chapter: None,
            wave: None,
            sector: None,
            family: None,
            sdg: None,
            area: None,
            publisher: None,
            with_descendants: true,
            with_predecessors: true,
            dataset: None,
            theme: None,
            size: None,
            kind: None,
            model: None,
            grade: None,
            criticality: None,
            access: None,
            bbox: None,
            text: None,
            include_recovered: false,
            rollup: None,
            as_of: None,
            known_at: None,
        }
    }
}

/// What is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "atlas::Dimension")]
pub enum Dimension {
    /// Primary reuse sector.
    Sector,
    /// Family of sectors.
    Family,
    /// Declared goals.
    Sdg,
    /// Country and state of the main location.
    Area,
    /// Publishers used.
    Publisher,
    /// Datasets used.
    Dataset,
    /// Size band.
    Size,
    /// Kind of organisation.
    Kind,
    /// Business model.
    Model,
    /// Grade of evidence.
    Grade,
    /// Chapter of the study.
    Chapter,
    /// Wave.
    Wave,
    /// Type of data.
    Theme,
}

/// A refusal that names the filter and the value, so that a client can offer to leave it out.
pub(crate) fn refused(refusal: &Refusal) -> Error {
    Error::new(refusal.to_string()).extend_with(|_, e| {
        e.set("code", "BAD_FILTER");
        e.set("filter", refusal.name.as_str());
        e.set("value", refusal.value.as_str());
    })
}

/// The same where the filter itself chose the atlas: one of a day to come has the latest.
pub(crate) fn resolve_root(atlas: &Atlas, filter: Option<Filter>) -> Result<atlas::Filter> {
    resolve(atlas, filter.map(|filter| Filter { as_of: None, known_at: None, ..filter }))
}

/// Checks a filter and puts it into the atlas's words. A word that names nothing here is refused, with the word:
/// an empty answer would look like a finding.
pub(crate) fn resolve(atlas: &Atlas, filter: Option<Filter>) -> Result<atlas::Filter> {
    let filter = filter.unwrap_or_default();
    // What hangs on an object is of the object's day: another one would be ignored, and the answer misread.
    let other = Fault::Form("the day and moment that the object was asked for: give it at the root");
    if let Some(day) = filter.as_of.filter(|day| day.0 != atlas.as_of) {
        return Err(refused(&Refusal::new("asOf", &day.0.to_string(), other)));
    }
    if let Some(at) = filter.known_at.filter(|at| Some(at.0) != atlas.known_at) {
        let moment = at.0.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        return Err(refused(&Refusal::new("knownAt", &moment, other)));
    }
    let bbox = filter.bbox.as_deref().map(box_of).transpose()?;
    let resolved = atlas::Filter {
        chapter: filter.chapter.unwrap_or_default(),
        wave: filter.wave.unwrap_or_default(),
        sector: filter.sector.unwrap_or_default(),
        family: filter.family.unwrap_or_default(),
        sdg: filter.sdg.unwrap_or_default(),
        area: filter.area.unwrap_or_default(),
        publisher: filter.publisher.unwrap_or_default(),
        with_descendants: filter.with_descendants,
        with_predecessors: filter.with_predecessors,
        dataset: filter.dataset.unwrap_or_default(),
        theme: filter.theme.unwrap_or_default(),
        size: filter.size.unwrap_or_default(),
        kind: filter.kind.unwrap_or_default(),
        model: filter.model.unwrap_or_default(),
        grade: filter.grade.into_iter().flatten().map(Into::into).collect(),
        criticality: filter.criticality.into_iter().flatten().map(Into::into).collect(),
        access: filter.access.into_iter().flatten().map(Into::into).collect(),
        bbox,
        text: filter.text,
        include_recovered: filter.include_recovered,
        rollup: filter.rollup.and_then(Rollup::asked),
    };
    atlas.check(&resolved).map_err(|refusal| refused(&refusal))?;
    Ok(resolved)
}

/// The days that a filter asks for.
pub(crate) fn moment(filter: Option<&Filter>) -> (Option<chrono::NaiveDate>, Option<chrono::DateTime<chrono::Utc>>) {
    (filter.and_then(|f| f.as_of).map(|d| d.0), filter.and_then(|f| f.known_at).map(|d| d.0))
}

/// Which atlas answers: the request's own, or one of another day.
pub(crate) async fn atlas_of(ctx: &Context<'_>, filter: Option<&Filter>) -> Result<std::sync::Arc<Atlas>> {
    let (as_of, known_at) = moment(filter);
    super::snapshot::atlas(ctx, as_of, known_at).await
}

/// A box on the map: west, south, east and north in degrees. One whose west lies east of its east crosses the
/// date line.
pub(super) fn box_of(degrees: &[f64]) -> Result<[f64; 4]> {
    match degrees {
        &[west, south, east, north]
            if [west, east].iter().all(|d| (-180.0..=180.0).contains(d))
                && [south, north].iter().all(|d| (-90.0..=90.0).contains(d))
                && south <= north =>
        {
            Ok([west, south, east, north])
        }
        other => {
            let value = other.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
            Err(refused(&Refusal::new("bbox", &value, Fault::Form("west, south, east, north in degrees"))))
        }
    }
}
