//! A record as an observation. All that is wrong with it is told at once; what can only be judged beside a cell that
//! cannot be read is not judged.

use super::super::table::{Record, Table};
use super::cells::{self, Refusal, is_ordered, refuse};
use super::{Definition, Nature, source_key};
use crate::domain::draft::{Decimal, ObservationDraft};
use entity::vocabulary::{Missing, ObservationStatus};
use std::collections::{BTreeMap, HashSet};

/// The whole that a share is of.
const WHOLE: Decimal = Decimal { mantissa: 100, scale: 0 };

/// What is wrong with a record.
#[derive(Default)]
struct Refusals(Vec<Refusal>);

impl Refusals {
    /// The value, or nothing and a refusal more.
    fn take<T>(&mut self, read: Result<T, Refusal>) -> Option<T> {
        read.map_err(|refusal| self.0.push(refusal)).ok()
    }
}

/// The numbers of an observation: low, central, high.
type Numbers = [Option<Decimal>; 3];

pub(super) fn observation(
    table: &Table,
    record: &Record,
    definitions: &BTreeMap<String, Definition>,
    places: &HashSet<&'static str>,
) -> Result<ObservationDraft, Vec<Refusal>> {
    let cell = |column| table.get(record, column);
    let mut refusals = Refusals::default();
    let definition = refusals.take(definition(cell("indicator"), definitions));
    // Only the indicator says what its unit and its currency have to be.
    let currency = definition.and_then(|definition| {
        refusals.take(cells::unit(cell("unit"), cell("currency"), definition));
        refusals.take(cells::currency(cell("currency"), definition))
    });
    let numbers = ["low", "value", "high"].map(|column| refusals.take(cells::number(column, cell(column))));
    let reason = refusals.take(cells::missing(cell("missing")));
    let [low, value, high] = numbers;
    let numbers: Option<Numbers> = low.zip(value).zip(high).map(|((low, value), high)| [low, value, high]);
    let state = refusals.take(state(cell("status"), reason.zip(numbers))).flatten();
    if let (Some(definition), Some(numbers)) = (definition, numbers) {
        refusals.take(range(definition, numbers));
    }
    let subject = cells::subject(cell("subject"), places);
    let subject = refusals.take(match definition {
        Some(definition) => subject.and_then(|subject| cells::level(subject, definition)),
        None => subject,
    });
    let period = refusals.take(cells::period(cell("period")));
    let visibility = refusals.take(cells::visibility(cell("visibility")));
    refusals.take(cells::source(cell("source")));
    let (
        Some(currency),
        Some([low, central, high]),
        Some((status, missing)),
        Some(subject),
        Some(period),
        Some(visibility),
    ) = (currency, numbers, state, subject, period, visibility)
    else {
        return Err(refusals.0);
    };
    if !refusals.0.is_empty() {
        return Err(refusals.0);
    }
    let is_exact = low.is_none() && high.is_none();
    Ok(ObservationDraft {
        indicator: cell("indicator").to_owned(),
        subject,
        period,
        low: if is_exact { central } else { low },
        central,
        high: if is_exact { central } else { high },
        missing,
        currency,
        status,
        visibility,
        wave: Some(cell("wave").to_owned()).filter(|wave| !wave.is_empty()),
        source: Some(cell("source")).filter(|s| !s.is_empty()).map(source_key),
    })
}

fn definition<'d>(key: &str, definitions: &'d BTreeMap<String, Definition>) -> Result<&'d Definition, Refusal> {
    definitions.get(key).map_or_else(
        || {
            refuse(
                "indicator",
                "indicator.unknown",
                "is no known indicator; the API lists them all: { indicators { key } }",
            )
        },
        Ok,
    )
}

/// The status and, of what has no number, why. `read` is none where a number or the reason cannot be read: whether there is
/// one is not known then, and the word of the status alone is judged.
fn state(
    text: &str,
    read: Option<(Option<Missing>, Numbers)>,
) -> Result<Option<(ObservationStatus, Option<Missing>)>, Refusal> {
    let Some((reason, numbers)) = read else {
        return cells::status_word(text).map(|_| None);
    };
    let has_number = numbers.iter().any(Option::is_some);
    let (status, missing) = cells::status(text, reason, has_number)?;
    if has_number == missing.is_some() {
        return refuse("value", "value.or_missing", "give either a number or a missing code, and not both");
    }
    Ok(Some((status, missing)))
}

/// Whether the numbers are ones that the indicator can have.
fn range(definition: &Definition, numbers: Numbers) -> Result<(), Refusal> {
    let below_zero = |number: &Decimal| number.mantissa < 0;
    let above_whole = |number: &Decimal| !is_ordered([Some(*number), Some(WHOLE), None]);
    let mut known = numbers.iter().flatten();
    if definition.nature == Nature::Count && known.clone().any(below_zero) {
        return refuse("value", "value.negative", format!("{} are counted; none is below zero", definition.unit));
    }
    if definition.nature == Nature::Share && known.any(|number| below_zero(number) || above_whole(number)) {
        return refuse("value", "value.share", "is a share in per cent; it lies between 0 and 100");
    }
    if !is_ordered(numbers) {
        return refuse("value", "value.order", "low, value and high must not fall");
    }
    Ok(())
}
