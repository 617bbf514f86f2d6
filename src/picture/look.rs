//! The colours and type of the house, read from the tokens that the frontend is styled with.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fonts::{SANS, SERIF};

/// The families of sectors, in the order of legends; `none` is not classified.
pub const FAMILIES: [&str; 9] = ["research", "data", "finance", "business", "media", "land", "place", "public", "none"];

/// The tokens of the light and the dark theme, as a style sheet. It loads nothing.
pub fn tokens() -> &'static str {
    static TOKENS: LazyLock<String> = LazyLock::new(|| {
        let sheet = include_str!("../../web/src/styles/tokens.css");
        sheet.lines().filter(|line| !line.starts_with("@font-face")).collect::<Vec<_>>().join("\n")
    });
    &TOKENS
}

/// A token of the light theme, such as `ink`; black where there is none, which a test forbids.
fn light(name: &str) -> &'static str {
    static LIGHT: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let root = tokens().split(":root {").nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
        let tokens = root.split("--").skip(1).filter_map(|token| token.split(';').next()?.split_once(':'));
        tokens.map(|(name, value)| (name.trim(), value.trim())).collect()
    });
    LIGHT.get(name).copied().unwrap_or("#000000")
}

/// The rules of a picture that stands alone, in the light theme. The classes are those of embedded charts.
pub(super) fn sheet() -> &'static str {
    static SHEET: LazyLock<String> = LazyLock::new(|| {
        let mut rules = format!("text{{font-family:'{SANS}';font-weight:400}}");
        let mut rule = |selector: &str, rest: &str| rules.push_str(&format!("{selector}{{{rest}}}"));
        for (class, token) in [
            ("paper", "paper"),
            ("ink", "ink"),
            ("quiet", "line"),
            ("track", "sunken"),
            ("accent", "accent"),
            ("strong", "line-strong"),
            ("t", "ink"),
            ("tb", "ink"),
            ("t2", "ink-2"),
            ("t3", "ink-3"),
            ("ts", "ink"),
        ] {
            rule(&format!(".{class}"), &format!("fill:{}", light(token)));
        }
        rule(".tb", "font-weight:600");
        rule(".ts", &format!("font-family:'{SERIF}';font-weight:600"));
        for family in FAMILIES {
            rule(&format!(".f-{family}"), &format!("fill:{}", light(&format!("f-{family}"))));
        }
        rule(".hatched", &format!("fill:url(#hatch);stroke:{};stroke-width:1", light("f-none")));
        rule(".faint", "fill-opacity:.28");
        rule(".pin", &format!("stroke:{};stroke-width:3", light("surface")));
        rule(".st", &format!("fill:{};stroke:{};stroke-width:.6", light("q-zero"), light("coast")));
        for class in 1..=5 {
            rule(&format!(".q{class}"), &format!("fill:{}", light(&format!("q-{class}"))));
        }
        rule(".q0", &format!("fill:{};stroke:{};stroke-width:1", light("q-zero"), light("line-strong")));
        rule(".marked", &format!("fill:none;stroke:{};stroke-width:2.4;stroke-linejoin:round", light("ink")));
        rule(".leader", &format!("fill:none;stroke:{};stroke-width:1.4", light("ink")));
        rule(".rule", &format!("fill:none;stroke:{};stroke-width:2", light("ink")));
        rules
    });
    &SHEET
}

/// The hatching of what is not known, for the class `hatched`.
pub(super) fn hatch() -> String {
    format!(
        concat!(
            r#"<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">"#,
            r#"<rect width="6" height="6" fill="{}"/><rect width="2.6" height="6" fill="{}"/></pattern></defs>"#
        ),
        light("surface"),
        light("f-none")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tokens_are_those_of_the_frontend() {
        assert_eq!((light("paper"), light("f-research"), light("q-5")), ("#FBFAF7", "#3C4694", "#004A41"));
        assert!(!tokens().contains("url(") && tokens().contains("prefers-color-scheme: dark"));
        assert!(!sheet().contains("#000000"), "{}", sheet());
    }
}
