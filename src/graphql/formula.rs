//! The formulas of the method in words, for the API and for the page without script: one text for both.

use async_graphql::SimpleObject;

use crate::analysis::method;
use crate::atlas::Lang;
use crate::texts::phrases::Texts;

/// A formula of the method.
#[derive(Debug, SimpleObject)]
#[graphql(serial)]
pub struct Formula {
    /// Stable word for it, such as `concentration`.
    pub(crate) key: &'static str,
    /// What it is called.
    pub(crate) name: String,
    /// The formula, a line for each part, with the numbers that it assumes.
    pub(crate) lines: Vec<String>,
    /// What its letters stand for and what it counts.
    pub(crate) notes: Vec<String>,
}

impl Formula {
    /// Every formula, in the order of the page.
    pub(crate) fn list(lang: Lang) -> Vec<Self> {
        let texts = Texts::of(lang);
        let numbers: Vec<(&str, String)> =
            method::assumptions().into_iter().map(|(key, value)| (key, value.to_string())).collect();
        let numbers: Vec<(&str, &str)> = numbers.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let lines = |key: String| texts.fill(&key, &numbers).lines().map(str::to_owned).collect();
        let formula = |key| Self {
            key,
            name: texts.get(&format!("api.formula.{key}.name")).to_owned(),
            lines: lines(format!("api.formula.{key}.lines")),
            notes: lines(format!("api.formula.{key}.notes")),
        };
        method::FORMULAS.into_iter().map(formula).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_formula_is_told_with_its_numbers_in_both_languages() {
        for lang in [Lang::ES, Lang::EN] {
            for formula in Formula::list(lang) {
                let said = [vec![formula.name.clone()], formula.lines.clone(), formula.notes.clone()].concat();
                assert!(!formula.lines.is_empty() && !formula.notes.is_empty(), "{formula:?}");
                assert!(said.iter().all(|text| !text.contains(['{', '}']) && !text.starts_with("api")), "{formula:?}");
            }
        }
        let lines = |key| Formula::list(Lang::EN).into_iter().find(|formula| formula.key == key).map(|one| one.lines);
        assert_eq!(lines("heat"), Some(vec!["heat = u · Σ q · 0.5^(m ÷ 24)".to_owned()]));
        assert_eq!(lines("coverage"), Some(vec!["coverage = known ÷ (all − not asked − does not apply)".to_owned()]));
    }
}
