//! Figures as pictures: SVG drawn from an atlas, and PNG made of it. Pure and blocking: the same atlas and
//! words give the same bytes. Knows neither addresses nor transport.
//!
//! | what | where |
//! |---|---|
//! | the preview of a page | [`card::Card`] |
//! | its small mark | [`mark::Mark`] |
//! | a chart inside a page | [`chart`] |
//! | the figure line in words | [`figure`] |
//! | whom to name | [`credit`] |
//! | SVG to PNG | [`raster::png`] |

pub mod card;
pub mod chart;
pub mod counts;
pub mod credit;
pub mod figure;
mod fonts;
pub mod look;
pub mod mark;
pub mod projection;
pub mod raster;
pub mod shapes;
pub mod svg;
