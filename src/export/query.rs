//! What an address or the command line asks for: the same words as the explorer's address.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::shape::Shape;
use crate::analysis::demand::Words;
use crate::atlas::{Atlas, Dimension, Fault, Filter, Refusal, RolledUp, Rollup};
use crate::domain::draft::YEARS;

/// Words that an address may carry besides the filter.
const OTHERS: [&str; 11] = ["view", "after", "raw", "first", "zoom", "node", "depth", "colour", "sized", "layer", "at"];
/// Words of the layout, which selects nothing: a file follows them, a page passes over them.
const LAYOUT: [&str; 6] = ["sort", "columns", "form", "skip", "by", "bodies"];

/// Which record is asked for: that of a day, as it had been recorded by some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The day the facts are valid on; `None` is today.
    pub as_of: Option<NaiveDate>,
    /// What had been recorded by then; `None` is now.
    pub known_at: Option<DateTime<Utc>>,
}

impl Moment {
    /// Whether it is the record of today as it is now.
    pub fn is_now(&self) -> bool {
        *self == Self::default()
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub filter: Filter,
    pub moment: Moment,
    /// Which requests for data are asked for.
    pub requests: Words,
    /// What of it a file shows, and how.
    pub shape: Shape,
    /// The word for a text: `q` in addresses, `text` in the API.
    text_is: &'static str,
}

impl Query {
    /// Refuses the first word that names nothing in an atlas.
    pub fn check(&self, atlas: &Atlas) -> Result<(), Refusal> {
        atlas.check(&self.filter).map_err(|refusal| {
            if refusal.name == "text" { Refusal { name: self.text_is.to_owned(), ..refusal } } else { refusal }
        })
    }
}

/// Reads what pairs ask for; refuses the first that is no filter or has a value that it cannot have.
pub fn read<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Query, Refusal> {
    let mut query = Query::default();
    for (key, value) in pairs {
        let value = value.trim();
        if !value.is_empty() && !OTHERS.contains(&key) && !query.shape.take(key, value)? {
            take(&mut query, key, value)?;
        }
    }
    // Bodies without users are of no selection: beside a filter the word would be passed over unsaid.
    if query.shape.every_body && !query.filter.is_empty() {
        return Err(Refusal::new("bodies", "all", Fault::Alone));
    }
    Ok(query)
}

/// Reads which requests for data pairs ask for; refuses the first word that is no filter of theirs.
pub fn requests<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Result<Query, Refusal> {
    let requests = Words::of_file(pairs.clone())?;
    let moment = moment(pairs)?;
    Ok(Query { moment, requests, ..Query::default() })
}

/// The same, passing over what is no filter: an address may carry what others have put there.
pub fn of_address<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Query, Refusal> {
    let mut query = Query::default();
    for (key, value) in pairs {
        let value = value.trim();
        match take(&mut query, key, value) {
            Err(Refusal { fault: Fault::NoFilter, .. }) => {}
            _ if value.is_empty() || key == "lang" => {}
            taken => taken?,
        }
    }
    Ok(query)
}

/// The layout that an address asks for; words of it that say nothing are passed over.
pub fn shape<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Shape {
    let mut shape = Shape::default();
    for (key, value) in pairs {
        drop(shape.take(key, value.trim()));
    }
    shape
}

/// Whether a word is what others add to addresses that they pass on: it says nothing here.
pub fn is_passed_on(key: &str) -> bool {
    key.starts_with("utm_") || matches!(key, "fbclid" | "gclid" | "ref")
}

/// Whether a parameter of an address says anything here, or was put there by those who pass addresses on.
pub fn is_known(key: &str) -> bool {
    let taken = take(&mut Query::default(), key, "");
    let is_filter = !matches!(taken, Err(Refusal { fault: Fault::NoFilter, .. }));
    is_passed_on(key) || is_filter || OTHERS.contains(&key) || LAYOUT.contains(&key)
}

/// The day and the recording time that an address asks for, whatever else it carries.
pub fn moment<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Moment, Refusal> {
    of_address(pairs.filter(|(key, _)| matches!(*key, "asOf" | "knownAt"))).map(|query| query.moment)
}

fn take(query: &mut Query, key: &str, value: &str) -> Result<(), Refusal> {
    let filter = &mut query.filter;
    let form = |form| Refusal::new(key, value, Fault::Form(form));
    if let Some(dimension) = Dimension::ALL.into_iter().find(|dimension| dimension.as_str() == key) {
        let words = value.split(',').map(str::trim).filter(|word| !word.is_empty());
        match filter.words_mut(dimension) {
            Some(list) => list.extend(words.map(str::to_owned)),
            None => filter.grade.append(&mut each(key, words)?),
        }
        return Ok(());
    }
    let words = value.split(',').map(str::trim);
    match key {
        "criticality" => filter.criticality.append(&mut each(key, words)?),
        "access" => filter.access.append(&mut each(key, words)?),
        "q" | "text" => {
            // A search for nothing is none.
            filter.text = Some(value.to_owned()).filter(|text| !text.is_empty());
            query.text_is = if key == "q" { "q" } else { "text" };
        }
        "bbox" => filter.bbox = Some(bbox(value).ok_or_else(|| form("west,south,east,north in degrees"))?),
        "rollup" => {
            let word = value.to_ascii_lowercase();
            let found = Rollup::ALL.into_iter().find(|rollup| rollup.as_str() == word);
            // What an answer calls the default may be asked for again.
            let is_default = word == RolledUp::AS_DECIDED;
            if found.is_none() && !is_default {
                return Err(Refusal::new(key, value, Fault::Unknown));
            }
            filter.rollup = found;
        }
        "withDescendants" => filter.with_descendants = flag(key, value)?,
        "withPredecessors" => filter.with_predecessors = flag(key, value)?,
        "includeRecovered" => filter.include_recovered = flag(key, value)?,
        "asOf" => {
            let wanted = "a day such as 2014-10-01, in the years 1 to 9999";
            query.moment.as_of = Some(day(value).ok_or_else(|| form(wanted))?);
        }
        "knownAt" => {
            let wanted = "a moment such as 2014-10-01T12:00:00Z, in the years 1 to 9999";
            query.moment.known_at = Some(time(value).ok_or_else(|| form(wanted))?);
        }
        "lang" if !matches!(value, "es" | "en") => return Err(form("es or en")),
        "lang" => {}
        _ => return Err(Refusal::new(key, value, Fault::NoFilter)),
    }
    Ok(())
}

fn each<'a, T: std::str::FromStr>(key: &str, words: impl Iterator<Item = &'a str>) -> Result<Vec<T>, Refusal> {
    words.map(|word| word.parse().map_err(|_| Refusal::new(key, word, Fault::Unknown))).collect()
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|day: &NaiveDate| YEARS.contains(&day.year()))
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    let read = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
    Some(read).filter(|moment| YEARS.contains(&moment.year()))
}

