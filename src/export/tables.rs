//! Which columns each file has, which rows a filter selects, and what stands in a row.

use std::collections::HashMap;

use entity::vocabulary::{Attribute, BusinessModel, Grade, LocationRole, Missing, Polarity, Precision, SizeBand};

use super::{Order, What, cell::Cell, figures, requests, sort};
use crate::{
    analysis::{
        Figure,
        publishers::{Datasets, users_per_publisher},
    },
    atlas::{Atlas, ClaimIx, DatasetIx, Dimension, ObservationIx, OrgIx, RolledUp, Rollup, StudyIx, Subject},
    domain::draft::{Decimal, PartialDate},
};

/// The columns of a file.
#[rustfmt::skip] // a column a line would hide what belongs together
pub(super) fn columns(what: What) -> &'static [&'static str] {
    match what {
        What::Organisations => &[
            "id", "slug", "url", "name", "kind", "kind_missing", "ownership", "status", "sector", "sector_label",
            "sector_missing", "size", "size_missing", "founded", "founded_missing", "website", "description",
            "description_missing", "area", "area_name", "area_missing", "locality", "longitude", "latitude",
            "precision", "publishers_used", "publishers_used_missing", "datasets_used", "datasets_used_missing",
            "claims", "best_grade", "business_models", "business_models_missing", "sdgs_declared",
            "sdgs_declared_missing", "updated_at", "chapters", "attribution", "licence", "licence_url",
        ],
        What::Claims => &[
            "id", "organisation", "organisation_name", "specificity", "dataset", "dataset_title", "publisher",
            "publisher_name", "stated_publisher", "theme", "use_type", "criticality", "access_mode", "wave", "grade",
            "status", "origin", "asserted_by", "publisher_ack", "valid_from", "evidence", "evidence_against",
            "evidence_kinds", "sources", "source_urls", "accessed_on", "attribution", "licence", "licence_url",
        ],
        What::Publishers => &[
            "id", "slug", "url", "name", "acronym", "level", "area", "parent", "parent_decision", "stated_parents",
            "successor", "website", "users", "own_users", "datasets", "own_datasets", "rollup", "chapters",
            "attribution", "licence", "licence_url",
        ],
        What::Datasets => &[
            "id", "slug", "url", "title", "publisher", "publisher_name", "is_series", "series", "edition", "status",
            "access", "landing_page", "dataset_licence", "frequency", "modified_on", "users", "attribution",
            "licence", "licence_url",
        ],
        What::Observations => &[
            "id", "indicator", "subject_kind", "subject", "period", "low", "central", "high", "unit", "currency",
            "missing", "status", "source", "attribution", "licence", "licence_url",
        ],
        What::Requests => requests::COLUMNS,
        What::Flow => figures::FLOW,
        What::Counts => figures::COUNTS,
    }
}

