//! What stands in a row of each file.

use entity::vocabulary::{Attribute, BusinessModel, Grade, Missing, Polarity, Precision, SizeBand};

use super::{
    Order, What,
    cell::Cell,
    figures, requests,
    tables::{Whole, main_location},
};
use crate::{
    atlas::{Atlas, ClaimIx, DatasetIx, ObservationIx, OrgIx, RolledUp, StudyIx, Subject},
    domain::draft::{Decimal, PartialDate},
};

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