fn flag(key: &str, value: &str) -> Result<bool, Refusal> {
    value.parse().map_err(|_| Refusal::new(key, value, Fault::Form("true or false")))
}

fn bbox(text: &str) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = text.split(',').map(|part| part.trim().parse()).collect::<Result<_, _>>().ok()?;
    let [west, south, east, north] = numbers.try_into().ok()?;
    let holds =
        [west, east].iter().all(|x: &f64| x.abs() <= 180.0) && -90.0 <= south && south <= north && north <= 90.0;
    holds.then_some([west, south, east, north])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::fixture::mini;

    fn pairs(query: &str) -> Vec<(String, String)> {
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    fn read(query: &str) -> Result<Query, Refusal> {
        super::read(pairs(query).iter().map(|(key, value)| (key.as_str(), value.as_str())))
    }

    #[test]
    fn an_address_is_a_filter() {
        let Query { filter: read, moment, .. } = read(
            "chapter=mx&sector=21,22&grade=A,B&q=datos&bbox=-118,14,-86,33&lang=en&view=table&rollup=AS_STATED\
             &asOf=2020-01-31&knownAt=2026-11-25T15:00:00-06:00",
        )
        .unwrap();
        assert_eq!((read.chapter, read.sector), (vec!["mx".to_owned()], vec!["21".to_owned(), "22".to_owned()]));
        assert_eq!(
            (read.grade.len(), read.text.as_deref(), read.bbox),
            (2, Some("datos"), Some([-118.0, 14.0, -86.0, 33.0]))
        );
        assert_eq!(read.rollup, Some(Rollup::AsStated));
        // The default by the name that answers have for it.
        let default = super::read([("bodies", "all"), ("rollup", "AS_DECIDED")].into_iter()).unwrap();
        assert_eq!(default.filter, Filter::default());
        assert_eq!(moment.as_of.unwrap().to_string(), "2020-01-31");
        assert_eq!(moment.known_at.unwrap().to_rfc3339(), "2026-11-25T21:00:00+00:00");
    }

    #[test]
    fn what_is_no_filter_is_named() {
        for (query, sentence) in [
            ("hue=red", "there is no filter 'hue'"),
            ("grade=Z", "'grade' has no value 'Z'"),
            ("columns=place,hue", "'columns' has no value 'hue'"),
            ("sort=up", "'sort' has no value 'up'"),
            ("bodies=few", "'bodies' has no value 'few'"),
            (
                "bodies=all&sector=21",
                "'bodies=all' takes no filter and no roll-up beside it; leave out the one or the other",
            ),
            ("bbox=1,2,3", "'bbox' wants west,south,east,north in degrees, not '1,2,3'"),
            ("bbox=1,2,3,NaN", "'bbox' wants west,south,east,north in degrees, not '1,2,3,NaN'"),
            ("rollup=up", "'rollup' has no value 'up'"),
            ("includeRecovered=maybe", "'includeRecovered' wants true or false, not 'maybe'"),
            ("asOf=yesterday", "'asOf' wants a day such as 2014-10-01, in the years 1 to 9999, not 'yesterday'"),
            ("asOf=+10000-01-01", "'asOf' wants a day such as 2014-10-01, in the years 1 to 9999, not '10000-01-01'"),
            (
                "knownAt=0000-01-01T00:00:00Z",
                "'knownAt' wants a moment such as 2014-10-01T12:00:00Z, in the years 1 to 9999, not '0000-01-01T00:00:00Z'",
            ),
            (
                "knownAt=2020-01-01",
                "'knownAt' wants a moment such as 2014-10-01T12:00:00Z, in the years 1 to 9999, not '2020-01-01'",
            ),
            ("lang=fr", "'lang' wants es or en, not 'fr'"),
        ] {
            assert_eq!(read(query).unwrap_err().to_string(), sentence, "{query}");
        }
        let pairs = pairs("hue=red&lang=fr&grade=&q=x");
        let lenient = of_address(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))).unwrap();
        assert_eq!(lenient.filter.canonical(), "text=x");
    }

    #[test]
    fn a_search_for_nothing_is_no_search() {
        for query in ["q=", "q=+", "q=&text="] {
            let pairs = pairs(query);
            let asked = of_address(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))).unwrap();
            assert_eq!(asked.filter, Filter::default(), "{query}");
        }
    }

    #[test]
    fn what_no_page_knows_is_told_from_what_one_does() {
        for key in ["sector", "grade", "q", "asOf", "lang", "view", "layer", "at", "includeRecovered", "utm_source"] {
            assert!(is_known(key), "{key}");
        }
        for key in ["hue", "sectr", "Sector", ""] {
            assert!(!is_known(key), "{key}");
        }
    }

    #[test]
    fn a_word_that_names_nothing_is_named() {
        let atlas = mini().atlas();
        let long = format!("q={}", "x".repeat(201));
        for (query, sentence) in [
            ("publisher=nope", "'publisher' has no value 'nope'"),
            ("sector=nonsense", "'sector' has no value 'nonsense'"),
            ("kind=company&size=huge", "'size' has no value 'huge'"),
            (long.as_str(), "'q' takes at most 200 characters"),
        ] {
            assert_eq!(read(query).unwrap().check(&atlas).unwrap_err().to_string(), sentence, "{query}");
        }
        assert_eq!(read("publisher=unknown:no_answer&q=x").unwrap().check(&atlas), Ok(()));
    }
}
