//! The filter of an address or of the command line: the same words as the explorer's address.

use crate::atlas::{Dimension, Filter, Rollup};

/// Words that an address may carry besides the filter.
const OTHERS: [&str; 15] = [
    "lang", "view", "sort", "after", "raw", "first", "zoom", "form", "skip", "node", "depth", "colour", "sized",
    "columns", "layer",
];

/// Reads a filter from pairs; says in a sentence which word is not one.
pub fn filter<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Filter, String> {
    let mut filter = Filter::default();
    for (key, value) in pairs {
        let value = value.trim();
        if value.is_empty() || OTHERS.contains(&key) {
            continue;
        }
        if let Some(dimension) = Dimension::ALL.into_iter().find(|dimension| dimension.as_str() == key) {
            let words = value.split(',').map(str::trim).filter(|word| !word.is_empty());
            match filter.words_mut(dimension) {
                Some(list) => list.extend(words.map(str::to_owned)),
                None => filter.grade.append(&mut each(key, words)?),
            }
            continue;
        }
        let words = value.split(',').map(str::trim);
        match key {
            "criticality" => filter.criticality.append(&mut each(key, words)?),
            "access" => filter.access.append(&mut each(key, words)?),
            "q" | "text" => filter.text = Some(value.to_owned()),
            "bbox" => filter.bbox = Some(bbox(value).ok_or("bbox is west,south,east,north in degrees")?),
            "rollup" => {
                let word = value.to_ascii_lowercase();
                let found = Rollup::ALL.into_iter().find(|rollup| rollup.as_str() == word);
                filter.rollup = Some(found.ok_or_else(|| wrong(key, value))?);
            }
            "withDescendants" => filter.with_descendants = flag(key, value)?,
            "withPredecessors" => filter.with_predecessors = flag(key, value)?,
            "includeRecovered" => filter.include_recovered = flag(key, value)?,
            "asOf" | "knownAt" => {
                return Err(format!("{key} is answered by the API only; this is the record of today"));
            }
            _ => return Err(format!("there is no filter '{key}'")),
        }
    }
    Ok(filter)
}

/// The same, leaving out what is no filter: an address may carry what others have put there.
pub fn lenient<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Filter {
    let sound = pairs.filter(|&pair| filter(std::iter::once(pair)).is_ok());
    filter(sound).unwrap_or_default()
}

fn each<'a, T: std::str::FromStr>(key: &str, words: impl Iterator<Item = &'a str>) -> Result<Vec<T>, String> {
    words.map(|word| word.parse().map_err(|_| wrong(key, word))).collect()
}

fn flag(key: &str, value: &str) -> Result<bool, String> {
    value.parse().map_err(|_| format!("{key} is true or false, not '{value}'"))
}

fn wrong(key: &str, value: &str) -> String {
    format!("'{value}' is not a value of {key}")
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

    fn read(query: &str) -> Result<Filter, String> {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        filter(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
    }

    #[test]
    fn an_address_is_a_filter() {
        let read =
            read("chapter=mx&sector=21,22&grade=A,B&q=datos&bbox=-118,14,-86,33&lang=en&view=table&rollup=AS_STATED")
                .unwrap();
        assert_eq!((read.chapter, read.sector), (vec!["mx".to_owned()], vec!["21".to_owned(), "22".to_owned()]));
        assert_eq!(
            (read.grade.len(), read.text.as_deref(), read.bbox),
            (2, Some("datos"), Some([-118.0, 14.0, -86.0, 33.0]))
        );
        assert_eq!(read.rollup, Some(Rollup::AsStated));
    }

    #[test]
    fn what_is_no_filter_is_named() {
        for (query, part) in [
            ("hue=red", "'hue'"),
            ("grade=Z", "'Z'"),
            ("bbox=1,2,3", "bbox"),
            ("bbox=1,2,3,NaN", "bbox"),
            ("rollup=up", "'up'"),
            ("includeRecovered=maybe", "'maybe'"),
            ("asOf=2020-01-01", "asOf"),
        ] {
            assert!(read(query).unwrap_err().contains(part), "{query}");
        }
    }
}
