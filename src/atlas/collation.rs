//! The order of names in a language: ñ after n, accents and case only where letters agree.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::{Locale, locale};

use super::strings::Lang;

/// The two languages that lists are ordered in.
#[derive(Debug)]
pub struct Collation {
    es: CollatorBorrowed<'static>,
    en: CollatorBorrowed<'static>,
}

impl Collation {
    /// The collations of Spanish and English.
    pub(crate) fn new() -> Self {
        Self { es: collator(&locale!("es")), en: collator(&locale!("en")) }
    }

    fn of(&self, lang: Lang) -> &CollatorBorrowed<'static> {
        if lang == Lang::EN { &self.en } else { &self.es }
    }

    /// Bytes that compare as the text does.
    pub(crate) fn key(&self, lang: Lang, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() * 2);
        // The sink is a vector, whose error is `Infallible`.
        let Ok(()) = self.of(lang).write_sort_key_to(text, &mut key);
        key
    }

    /// Compares two texts; texts that the language does not tell apart compare by their bytes.
    pub fn compare(&self, lang: Lang, a: &str, b: &str) -> Ordering {
        self.of(lang).compare(a, b).then_with(|| a.cmp(b))
    }

    /// The order of some texts: the place of each in it comes second.
    pub(crate) fn order<T: Ord + Copy>(
        &self,
        lang: Lang,
        texts: impl Iterator<Item = (T, impl AsRef<str>)>,
    ) -> Vec<u32> {
        let keys: Vec<(Vec<u8>, String, T)> =
            texts.map(|(tie, text)| (self.key(lang, text.as_ref()), text.as_ref().to_owned(), tie)).collect();
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| keys[a as usize].cmp(&keys[b as usize]));
        order
    }
}

fn collator(locale: &Locale) -> CollatorBorrowed<'static> {
    let options = CollatorOptions::default();
    Collator::try_new(locale.into(), options)
        .or_else(|_| Collator::try_new(Locale::UNKNOWN.into(), options))
        .expect("the root collation is compiled in")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enye_follows_n_in_spanish_and_accents_come_second() {
        let collation = Collation::new();
        let mut names = ["Ñandú", "Nz", "Oaxaca", "Águila", "aguila", "Zeta", "Árbol"];
        names.sort_by(|a, b| collation.compare(Lang::ES, a, b));
        assert_eq!(names, ["aguila", "Águila", "Árbol", "Nz", "Ñandú", "Oaxaca", "Zeta"]);
        names.sort_by(|a, b| collation.compare(Lang::EN, a, b));
        assert_eq!(names, ["aguila", "Águila", "Árbol", "Ñandú", "Nz", "Oaxaca", "Zeta"]);
        assert!(collation.key(Lang::ES, "Nz") < collation.key(Lang::ES, "Ñandú"));
    }
}
