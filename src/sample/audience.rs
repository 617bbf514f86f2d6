//! Who may see what the sample answers: whoever the instrument that ships with the program says by itself, so that the
//! sample shows no more than a study does.

use std::sync::LazyLock;

use entity::vocabulary::RowVisibility;

use crate::domain::instrument::Instrument;
use crate::embedded;

/// Who may see the answers to a question; those that the instrument does not ask are for nobody.
pub(super) fn seen_by(question: &str) -> RowVisibility {
    static SHIPPED: LazyLock<Option<Instrument>> =
        LazyLock::new(|| serde_json::from_str(&embedded::text("instrument_v1.json")?).ok());
    let asked = SHIPPED.as_ref().and_then(|shipped| shipped.question(question));
    asked.map_or(RowVisibility::Private, |question| question.visibility)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instrument::COUNTERFACTUAL;

    #[test]
    fn the_instrument_says_who_sees_an_answer() {
        assert_eq!(seen_by(COUNTERFACTUAL), RowVisibility::AggregateOnly);
        assert_eq!(seen_by("source_count"), RowVisibility::Public);
        assert_eq!(seen_by("nothing"), RowVisibility::Private);
    }
}