/// The rows that a filter selects, by their numbers in the atlas.
pub(super) fn rows(atlas: &Atlas, order: &Order, whole: &Whole) -> Vec<u32> {
    let (what, filter) = (order.what, &order.filter);
    if what == What::Requests {
        return requests::rows(atlas, &order.requests);
    }
    let selection = atlas.select(filter);
    let everything = filter.is_empty();
    let with_unused = everything && atlas.knows_the_unused();
    // Bodies and datasets are known on any day; who used them is not.
    if what != What::Observations && !atlas.reaches_for(filter) {
        return Vec::new();
    }
    match what {
        What::Organisations => match order.shape.sort {
            None => selection.organisations.iter().collect(),
            Some(sort) => sort::rows(sort, atlas, &selection.organisations, order.lang),
        },
        What::Claims => {
            let claims = selection.organisations.iter().flat_map(|org| atlas.claim_handles_of(OrgIx::new(org)));
            claims.filter(|&claim| selection.claims.passes(atlas, atlas.claim(claim))).map(ClaimIx::get).collect()
        }
        What::Publishers if with_unused && order.shape.every_body => {
            atlas.publisher_users().iter().map(|(org, _)| org.get()).collect()
        }
        // The bodies that the page of publishers and the API list: under the same roll-up, and only those with users. With
        // the parts of a body beside it, its users would stand there twice.
        What::Publishers => {
            let counted = users_per_publisher(atlas, &selection, filter.rollup);
            let mut bodies: Vec<u32> = counted.iter().filter(|(_, users)| *users > 0).map(|(ix, _)| ix.get()).collect();
            bodies.sort_unstable();
            bodies
        }
        What::Datasets if with_unused => atlas.datasets().map(DatasetIx::get).collect(),
        What::Datasets => {
            let mut datasets: Vec<u32> =
                matching(atlas, &selection).filter_map(|claim| claim.dataset).map(DatasetIx::get).collect();
            datasets.sort_unstable();
            datasets.dedup();
            datasets
        }
        What::Requests => Vec::new(),
        What::Flow | What::Counts => {
            let count = whole.rows.as_ref().map_or(0, figures::Rows::len);
            (0..u32::try_from(count).unwrap_or(u32::MAX)).collect()
        }
        What::Observations => {
            let of_selection = |subject: Subject| match subject {
                Subject::Organisation(org) => selection.organisations.contains(org.get()),
                _ => everything,
            };
            atlas
                .observations()
                .filter(|&o| of_selection(atlas.observation(o).subject))
                .map(ObservationIx::get)
                .collect()
        }
    }
}

fn matching<'a>(
    atlas: &'a Atlas,
    selection: &'a crate::atlas::Selection,
) -> impl Iterator<Item = &'a crate::atlas::Claim> {
    let claims = selection.organisations.iter().flat_map(|org| atlas.claims_of(OrgIx::new(org)));
    claims.filter(|claim| selection.claims.passes(atlas, claim))
}

/// Where a row is on the map.
pub(super) fn place(atlas: &Atlas, what: What, row: u32) -> Option<(f64, f64)> {
    let org = match what {
        What::Organisations | What::Publishers => OrgIx::new(row),
        What::Claims => atlas.claim(ClaimIx::new(row)).organisation,
        What::Datasets => atlas.dataset(DatasetIx::new(row)).publisher,
        What::Observations | What::Requests | What::Flow | What::Counts => return None,
    };
    let location = main_location(atlas, org)?;
    Some((location.longitude?, location.latitude?))
}

fn main_location(atlas: &Atlas, org: OrgIx) -> Option<&crate::atlas::Location> {
    let locations = atlas.locations_of(org);
    locations.iter().find(|location| location.role == LocationRole::Hq).or_else(|| locations.first())
}

/// What holds for all rows of a file, counted once.
#[derive(Debug, Default)]
pub(super) struct Whole {
    /// The users of each publisher among what the filter selects; those without any are not in it.
    users: HashMap<OrgIx, u64>,
    /// The same of each body as it was named.
    own_users: HashMap<OrgIx, u64>,
    /// The datasets of each publisher, in the same claims.
    datasets: Datasets,
    /// How bodies are added up in it.
    rollup: Option<RolledUp>,
    /// The figure whose rows are written.
    rows: Option<figures::Rows>,
    /// What holds for the selection that the rows are of.
    figure: Option<Figure>,
}

impl Whole {
    pub(super) fn of(atlas: &Atlas, order: &Order) -> Self {
        match order.what {
            What::Organisations | What::Claims | What::Publishers | What::Datasets => {}
            What::Flow => return Self { rows: Some(figures::Rows::flow(atlas, order)), ..Self::default() },
            What::Counts => return Self { rows: Some(figures::Rows::counts(atlas, order)), ..Self::default() },
            What::Observations | What::Requests => return Self::default(),
        }
        let selection = atlas.select(&order.filter);
        let figure = Some(Figure::new(atlas, &order.filter, &selection, Dimension::Publisher));
        if order.what != What::Publishers {
            return Self { figure, ..Self::default() };
        }
        let counted = |rollup| users_per_publisher(atlas, &selection, rollup).into_iter().collect();
        let rollup = order.filter.rollup;
        Self {
            users: counted(rollup),
            own_users: counted(Some(Rollup::Publisher)),
            datasets: Datasets::of(atlas, &order.filter, &selection),
            rollup: Some(atlas.rollup_of(rollup.map(Rollup::of_bodies), &selection.organisations)),
            rows: None,
            figure,
        }
    }

