//! Sentences that the program has said in English, in the reader's language: a text of the interface whose English is
//! the sentence, with its values in braces.

use super::words;
use crate::atlas::Lang;

/// A sentence: what stands between its values, and their names.
struct Pattern {
    key: &'static str,
    between: Vec<&'static str>,
    names: Vec<&'static str>,
}

/// The sentences that are known.
pub(super) struct Sentences(Vec<Pattern>);

impl Sentences {
    /// The texts under a key, but those that are no sentences.
    pub(super) fn under(prefix: &str, but: &[&str]) -> Self {
        let is_sentence = |key: &str| key.starts_with(prefix) && !but.iter().any(|other| key.starts_with(other));
        let of = words(Lang::EN).iter().filter(|(key, _)| is_sentence(key));
        let mut all: Vec<Pattern> = of.map(|(key, sentence)| pattern(key, sentence)).collect();
        // The one that says more of itself is tried first: "this is needed" before "this is {what}".
        all.sort_by_key(|one| std::cmp::Reverse(one.between.iter().map(|part| part.len()).sum::<usize>()));
        Self(all)
    }

    /// A sentence in a language, its values by `value`; `None` where it is not known.
    pub(super) fn said(
        &self,
        lang: Lang,
        sentence: &str,
        value: impl for<'v> Fn(&'v str) -> &'v str,
    ) -> Option<String> {
        let (pattern, values) = self.0.iter().find_map(|one| Some((one, one.values(sentence)?)))?;
        let mut out = words(lang).get(pattern.key)?.clone();
        for (name, of) in pattern.names.iter().zip(values) {
            out = out.replace(&format!("{{{name}}}"), value(of));
        }
        Some(out)
    }
}

fn pattern(key: &'static str, sentence: &'static str) -> Pattern {
    let (mut between, mut names) = (Vec::new(), Vec::new());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        between.push(before);
        names.push(name);
        rest = after;
    }
    between.push(rest);
    Pattern { key, between, names }
}

impl Pattern {
    /// The values that a message brings, where it is this sentence.
    fn values<'m>(&self, message: &'m str) -> Option<Vec<&'m str>> {
        let (first, more) = self.between.split_first()?;
        let mut rest = message.strip_prefix(first)?;
        let mut values = Vec::new();
        for (at, part) in more.iter().enumerate() {
            let (value, after) =
                if at + 1 == more.len() { (rest.strip_suffix(part)?, "") } else { rest.split_once(part)? };
            values.push(value);
            rest = after;
        }
        rest.is_empty().then_some(values)
    }
}
