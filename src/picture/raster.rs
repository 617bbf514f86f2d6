//! From SVG to PNG.

use resvg::{tiny_skia, usvg};

use super::fonts;

/// The PNG of a drawing of our own; `None` where it cannot be read or is empty. Loads nothing from anywhere.
pub fn png(svg: &str) -> Option<Vec<u8>> {
    let options = usvg::Options {
        fontdb: fonts::database(),
        font_family: fonts::SANS.to_owned(),
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = match usvg::Tree::from_str(svg, &options) {
        Ok(tree) => tree,
        Err(error) => {
            tracing::error!(%error, "a picture cannot be read");
            return None;
        }
    };
    let size = tree.size().to_int_size();
    let mut canvas = tiny_skia::Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut canvas.as_mut());
    canvas.encode_png().ok()
}