    /// What the rows rest on; observations and requests are no figures.
    pub(super) fn figure(&self) -> Option<&Figure> {
        self.rows.as_ref().map(figures::Rows::figure).or(self.figure.as_ref())
    }
}

/// What stands in a row.
pub(super) fn cells<'a>(atlas: &'a Atlas, order: &Order, whole: &Whole, row: u32) -> Vec<Cell<'a>> {
    let (mut cells, study) = match order.what {
        What::Organisations => organisation(atlas, order, OrgIx::new(row)),
        What::Claims => claim(atlas, order, ClaimIx::new(row)),
        What::Publishers => publisher(atlas, order, whole, OrgIx::new(row)),
        What::Datasets => dataset(atlas, order, DatasetIx::new(row)),
        What::Observations => observation(atlas, row),
        What::Requests => return requests::cells(atlas, order, row),
        What::Flow | What::Counts => {
            return whole.rows.as_ref().map_or_else(Vec::new, |rows| rows.cells(atlas, order, row));
        }
    };
    // A value that no study asked for has a source of its own, whose terms are not ours to say.
    let credit = (study.is_some() || order.what != What::Observations).then(|| atlas.credit(study));
    cells.push(credit.map(|credit| credit.text).into());
    cells.push(credit.map(|credit| credit.licence).into());
    cells.push(credit.map(|credit| credit.licence_url).into());
    cells
}

type Row<'a> = (Vec<Cell<'a>>, Option<StudyIx>);

fn organisation<'a>(atlas: &'a Atlas, order: &Order, ix: OrgIx) -> Row<'a> {
    let (row, lang) = (atlas.organisation(ix), order.lang);
    let location = main_location(atlas, ix);
    let area = row.area.map(|area| atlas.area(area));
    let goals = atlas.goals_of(ix).iter().map(u8::to_string).collect::<Vec<_>>().join(" ");
    let goals = Some(goals).filter(|goals| !goals.is_empty());
    let models = row.business_models.iter().map(BusinessModel::as_str).collect::<Vec<_>>().join(" ");
    let models = Some(models).filter(|models| !models.is_empty());
    let chapters: Vec<&str> = atlas.chapters_of(ix).into_iter().map(|chapter| atlas.str(chapter)).collect();
    // Beside a value that is not there stands the reason, so that an empty cell is neither a zero nor a riddle.
    let why = |is_there: bool, attribute: Attribute| {
        Cell::from((!is_there).then(|| atlas.missing_code(ix, attribute).as_str()))
    };
    let stated = |attribute: Attribute| atlas.stated_missing(ix, attribute).is_some();
    let outside = row.sector_text.filter(|_| row.sector.is_none() && !stated(Attribute::Sector));
    let sector = row.sector.map(|code| atlas.str(atlas.code_row(code).code)).or(outside.map(|_| "unlisted"));
    let sector_label = row.sector.map(|code| atlas.label(atlas.code_row(code).label, lang).value);
    let description = row.description.map(|label| atlas.label(label, lang).value);
    let has_kind = !stated(Attribute::Kind);
    // None named is no count: whoever uses data uses somebody's.
    let named = |count: u32| Some(count).filter(|&count| count > 0);
    let cells = vec![
        row.id.to_string().into(),
        atlas.str(row.slug).into(),
        format!("{}/organisations/{}", order.base_url, atlas.str(row.slug)).into(),
        atlas.name(ix, lang).value.into(),
        Some(row.kind.as_str()).filter(|_| has_kind).into(),
        why(has_kind, Attribute::Kind),
        row.ownership.as_str().into(),
        row.status.as_str().into(),
        sector.into(),
        sector_label.or(atlas.maybe(outside)).into(),
        why(sector.is_some(), Attribute::Sector),
        row.size_band.map(SizeBand::as_str).into(),
        why(row.size_band.is_some(), Attribute::Size),
        row.founded.map(partial).into(),
        why(row.founded.is_some(), Attribute::Founded),
        atlas.maybe(row.website).into(),
        description.into(),
        why(description.is_some(), Attribute::Description),
        area.map(|area| atlas.str(area.code)).into(),
        area.map(|area| atlas.label(area.name, lang).value).into(),
        why(area.is_some(), Attribute::Area),
        location.and_then(|location| atlas.maybe(location.locality)).into(),
        location.and_then(|location| location.longitude).into(),
        location.and_then(|location| location.latitude).into(),
        location.and_then(|location| location.precision).map(Precision::as_str).into(),
        named(row.publishers_used).into(),
        if atlas.names_no_body(ix) { "unspecified".into() } else { why(row.publishers_used > 0, Attribute::Publisher) },
        named(row.datasets_used).into(),
        why(row.datasets_used > 0, Attribute::Dataset),
        row.claim_count.into(),
        atlas.best_grade(ix).map(Grade::as_str).into(),
        models.clone().into(),
        why(models.is_some(), Attribute::BusinessModel),
        goals.clone().into(),
        why(goals.is_some(), Attribute::Sdg),
        row.updated_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true).into(),
        chapters.join(" ").into(),
    ];
    (cells, atlas.study_behind(ix))
}

