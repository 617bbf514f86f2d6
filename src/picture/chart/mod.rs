//! Charts for pages: SVG whose classes the page's style colours, beside the table that says the same.

pub mod flow;
pub mod map;
