//! A link as a picture that a telephone reads. Always dark on light, whatever the theme: not every reader takes the other.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// The light margin that the standard asks for, in modules.
const QUIET: usize = 4;

/// The picture; nothing where the link is too long for one, which is then typed.
pub(super) fn picture(link: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(link, EcLevel::M) else { return html! {} };
    let side = code.width() + 2 * QUIET;
    html! {
        svg class="qr" role="img" aria-label=(label) viewBox={ "0 0 " (side) " " (side) } shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path(&code)) fill="#000" {}
        }
    }
}

/// One square for each run of dark modules in a row.
fn path(code: &QrCode) -> String {
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|one| **one == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_the_dark_modules_and_no_other() {
        let code = QrCode::with_error_correction_level("otpauth://totp/x", EcLevel::M).unwrap();
        let dark = code.to_colors().iter().filter(|one| **one == Color::Dark).count();
        let path = path(&code);
        let runs = path.split('M').filter(|one| !one.is_empty());
        let drawn: usize =
            runs.map(|one| one.split_once('h').unwrap().1.split_once('v').unwrap().0.parse::<usize>().unwrap()).sum();
        assert_eq!(drawn, dark);
        // The first finder: seven dark modules in the corner, within the margin.
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert!(picture(&"x".repeat(5000), "").into_string().is_empty());
    }
}