fn claim<'a>(atlas: &'a Atlas, order: &Order, ix: ClaimIx) -> Row<'a> {
    let (row, detail, lang) = (atlas.claim(ix), atlas.claim_detail(ix), order.lang);
    let slug = |org: OrgIx| atlas.str(atlas.organisation(org).slug);
    let specificity = match detail.specificity {
        crate::atlas::Specificity::Distribution => "distribution",
        crate::atlas::Specificity::Dataset => "dataset",
        crate::atlas::Specificity::Series => "series",
        crate::atlas::Specificity::Publisher => "publisher",
        crate::atlas::Specificity::Theme => "theme",
    };
    let evidence = atlas.evidence_of(ix);
    let against = evidence.iter().filter(|one| one.polarity == Polarity::Contradicts).count();
    let sources = || evidence.iter().map(|one| atlas.source(one.source));
    let accessed = sources().filter_map(|source| source.accessed_at).max().map(|at| at.date_naive().to_string());
    let cells = vec![
        detail.id.to_string().into(),
        slug(row.organisation).into(),
        atlas.name(row.organisation, lang).value.into(),
        specificity.into(),
        row.dataset.map(|dataset| atlas.str(atlas.dataset(dataset).slug)).into(),
        row.dataset.map(|dataset| atlas.title(dataset, lang).value).into(),
        row.publisher.map(slug).into(),
        row.publisher.map(|org| atlas.name(org, lang).value).into(),
        row.stated.map(slug).into(),
        row.theme.map(|code| atlas.str(atlas.code_row(code).code)).into(),
        detail.use_type.as_str().into(),
        row.criticality.as_str().into(),
        row.access_mode.as_str().into(),
        row.wave.map(|wave| atlas.str(atlas.wave(wave).slug)).into(),
        row.grade.as_str().into(),
        detail.status.as_str().into(),
        detail.origin.as_str().into(),
        detail.asserted_by.as_str().into(),
        detail.publisher_ack.as_str().into(),
        detail.valid_from.map(partial).into(),
        Cell::from(evidence.len() as u32),
        Cell::from(against as u32),
        listed(sources().map(|source| source.kind.as_str()), " ").into(),
        listed(sources().map(|source| atlas.str(source.title)), "; ").into(),
        listed(sources().filter_map(|source| atlas.maybe(source.url)), " ").into(),
        accessed.into(),
    ];
    (cells, atlas.study_behind_claim(ix))
}

