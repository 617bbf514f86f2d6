//! The figure line in words: under what conditions a figure holds, in the order of the house.

use chrono::{Datelike, NaiveDate};
use roaring::RoaringBitmap;

use crate::analysis::Figure;
use crate::atlas::{Atlas, Coverage, Dimension, Lang, RolledUp, Value, WaveIx};
use crate::texts::phrases::Texts;

/// Waves named in full; beyond these they are only counted.
const NAMED_WAVES: usize = 2;

/// All conditions of the figures of a goal: what is declared and what is inferred have each their own coverage.
pub fn goal_parts(atlas: &Atlas, figure: &Figure, inferred: &Coverage, lang: Lang) -> Vec<String> {
    let mut parts = parts(atlas, figure, lang);
    parts.insert(COVERAGE + 1, inferred_from(inferred, Texts::of(lang)));
    parts
}

/// All conditions of the figures of a list of datasets: the datasets too are counted.
pub fn dataset_parts(atlas: &Atlas, figure: &Figure, datasets: u64, lang: Lang) -> Vec<String> {
    let mut parts = parts(atlas, figure, lang);
    parts.insert(0, Texts::of(lang).label("datasets.n", datasets));
    parts
}

/// The place of the coverage among the conditions.
const COVERAGE: usize = 3;

/// All conditions of a figure.
pub fn parts(atlas: &Atlas, figure: &Figure, lang: Lang) -> Vec<String> {
    let texts = Texts::of(lang);
    let [n, waves, day] = brief(atlas, figure.n, &figure.waves, figure.as_of, lang);
    let method = texts.fill("figure.method", &[("version", figure.method_version)]);
    vec![n, waves, day, coverage(atlas, figure, texts), rollup(figure.rollup, texts), method]
}

/// The first three: how many, of which wave, as of when.
pub fn brief(atlas: &Atlas, n: u64, waves: &[WaveIx], as_of: NaiveDate, lang: Lang) -> [String; 3] {
    let texts = Texts::of(lang);
    let mut named: Vec<String> = waves
        .iter()
        .take(NAMED_WAVES)
        .map(|&wave| atlas.label(atlas.wave(wave).title, lang).value.to_owned())
        .collect();
    let waves = if named.is_empty() {
        texts.get("figure.noWave").to_owned()
    } else {
        if waves.len() > NAMED_WAVES {
            let more = texts.number((waves.len() - NAMED_WAVES) as u64);
            named.push(texts.fill("figure.more", &[("n", &more)]));
        }
        let title = named.join(", ");
        // A title may say itself that it is one.
        let says = |one: &String| one.to_lowercase().split(' ').any(|word| word == texts.get("figure.waveWord"));
        if named.iter().any(says) { title } else { texts.fill("figure.wave", &[("title", &title)]) }
    };
    [format!("n = {}", texts.number(n)), waves, texts.fill("figure.asOf", &[("date", &day(as_of, lang))])]
}

/// A day in the short form of a language, such as 25 Nov 2026.
pub fn day(date: NaiveDate, lang: Lang) -> String {
    let months = Texts::of(lang).get("page.months");
    let month = months.split(' ').nth(date.month0() as usize).unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// Studies asked at other times and in other places: of several there is no coverage that holds for all.
fn coverage(atlas: &Atlas, figure: &Figure, texts: &Texts) -> String {
    let of = &figure.coverage;
    let mut studies = figure.waves.iter().map(|&wave| atlas.wave(wave).study);
    let first = studies.next();
    if studies.any(|study| Some(study) != first) {
        return texts.get("figure.coverageApart").to_owned();
    }
    if of.asked == 0 && figure.n == 0 && of.missing.iter().all(|count| *count == 0) {
        return texts.get("figure.coverageEmpty").to_owned();
    }
    if of.asked == 0 {
        return texts.get("figure.coverageNone").to_owned();
    }
    covered(of, "figure.coverage", texts)
}

/// Of how many answers rules infer a goal.
pub fn inferred_from(of: &Coverage, texts: &Texts) -> String {
    if of.asked == 0 { texts.get("figure.inferredNone").to_owned() } else { covered(of, "figure.inferredFrom", texts) }
}

fn covered(of: &Coverage, key: &str, texts: &Texts) -> String {
    let (answered, asked) = (texts.number(of.answered), texts.number(of.asked));
    let attribute = of.attribute.as_str();
    let what = Some(texts.word("covered", attribute)).filter(|word| *word != attribute).unwrap_or_default();
    let line = texts.fill(key, &[("answered", &answered), ("asked", &asked), ("what", what)]);
    line.trim_end().to_owned()
}

fn rollup(of: RolledUp, texts: &Texts) -> String {
    texts.word("rollup", of.as_str()).to_owned()
}

/// The waves that organisations belong to, among those of some chapters; of all where none is named.
pub fn waves_of(atlas: &Atlas, organisations: &RoaringBitmap, chapters: &[String]) -> Vec<WaveIx> {
    let own = atlas.waves().filter(|&wave| atlas.is_of_chapters(wave, chapters));
    own.filter(|&wave| atlas.has_any(Dimension::Wave, Value::Wave(wave), organisations)).collect()
}
