//! One buffer for every text of an atlas: a text is a 4-byte handle, equal texts are kept once, and a
//! text in several languages is a short list of handles. Nothing here knows what the texts mean.

use std::fmt;

use super::handle::{FastMap, LabelIx, StrIx, hash_bytes};
use crate::domain::draft::LangText;

/// A language: two letters of ISO 639-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang([u8; 2]);

impl Lang {
    /// Spanish.
    pub const ES: Self = Self(*b"es");
    /// English.
    pub const EN: Self = Self(*b"en");
    /// A language that is not said.
    pub const UNKNOWN: Self = Self(*b"--");

    /// The first two letters of a language tag, in lower case.
    pub fn new(tag: &str) -> Self {
        match tag.as_bytes() {
            [a, b, ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Self([a.to_ascii_lowercase(), b.to_ascii_lowercase()])
            }
            _ => Self::UNKNOWN,
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("--")
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text together with the language it is in, which need not be the one that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text<'a> {
    /// The text.
    pub value: &'a str,
    /// Its language.
    pub lang: Lang,
}

/// All texts of an atlas.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    buffer: String,
    ends: Vec<u32>,
    parts: Vec<(Lang, StrIx)>,
    label_ends: Vec<u32>,
}

impl Strings {
    /// The text of a handle.
    pub fn get(&self, ix: StrIx) -> &str {
        let at = ix.at();
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.buffer[start..self.ends[at] as usize]
    }

    fn parts(&self, ix: LabelIx) -> &[(Lang, StrIx)] {
        let at = ix.at();
        let start = if at == 0 { 0 } else { self.label_ends[at - 1] as usize };
        &self.parts[start..self.label_ends[at] as usize]
    }

    /// The label in the language asked for, else in Spanish, English, or whatever there is.
    pub fn label(&self, ix: LabelIx, lang: Lang) -> Text<'_> {
        let parts = self.parts(ix);
        let found = [lang, Lang::ES, Lang::EN]
            .iter()
            .find_map(|wanted| parts.iter().find(|(lang, _)| lang == wanted))
            .or_else(|| parts.first());
        found.map_or(Text { value: "", lang: Lang::UNKNOWN }, |&(lang, ix)| Text { value: self.get(ix), lang })
    }

    /// Every language of a label.
    pub fn languages(&self, ix: LabelIx) -> impl Iterator<Item = Text<'_>> {
        self.parts(ix).iter().map(|&(lang, ix)| Text { value: self.get(ix), lang })
    }

    /// The texts of a label, in every language.
    pub(crate) fn handles(&self, ix: LabelIx) -> impl Iterator<Item = StrIx> {
        self.parts(ix).iter().map(|&(_, ix)| ix)
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        self.buffer.capacity() + 4 * self.ends.capacity() + 8 * self.parts.capacity() + 4 * self.label_ends.capacity()
    }
}

/// Collects texts; the table that finds equal ones is dropped when the atlas is finished.
#[derive(Default)]
pub(crate) struct StringsBuilder {
    strings: Strings,
    known: FastMap<u64, StrIx>,
    labels: FastMap<u64, LabelIx>,
}

impl StringsBuilder {
    /// Goes on from finished texts: their handles stay.
    pub(crate) fn again(strings: &Strings) -> Self {
        let texts = (0..strings.ends.len() as u32).map(StrIx::new);
        let known = texts.map(|ix| (hash_bytes(strings.get(ix).as_bytes()), ix)).collect();
        let labels = (0..strings.label_ends.len() as u32).map(LabelIx::new);
        let labels = labels.map(|ix| (label_hash(strings.parts(ix)), ix)).collect();
        Self { strings: strings.clone(), known, labels }
    }

    /// The handle of a text, new or known. Two texts of one hash are simply kept apart.
    pub(crate) fn intern(&mut self, text: &str) -> StrIx {
        let hash = hash_bytes(text.as_bytes());
        if let Some(&known) = self.known.get(&hash)
            && self.strings.get(known) == text
        {
            return known;
        }
        self.strings.buffer.push_str(text);
        let ix = StrIx::new(self.strings.ends.len() as u32);
        self.strings.ends.push(self.strings.buffer.len() as u32);
        self.known.entry(hash).or_insert(ix);
        ix
    }

    /// The same for a text that may be missing; an empty one is missing.
    pub(crate) fn maybe(&mut self, text: Option<&str>) -> Option<StrIx> {
        text.filter(|text| !text.is_empty()).map(|text| self.intern(text))
    }

    /// The handle of a text in several languages.
    pub(crate) fn label(&mut self, text: &LangText) -> LabelIx {
        let parts: Vec<(Lang, StrIx)> = text.iter().map(|(lang, text)| (Lang::new(lang), self.intern(text))).collect();
        let hash = label_hash(&parts);
        if let Some(&known) = self.labels.get(&hash)
            && self.strings.parts(known) == parts.as_slice()
        {
            return known;
        }
        self.strings.parts.extend(parts);
        let ix = LabelIx::new(self.strings.label_ends.len() as u32);
        self.strings.label_ends.push(self.strings.parts.len() as u32);
        self.labels.entry(hash).or_insert(ix);
        ix
    }

    /// The same for a text that may be missing.
    pub(crate) fn maybe_label(&mut self, text: Option<&LangText>) -> Option<LabelIx> {
        text.filter(|text| !text.is_empty()).map(|text| self.label(text))
    }

    /// The texts so far.
    pub(crate) fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The finished buffer.
    pub(crate) fn finish(mut self) -> Strings {
        self.strings.buffer.shrink_to_fit();
        self.strings.ends.shrink_to_fit();
        self.strings.parts.shrink_to_fit();
        self.strings.label_ends.shrink_to_fit();
        self.strings
    }
}

fn label_hash(parts: &[(Lang, StrIx)]) -> u64 {
    parts.iter().fold(0, |hash, (lang, ix)| {
        let mut bytes = [0; 14];
        bytes[..8].copy_from_slice(&u64::to_le_bytes(hash));
        bytes[8..10].copy_from_slice(&lang.0);
        bytes[10..].copy_from_slice(&ix.get().to_le_bytes());
        hash_bytes(&bytes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::draft::lang_text;

    #[test]
    fn equal_texts_are_kept_once_and_languages_fall_back() {
        let mut builder = StringsBuilder::default();
        let (a, b, c) = (builder.intern("uno"), builder.intern("dos"), builder.intern("uno"));
        assert_eq!((a, a == b), (c, false));
        let mut text = lang_text("es", "Salud");
        text.insert("ko".into(), "건강".into());
        let label = builder.label(&text);
        assert_eq!(builder.label(&text), label);
        let english = builder.label(&lang_text("fr", "Santé"));
        let strings = builder.finish();
        assert_eq!(strings.label(label, Lang::EN), Text { value: "Salud", lang: Lang::ES });
        assert_eq!(strings.label(label, Lang::new("ko-KR")).value, "건강");
        assert_eq!(strings.label(english, Lang::ES), Text { value: "Santé", lang: Lang::new("fr") });
    }
}