/// Each of some words once, in their order; `None` where there is none.
fn listed<'a>(words: impl Iterator<Item = &'a str>, between: &str) -> Option<String> {
    let mut once: Vec<&str> = Vec::new();
    for word in words {
        if !once.contains(&word) {
            once.push(word);
        }
    }
    (!once.is_empty()).then(|| once.join(between))
}

fn publisher<'a>(atlas: &'a Atlas, order: &Order, whole: &Whole, ix: OrgIx) -> Row<'a> {
    let (row, lang) = (atlas.organisation(ix), order.lang);
    let body = atlas.publisher(ix);
    // A proposed parent stands with its decision, as on the page of the body.
    let parent = atlas.parent_relation(ix);
    // Among every known body a part has users of its own beside the body that it counts for.
    let users = whole.users.get(&ix).copied().unwrap_or_else(|| (&atlas.users_of(ix) & atlas.listed()).len());
    let own_users = whole.own_users.get(&ix).copied().unwrap_or(0);
    let (datasets, own_datasets) = whole.datasets.of_body(atlas, &order.filter, ix);
    let cells = vec![
        row.id.to_string().into(),
        atlas.str(row.slug).into(),
        format!("{}/publishers/{}", order.base_url, atlas.str(row.slug)).into(),
        atlas.name(ix, lang).value.into(),
        body.and_then(|body| atlas.maybe(body.acronym)).into(),
        body.map(|body| body.level.as_str()).into(),
        body.and_then(|body| body.area).or(row.area).map(|area| atlas.str(atlas.area(area).code)).into(),
        parent.map(|parent| atlas.str(atlas.organisation(parent.other).slug)).into(),
        parent.map(|parent| parent.decision.as_str()).into(),
        Some(stated_parents(atlas, ix).join(" ")).filter(|slugs| !slugs.is_empty()).into(),
        atlas.hierarchy.successor(ix).map(|body| atlas.str(atlas.organisation(body).slug)).into(),
        atlas.maybe(row.website).into(),
        (users as u32).into(),
        (own_users as u32).into(),
        (datasets as u32).into(),
        (own_datasets as u32).into(),
        whole.rollup.map(RolledUp::as_str).into(),
        whole.figure.as_ref().and_then(|figure| figures::chapters(atlas, figure)).into(),
    ];
    (cells, atlas.study_behind(ix))
}

/// The bodies that claims count for when they name this one, as the surveys state it. They need no relation: a survey may
/// state another parent than was decided, and several may state several.
fn stated_parents(atlas: &Atlas, body: OrgIx) -> Vec<&str> {
    let claims = atlas.claims_naming(body).iter().map(|&claim| atlas.claim(claim));
    let stated =
        claims.filter(|claim| claim.is_countable()).filter_map(|claim| claim.stated).filter(|&other| other != body);
    let mut slugs: Vec<&str> = stated.map(|other| atlas.str(atlas.organisation(other).slug)).collect();
    slugs.sort_unstable();
    slugs.dedup();
    slugs
}

fn dataset<'a>(atlas: &'a Atlas, order: &Order, ix: DatasetIx) -> Row<'a> {
    let (row, lang) = (atlas.dataset(ix), order.lang);
    let cells = vec![
        row.id.to_string().into(),
        atlas.str(row.slug).into(),
        format!("{}/datasets/{}", order.base_url, atlas.str(row.slug)).into(),
        atlas.title(ix, lang).value.into(),
        atlas.str(atlas.organisation(row.publisher).slug).into(),
        atlas.name(row.publisher, lang).value.into(),
        row.is_series.into(),
        atlas.accepted_series(ix).map(|series| atlas.str(atlas.dataset(series).slug)).into(),
        atlas.maybe(row.edition).into(),
        row.status.as_str().into(),
        row.access.as_str().into(),
        atlas.maybe(row.landing_page).into(),
        atlas.maybe(row.licence).into(),
        atlas.maybe(row.frequency).into(),
        row.modified_on.map(|day| day.to_string()).into(),
        row.users.into(),
    ];
    (cells, atlas.study_behind_dataset(ix))
}

