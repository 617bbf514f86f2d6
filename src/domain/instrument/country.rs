//! The questionnaire that ships with the program, for another country: its lists of regions and its amounts are those of
//! the country it was written for, and nobody elsewhere can answer them.

use super::{Choice, Instrument, Kind, Target, Wording};

/// What is paid with, by country, in codes of ISO 3166-1 and ISO 4217.
const CURRENCIES: [(&str, &str); 42] = [
    ("AR", "ARS"),
    ("AT", "EUR"),
    ("AU", "AUD"),
    ("BE", "EUR"),
    ("BO", "BOB"),
    ("BR", "BRL"),
    ("CA", "CAD"),
    ("CH", "CHF"),
    ("CL", "CLP"),
    ("CO", "COP"),
    ("CR", "CRC"),
    ("DE", "EUR"),
    ("DK", "DKK"),
    ("DO", "DOP"),
    ("EC", "USD"),
    ("EE", "EUR"),
    ("ES", "EUR"),
    ("FI", "EUR"),
    ("FR", "EUR"),
    ("GB", "GBP"),
    ("GR", "EUR"),
    ("GT", "GTQ"),
    ("HN", "HNL"),
    ("IE", "EUR"),
    ("IN", "INR"),
    ("IT", "EUR"),
    ("JP", "JPY"),
    ("KE", "KES"),
    ("KR", "KRW"),
    ("MX", "MXN"),
    ("NI", "NIO"),
    ("NL", "EUR"),
    ("NO", "NOK"),
    ("NZ", "NZD"),
    ("PE", "PEN"),
    ("PL", "PLN"),
    ("PT", "EUR"),
    ("PY", "PYG"),
    ("SE", "SEK"),
    ("SV", "USD"),
    ("US", "USD"),
    ("UY", "UYU"),
];

/// Which lists a questionnaire has that differ by country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists {
    /// How many regions it lists; `None` where none of the country are known: where an organisation is, is asked in words.
    pub areas: Option<usize>,
    /// The currency of its amounts; `None` where that of the country is not known: amounts are not asked for.
    pub currency: Option<String>,
    /// Whether amounts are asked for in bands; otherwise as a number.
    pub in_bands: bool,
}

impl Instrument {
    /// The same questionnaire for a country, whose regions are given, and what became of its lists. All that is not of
    /// one country stays.
    #[must_use]
    pub fn for_country(mut self, country: &str, areas: &[Choice]) -> (Self, Lists) {
        let currency = CURRENCIES.iter().find(|(code, _)| *code == country).map(|(_, currency)| (*currency).to_owned());
        let mut lists = Lists { areas: (!areas.is_empty()).then_some(areas.len()), currency, in_bands: false };
        for step in &mut self.steps {
            step.questions.retain_mut(|question| match &mut question.kind {
                Kind::Single { choices } if question.maps_to == Target::Area => {
                    if choices.iter().all(|one| one.id.starts_with(&format!("{country}-"))) {
                        lists.areas = Some(choices.len());
                        return true;
                    }
                    *choices = areas.to_vec();
                    question.wording = both("State, province or region", "Estado, provincia o región");
                    !areas.is_empty()
                }
                Kind::Money { currency, bands } => {
                    let Some(own) = &lists.currency else { return false };
                    if currency == own {
                        lists.in_bands |= !bands.is_empty();
                        return true;
                    }
                    currency.clone_from(own);
                    bands.clear();
                    let (en, es) =
                        (format!("Last year’s income, in {own}"), format!("Ingresos del último año, en {own}"));
                    question.wording = both(&en, &es);
                    question.help = Some(both(
                        "A whole number; a good guess will do.",
                        "Un número entero; basta una buena estimación.",
                    ));
                    true
                }
                _ => true,
            });
        }
        self.steps.retain(|step| !step.questions.is_empty());
        (self, lists)
    }
}

fn both(en: &str, es: &str) -> Wording {
    Wording::from([("en".to_owned(), en.to_owned()), ("es".to_owned(), es.to_owned())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instrument::check;

    fn built_in() -> Instrument {
        let path = format!("{}/data/instrument_v1.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    fn area(id: &str) -> Choice {
        Choice { id: id.to_owned(), label: both(id, id) }
    }

    #[test]
    fn where_it_was_written_for_it_stays_as_it_is() {
        let (same, lists) = built_in().for_country("MX", &[area("MX-AGU")]);
        assert_eq!(same, built_in());
        assert_eq!(lists, Lists { areas: Some(32), currency: Some("MXN".into()), in_bands: true });
    }

    #[test]
    fn elsewhere_it_has_the_lists_of_that_country_or_none() {
        let (chile, lists) = built_in().for_country("CL", &[area("CL-RM"), area("CL-VS")]);
        assert_eq!(lists, Lists { areas: Some(2), currency: Some("CLP".into()), in_bands: false });
        assert_eq!(chile.question("state").unwrap().kind.ids(), ["CL-RM", "CL-VS"]);
        assert_eq!(chile.question("size"), built_in().question("size"), "bands of staff are of no country");
        let (unknown, lists) = built_in().for_country("ZZ", &[]);
        assert_eq!(lists, Lists { areas: None, currency: None, in_bands: false });
        assert!(unknown.question("state").is_none() && unknown.question("revenue").is_none());
        assert!(unknown.question("locality").is_some(), "where it is can be said in words");
        for one in [chile, unknown] {
            assert_eq!(check(&one), []);
            let text = serde_json::to_string(&one).unwrap();
            for mexican in ["MX-", "MXN", "Mexican", "en pesos"] {
                assert!(!text.contains(mexican), "{mexican}");
            }
        }
    }

    #[test]
    fn countries_stand_once_and_in_order() {
        assert!(CURRENCIES.is_sorted_by(|one, next| one.0 < next.0));
        assert!(CURRENCIES.iter().all(|(country, currency)| country.len() == 2 && currency.len() == 3));
    }
}
