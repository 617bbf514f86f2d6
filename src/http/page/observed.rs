//! What indicators say of an area, a sector or an organisation: value, period, unit, and where each is from.

use entity::vocabulary::ObservationStatus;
use maud::{Markup, html};

use super::{
    View,
    titled::{marked, titled},
};
use crate::atlas::{Observation, Subject};
use crate::domain::draft::Decimal;

/// So many rows are shown; the API and the export have all.
const ROWS: usize = 100;

/// The table of what was observed of a subject; nothing where there is nothing.
pub(super) fn observed(view: &View, subject: Subject) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let all: Vec<&Observation> = match subject {
        Subject::Organisation(org) => atlas.observations_of(org).iter().map(|&ix| atlas.observation(ix)).collect(),
        _ => atlas.observations().map(|ix| atlas.observation(ix)).filter(|row| row.subject == subject).collect(),
    };
    html! {
        @if !all.is_empty() {
            h2 { (texts.get("observed.title")) }
            div.scroll tabindex="0" role="region" aria-label=(texts.get("observed.caption")) { table {
                thead { tr { @for key in ["indicator", "period", "value", "source"] { th scope="col" { (texts.get(&format!("observed.{key}"))) } } } }
                tbody { @for row in all.iter().take(ROWS) { tr {
                    th scope="row" { (marked(view, atlas.label(atlas.indicator(row.indicator).name, view.lang))) }
                    td { (atlas.str(row.period)) }
                    td { (value(view, row)) }
                    td { (source(view, row)) " " (doubt(view, row)) }
                } } }
            } }
        }
    }
}

/// The central value, or the interval that is known, with its unit; or why there is none.
fn value(view: &View, row: &Observation) -> String {
    let (atlas, texts) = (&view.atlas, view.texts);
    if let Some(missing) = row.missing {
        return texts.word("missing", missing.as_str()).to_owned();
    }
    let number = |value: Decimal| printed(view, value);
    let value = match (row.central, row.low, row.high) {
        (Some(central), ..) => number(central),
        (None, Some(low), Some(high)) => format!("{} – {}", number(low), number(high)),
        (None, Some(low), None) => texts.fill("observed.least", &[("value", &number(low))]),
        (None, None, Some(high)) => texts.fill("observed.most", &[("value", &number(high))]),
        (None, None, None) => String::new(),
    };
    let unit = match (atlas.str(atlas.indicator(row.indicator).unit), row.currency) {
        (_, Some(currency)) => atlas.str(currency),
        ("%", None) => "%",
        ("persons", None) => texts.get("unit.persons"),
        ("h", None) => texts.get("unit.h"),
        _ => "",
    };
    let status = match row.status {
        ObservationStatus::Normal => "",
        ObservationStatus::Estimated => texts.get("observed.status.ESTIMATED"),
        ObservationStatus::Provisional => texts.get("observed.status.PROVISIONAL"),
        ObservationStatus::Imputed => texts.get("observed.status.IMPUTED"),
        ObservationStatus::Missing => texts.get("observed.status.MISSING"),
    };
    [value.as_str(), unit, status].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A decimal as readers write it: its whole part in groups, its fraction without the zeros that end it.
fn printed(view: &View, Decimal { mantissa, scale }: Decimal) -> String {
    let places = usize::try_from(scale).unwrap_or(0);
    // A scale below zero is of tens, hundreds and so on.
    let tens = "0".repeat(usize::try_from(-i32::from(scale)).unwrap_or(0));
    let digits = format!("{:0>width$}{tens}", mantissa.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let sign = if mantissa < 0 { "−" } else { "" };
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", view.texts.number(whole.parse().unwrap_or_default()))
}

/// The way to the page where a value can be said to be doubtful.
fn doubt(view: &View, row: &Observation) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let indicator = atlas.label(atlas.indicator(row.indicator).name, view.lang).value;
    let says = texts.fill("observed.doubtOf", &[("indicator", indicator), ("period", atlas.str(row.period))]);
    html! {
        a href=(format!("/desk/claims/observation/{}?lang={}", row.id, view.lang)) rel="nofollow" aria-label=(says) { (texts.get("observed.doubt")) }
    }
}

fn source(view: &View, row: &Observation) -> Markup {
    let atlas = &view.atlas;
    html! {
        @if let Some(wave) = row.wave { (marked(view, atlas.label(atlas.wave(wave).title, view.lang))) }
        @else if let Some(source) = row.source.map(|source| atlas.source(source)) {
            @match source.url {
                Some(url) => a href=(atlas.str(url)) rel="external nofollow noopener" { (titled(view, atlas.str(source.title), source)) },
                None => (titled(view, atlas.str(source.title), source)),
            }
        }
    }
}