fn observation(atlas: &Atlas, number: u32) -> Row<'_> {
    let row = atlas.observation(ObservationIx::new(number));
    let indicator = atlas.indicator(row.indicator);
    let (kind, subject) = match row.subject {
        Subject::Organisation(org) => ("organisation", atlas.str(atlas.organisation(org).slug)),
        Subject::Sector(code) => ("sector", atlas.str(atlas.code_row(code).code)),
        Subject::Area(area) => ("area", atlas.str(atlas.area(area).code)),
        Subject::Dataset(dataset) => ("dataset", atlas.str(atlas.dataset(dataset).slug)),
    };
    let source = row.source.map(|source| atlas.source(source));
    let cells = vec![
        row.id.to_string().into(),
        atlas.str(indicator.key).into(),
        kind.into(),
        subject.into(),
        atlas.str(row.period).into(),
        row.low.map(decimal).into(),
        row.central.map(decimal).into(),
        row.high.map(decimal).into(),
        atlas.str(indicator.unit).into(),
        atlas.maybe(row.currency).into(),
        row.missing.map(Missing::as_str).into(),
        row.status.as_str().into(),
        source.map(|source| atlas.str(source.title)).into(),
    ];
    (cells, source.and_then(|source| source.study))
}

/// A decimal number as it was recorded, digit by digit.
fn decimal(value: Decimal) -> String {
    let scale = usize::from(value.scale.unsigned_abs());
    let digits = value.mantissa.unsigned_abs().to_string();
    let sign = if value.mantissa < 0 { "-" } else { "" };
    if value.scale <= 0 {
        return format!("{sign}{digits}{}", if value.mantissa == 0 { String::new() } else { "0".repeat(scale) });
    }
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, part) = padded.split_at(padded.len() - scale);
    format!("{sign}{whole}.{part}")
}

/// A date to the precision that it is known to.
fn partial(date: PartialDate) -> String {
    use entity::vocabulary::DatePrecision::{Day, Month, Year};
    let format = match date.precision {
        Year => "%Y",
        Month => "%Y-%m",
        Day => "%Y-%m-%d",
    };
    date.on.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An order of a whole file.
    fn everything(what: What) -> Order {
        Order {
            what,
            format: super::super::Format::Csv,
            filter: crate::atlas::Filter::default(),
            requests: crate::analysis::demand::Asked::default(),
            shape: super::super::shape::Shape::default(),
            lang: crate::atlas::Lang::EN,
            guard: super::super::Guard::On,
            base_url: String::new(),
        }
    }

    #[test]
    fn every_column_is_described() {
        for what in What::ALL {
            assert_eq!(super::super::described(what.as_str()), columns(what), "docs/columns.md, {what:?}");
        }
    }

    #[test]
    fn every_column_has_its_cell() {
        let atlas = std::sync::Arc::new(crate::atlas::fixture::mini().atlas());
        for what in What::ALL {
            let order = everything(what);
            let whole = Whole::of(&atlas, &order);
            for row in rows(&atlas, &order, &whole) {
                let cells = cells(&atlas, &order, &whole, row);
                assert_eq!(cells.len(), columns(what).len(), "{what:?}");
                for (at, column) in columns(what).iter().enumerate() {
                    let of = column.strip_suffix("_missing").and_then(|of| columns(what).iter().position(|c| *c == of));
                    if let Some(of) = of {
                        assert_ne!(cells[at] == Cell::Empty, cells[of] == Cell::Empty, "{column}: a value or a reason");
                    }
                }
            }
        }
    }

    /// The rows of publishers under a filter: name, users, own users, datasets, own datasets, roll-up.
    fn publishers(atlas: &Atlas, filter: crate::atlas::Filter) -> String {
        let order = Order { filter, ..everything(What::Publishers) };
        let whole = Whole::of(atlas, &order);
        let at = |name: &str| columns(What::Publishers).iter().position(|column| *column == name).unwrap();
        let mut found: Vec<String> = Vec::new();
        for row in rows(atlas, &order, &whole) {
            let cells = cells(atlas, &order, &whole, row);
            let counts = ["users", "own_users", "datasets", "own_datasets"].map(|name| match cells[at(name)] {
                Cell::Count(count) => count.to_string(),
                _ => panic!("no count: {cells:?}"),
            });
            let words = ["name", "rollup"].map(|name| match &cells[at(name)] {
                Cell::Text(text) => text.to_string(),
                other => panic!("{name}: {other:?}"),
            });
            found.push(format!("{} {} {}", words[0], counts.join(" "), words[1]));
            let is_part = ["CONAGUA", "SMN"].contains(&words[0].as_str());
            assert_eq!(cells[at("parent")] != Cell::Empty, is_part, "{found:?}");
        }
        found.sort();
        found.join("; ")
    }

    #[test]
    fn publishers_are_those_with_users_under_the_rollup_that_is_named() {
        const NAMED: &str =
            "CONAGUA 2 2 2 2 publisher; INEGI 4 4 2 2 publisher; SMN 2 2 1 1 publisher; ZAPOPAN 2 2 1 1 publisher";
        let atlas = crate::atlas::fixture::mini().atlas();
        for (rollup, expected) in [
            (Rollup::Root, "INEGI 4 4 2 2 root; SEMARNAT 2 0 3 0 root; ZAPOPAN 2 2 1 1 root"),
            (Rollup::Publisher, NAMED),
            (Rollup::Level, NAMED),
        ] {
            let filter = crate::atlas::Filter { rollup: Some(rollup), ..crate::atlas::Filter::default() };
            assert_eq!(publishers(&atlas, filter), expected);
        }
    }

    /// What a part counts for has in its row what is of the part: its users, and the datasets that they name.
    #[test]
    fn a_publisher_is_a_filter_of_the_file_like_any_other() {
        let atlas = crate::atlas::fixture::mini().atlas();
        let word = |name: &str| vec![atlas.str(atlas.organisation(atlas.org(name)).slug).to_owned()];
        let of = |body: &str| crate::atlas::Filter { publisher: word(body), ..crate::atlas::Filter::default() };
        for (body, expected) in [
            ("SMN", "SEMARNAT 2 0 1 0"),
            ("CONAGUA", "SEMARNAT 2 0 2 0"),
            // D7 is known and nobody names it.
            ("SEMARNAT", "SEMARNAT 2 0 2 0"),
            ("INEGI", "INEGI 4 4 2 2"),
        ] {
            let found = publishers(&atlas, of(body));
            assert_eq!(found.rsplit_once(' ').unwrap().0, expected, "{body}");
        }
        let named = crate::atlas::Filter { rollup: Some(Rollup::Publisher), ..of("CONAGUA") };
        assert_eq!(publishers(&atlas, named), "CONAGUA 2 2 1 1 publisher");
        // Beside another condition it stays one: O4 uses D3 of SMN and D4 of CONAGUA; O3 uses nothing of either.
        for (user, expected) in [("O4", "SEMARNAT 1 0 1 0"), ("O3", "")] {
            let sector = atlas.organisation(atlas.org(user)).sector.unwrap();
            let sector = vec![atlas.str(atlas.code_row(sector).code).to_owned()];
            let found = publishers(&atlas, crate::atlas::Filter { sector, ..of("SMN") });
            assert_eq!(found.rsplit_once(' ').map_or("", |(counts, _)| counts), expected, "{user}");
        }
        let best = crate::atlas::Filter { grade: vec![Grade::A], ..of("CONAGUA") };
        let found = publishers(&atlas, best);
        assert_eq!(found.rsplit_once(' ').unwrap().0, "SEMARNAT 1 0 1 0", "O1 names D3 in a claim of grade A");
    }

    #[test]
    fn publishers_without_a_filter_are_those_of_the_list() {
        let atlas = std::sync::Arc::new(crate::atlas::fixture::mini().atlas());
        let selection = atlas.select(&crate::atlas::Filter::default());
        let mut listed: Vec<u32> =
            users_per_publisher(&atlas, &selection, None).into_iter().map(|(body, _)| body.get()).collect();
        listed.sort_unstable();
        let mut order = everything(What::Publishers);
        let found = |order: &Order| rows(&atlas, order, &Whole::of(&atlas, order));
        assert_eq!(listed, found(&order));
        order.shape.every_body = true;
        let every = found(&order);
        assert!(every.len() > listed.len() && listed.iter().all(|body| every.contains(body)), "{every:?}");
    }

    #[test]
    fn roll_ups_can_be_recomputed_from_bodies_and_claims() {
        let atlas = std::sync::Arc::new(crate::atlas::fixture::mini().atlas());
        let mut order = everything(What::Publishers);
        order.shape.every_body = true;
        let whole = Whole::of(&atlas, &order);
        let names = ["slug", "parent", "parent_decision", "stated_parents", "successor"];
        let at = names.map(|name| columns(What::Publishers).iter().position(|column| *column == name).unwrap());
        let text = |cell: &Cell<'_>| if let Cell::Text(text) = cell { text.to_string() } else { String::new() };
        let table: std::collections::BTreeMap<String, [String; 5]> = rows(&atlas, &order, &whole)
            .into_iter()
            .map(|row| {
                let cells = cells(&atlas, &order, &whole, row);
                (text(&cells[at[0]]), at.map(|at| text(&cells[at])))
            })
            .collect();
        let root = |slug: &str| {
            let mut slug = slug.to_owned();
            // A successor takes the users over; a parent that was accepted has them else.
            let above = |row: &[String; 5]| match (row[4].is_empty(), row[2].as_str()) {
                (false, _) => Some(row[4].clone()),
                (true, "accepted") => Some(row[1].clone()),
                _ => None,
            };
            while let Some(next) = table.get(&slug).and_then(above) {
                slug = next;
            }
            slug
        };
        let mut moved = 0;
        for body in table.keys() {
            let ix = atlas.organisation_by_slug(body).unwrap();
            let slug = |rollup, claim| match atlas.body(claim, Some(rollup)) {
                Some(crate::atlas::Body::Organisation(other)) => atlas.str(atlas.organisation(other).slug).to_owned(),
                other => panic!("{other:?}"),
            };
            for claim in atlas.claims_naming(ix).iter().map(|&claim| atlas.claim(claim)) {
                let row = &table[body];
                let stated = slug(Rollup::AsStated, claim);
                assert!(stated == *body || row[3].split(' ').any(|one| one == stated), "{row:?} has no {stated}");
                assert_eq!(root(body), slug(Rollup::Root, claim));
                assert_eq!(*[&row[4], body][usize::from(row[4].is_empty())], slug(Rollup::SuccessorChain, claim));
                moved += usize::from(stated != *body) + usize::from(root(body) != *body);
            }
        }
        assert!(moved > 0, "nothing is part of anything: {table:?}");
    }

    #[test]
    fn decimals_keep_their_digits() {
        for (mantissa, scale, text) in [
            (0, 0, "0"),
            (15, 1, "1.5"),
            (-5, 2, "-0.05"),
            (12, -3, "12000"),
            (100, 2, "1.00"),
            (i64::MIN, 0, "-9223372036854775808"),
        ] {
            assert_eq!(decimal(Decimal { mantissa, scale }), text);
        }
    }
}
